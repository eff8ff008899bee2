import type { Decoded, FieldValue } from '../../../shared/types/decoder.ts';
import { bytesOf, pathWithin } from '../../../shared/types/paths.ts';

/** A row of the tree. */
export interface FieldRow {
  readonly path: string;
  readonly field: FieldValue;
  readonly depth: number;
  /** Undefined if it contains nothing. */
  readonly open?: boolean;
}

/** What was opened or closed by hand, by path; the rest is as {@link isOpenAtFirst} says. */
export type Opened = ReadonlyMap<string, boolean>;

/** Small values near the root are open from the start. */
const isOpenAtFirst = (depth: number, { fields = [], list }: FieldValue): boolean =>
  depth < 3 && fields.length <= (list ? 16 : 200);

/** The rows of what is open, from top to bottom. */
export function rowsOf({ fields }: Decoded, opened: Opened): FieldRow[] {
  const rows: FieldRow[] = [];
  const add = (inner: readonly FieldValue[], parent: string, depth: number) => {
    for (const field of inner) {
      const path = pathWithin(parent, field.name);
      if (!field.fields || field.fields.length === 0) {
        rows.push({ path, field, depth });
        continue;
      }
      const open = opened.get(path) ?? isOpenAtFirst(depth, field);
      rows.push({ path, field, depth, open });
      if (open) add(field.fields, path, depth + 1);
    }
  };
  add(fields, '', 0);
  return rows;
}

/** The paths from the outermost field to the innermost that contains the byte; empty if none does. */
export function pathsAtByte(fields: readonly FieldValue[], byte: number, parent = ''): string[] {
  for (const field of fields) {
    const place = bytesOf(field);
    if (!place || byte < place.from || byte >= place.to) continue;
    const path = pathWithin(parent, field.name);
    return [path, ...pathsAtByte(field.fields ?? [], byte, path)];
  }
  return [];
}

/** The row that Left or Right leads to, or what it opens or closes; undefined if it does nothing. */
export function sideways(
  rows: readonly FieldRow[],
  at: number,
  key: string,
): { readonly go: number } | { readonly open: boolean } | undefined {
  const row = rows[at];
  if (!row) return undefined;
  if (key === 'ArrowRight') {
    if (row.open === false) return { open: true };
    return row.open ? { go: at + 1 } : undefined;
  }
  if (row.open) return { open: false };
  const parent = rows.slice(0, at).findLastIndex(({ depth }) => depth < row.depth);
  return parent < 0 ? undefined : { go: parent };
}
