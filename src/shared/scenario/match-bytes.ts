import { differs, hexAt, hexByte, inBytes, MATCHES, quoted, type Verdict } from './match-verdict.ts';

/** Exactly these bytes. `text`: how both are shown, if they are text. */
export function sameBytes(wanted: Uint8Array, actual: Uint8Array): Verdict {
  const at = firstDifference(wanted, actual);
  if (at < 0) return MATCHES;
  return differs(
    `${placeOfByte(at)}: expected ${hexAt(wanted, at, 1)}, got ${hexAt(actual, at, 1)}.${sizes(wanted.length, actual.length)}`,
    {
      path: `byte ${at}`,
      expected: hexAt(wanted, at),
      actual: hexAt(actual, at),
    },
  );
}

/** Exactly this text; `actual` null: what arrived isn't text. */
export function sameText(wanted: string, actual: string | null, bytes: Uint8Array): Verdict {
  if (wanted === actual) return MATCHES;
  if (actual === null)
    return differs(`The message is not text: ${inBytes(bytes.length)} that begin with ${hexAt(bytes, 0)}.`, {
      path: '',
      expected: wanted,
      actual: hexAt(bytes, 0, 64),
    });
  let at = 0;
  while (at < wanted.length && wanted[at] === actual[at]) at += 1;
  const from = Math.max(0, at - 10);
  const place =
    at === 0 ? 'The text differs' : `The text differs from character ${[...wanted.slice(0, at)].length + 1} on`;
  return differs(`${place}: expected ${quoted(wanted.slice(from))}, got ${quoted(actual.slice(from))}.`, {
    path: '',
    expected: wanted,
    actual,
  });
}

/** Bytes of which only the bits of a mask are fixed. */
export function likePattern(values: Uint8Array, masks: Uint8Array, actual: Uint8Array): Verdict {
  const isLike = (at: number) => ((actual[at] as number) & (masks[at] as number)) === values[at];
  const shown = (at: number) => digits(values[at] as number, masks[at] as number);
  if (actual.length !== values.length)
    return differs(`The pattern has ${inBytes(values.length)}, the message ${inBytes(actual.length)}.`, {
      path: 'size',
      expected: String(values.length),
      actual: String(actual.length),
    });
  const wrong = [...values.keys()].filter((at) => !isLike(at));
  if (wrong.length === 0) return MATCHES;
  const [first = 0] = wrong;
  const more = wrong.length > 1 ? ` So do ${wrong.length - 1} more.` : '';
  return differs(
    `${placeOfByte(first)} differs: expected ${shown(first)}, got ${hexByte(actual[first] as number)}.${more}`,
    ...wrong.map((at) => ({ path: `byte ${at}`, expected: shown(at), actual: hexByte(actual[at] as number) })),
  );
}

function digits(value: number, mask: number): string {
  const [high, low] = hexByte(value);
  return `${mask & 0xf0 ? high : '?'}${mask & 0x0f ? low : '?'}`;
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) if (a[at] !== b[at]) return at;
  return a.length === b.length ? -1 : shorter;
}

const placeOfByte = (at: number) => `Byte ${at}`;
const sizes = (wanted: number, actual: number) =>
  wanted === actual ? '' : ` Expected ${inBytes(wanted)}, got ${inBytes(actual)}.`;
