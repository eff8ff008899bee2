import { visit } from 'jsonc-parser';
import { plural } from '../format/bytes.ts';
import { jsonFault } from '../format/json.ts';
import { visibleText } from '../format/visible.ts';

/** Entries of one array or object that the tree shows. */
export const MAX_ENTRIES = 500;
/** Levels that the tree shows. */
export const MAX_DEPTH = 100;

export type JsonTree =
  /** `notes`: where the tree is not all of the text. */
  | { readonly ok: true; readonly value: unknown; readonly notes: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** The value that `text` says as a tree can show it: nothing invisible, no number with other digits, bounded; or why it is none. */
export function jsonTree(text: string): JsonTree {
  const fault = jsonFault(text);
  if (fault) return { ok: false, message: fault.message };
  try {
    const left = { digits: 0, entries: 0, levels: 0 };
    const exact = JSON.parse(text, (_, value: unknown, context?: { readonly source?: string }) =>
      typeof value === 'number' && context?.source !== undefined ? exactNumber(value, context.source, left) : value,
    );
    const value = shown(exact, 0, left);
    return { ok: true, value, notes: notes(left, repeatedNames(text)) };
  } catch (error) {
    if (error instanceof RangeError)
      return { ok: false, message: 'This JSON is nested too deeply for a tree. See Text.' };
    throw error;
  }
}

interface Left {
  digits: number;
  entries: number;
  levels: number;
}

/** An integer keeps all its digits; another number that would change is counted. */
function exactNumber(value: number, source: string, left: Left): number | bigint {
  if (/^-?\d+$/.test(source)) return Number.isSafeInteger(value) ? value : BigInt(source);
  if (!Number.isFinite(value) || decimals(String(value)) !== decimals(source)) left.digits += 1;
  return value;
}

/** Digits and exponent in one form: "1.50e3" and "1500" are the same. */
function decimals(number: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(number) ?? [];
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  if (digits === '') return '0';
  return `${sign}${digits}e${Number(exponent) - fraction.length + all.length - digits.length}`;
}

function shown(value: unknown, depth: number, left: Left): unknown {
  if (typeof value === 'string') return visibleText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) {
    left.levels += 1;
    return '…';
  }
  const entries = Object.entries(value);
  left.entries += Math.max(0, entries.length - MAX_ENTRIES);
  const kept = entries
    .slice(0, MAX_ENTRIES)
    .map(([name, item]) => [visibleText(name), shown(item, depth + 1, left)] as const);
  return Array.isArray(value) ? kept.map(([, item]) => item) : Object.fromEntries(kept);
}

/** How often a name comes again within one object: the tree has the last one. */
function repeatedNames(text: string): number {
  const open: Set<string>[] = [];
  let repeated = 0;
  visit(text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (name) => {
      const names = open.at(-1);
      if (names?.has(name)) repeated += 1;
      names?.add(name);
    },
  });
  return repeated;
}

function notes({ digits, entries, levels }: Left, repeated: number): string[] {
  return [
    digits > 0 && `${plural(digits, 'number')} can't be shown with all digits`,
    entries > 0 && `${plural(entries, 'entry', 'entries')} of long lists left out`,
    levels > 0 && `levels beyond ${MAX_DEPTH} left out`,
    repeated > 0 && `${plural(repeated, 'repeated name')}, the last of each is shown`,
  ].filter((note) => note !== false);
}
