import { diffLines } from 'diff';

/** ms after which two texts count as too different to be compared by lines. */
const LIMIT_MS = 1500;
/** Equal lines shown around a difference. */
const CONTEXT = 3;

export type DiffLine =
  | {
      readonly kind: 'same' | 'removed' | 'added';
      readonly text: string;
      readonly a: number | null;
      readonly b: number | null;
    }
  | { readonly kind: 'skipped'; readonly count: number };

/** Lines of `a` and `b` as one list, equal ones far from any difference folded; null if it takes too long. */
export function lineDifferences(a: string, b: string): DiffLine[] | null {
  const changes = diffLines(a, b, { timeout: LIMIT_MS });
  if (!changes) return null;
  const lines: DiffLine[] = [];
  let [atA, atB] = [0, 0];
  for (const [i, { value, added, removed }] of changes.entries()) {
    const texts = value.split('\n');
    if (texts.at(-1) === '') texts.pop();
    const all = texts.map((text): DiffLine => {
      if (!added) atA += 1;
      if (!removed) atB += 1;
      const kind = added ? 'added' : removed ? 'removed' : 'same';
      return { kind, text, a: added ? null : atA, b: removed ? null : atB };
    });
    lines.push(...(added || removed ? all : folded(all, i === 0, i === changes.length - 1)));
  }
  return lines;
}

function folded(lines: readonly DiffLine[], first: boolean, last: boolean): readonly DiffLine[] {
  const [head, tail] = [first ? 0 : CONTEXT, last ? 0 : CONTEXT];
  const count = lines.length - head - tail;
  if (count <= 1) return lines;
  return [...lines.slice(0, head), { kind: 'skipped', count }, ...lines.slice(lines.length - tail)];
}
