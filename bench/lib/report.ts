/** The result of one measurement. */
export interface Finding {
  readonly name: string;
  /** The figures behind the ratio, with their units. */
  readonly measured: string;
  /** The figure that the target is about: a ratio, or in its own unit. */
  readonly result: string;
  readonly target: string;
  readonly met: boolean;
}

/** A ratio (or another figure) compared with the most or the least it may be. */
export function finding(
  name: string,
  measured: string,
  value: number,
  target: { readonly atLeast?: number; readonly atMost?: number; readonly unit?: string },
): Finding {
  const { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY, unit = '' } = target;
  const text = (figure: number) => `${figure >= 100 ? figure.toFixed(0) : Number(figure.toFixed(2))}${unit}`;
  const wanted = target.atLeast === undefined ? `≤ ${text(atMost)}` : `≥ ${text(atLeast)}`;
  return { name, measured, result: text(value), target: wanted, met: value >= atLeast && value <= atMost };
}

export const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/** Hands the findings to `npm run bench`, or prints them if a program is run by itself. */
export function report(findings: readonly Finding[]): void {
  if (process.send) process.send(findings);
  else console.table(findings);
}

/** `--seconds 5` of the command line, or `otherwise`. */
export function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? otherwise : Number(process.argv[at + 1]);
  if (!(value > 0)) throw new Error(`--${name} takes a number above 0.`);
  return value;
}
