/** Selected bytes: from one end to the other, the cursor's included. */
export interface ByteSelection {
  readonly anchor: number;
  readonly cursor: number;
}

export const START: ByteSelection = { anchor: 0, cursor: 0 };

/** `to` not included. */
export const rangeOf = ({ anchor, cursor }: ByteSelection): { from: number; to: number } => ({
  from: Math.min(anchor, cursor),
  to: Math.max(anchor, cursor) + 1,
});

interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
}

/**
 * Where a key moves the selection in `size` bytes, `width` per row and `page` rows in view; undefined for other keys.
 */
export function selectionAfter(
  selection: ByteSelection,
  { key, shiftKey, ctrlKey }: Key,
  { size, width, page }: { size: number; width: number; page: number },
): ByteSelection | undefined {
  const { cursor } = selection;
  const row = cursor - (cursor % width);
  const to = {
    ArrowLeft: cursor - 1,
    ArrowRight: cursor + 1,
    ArrowUp: cursor - width,
    ArrowDown: cursor + width,
    PageUp: cursor - width * page,
    PageDown: cursor + width * page,
    Home: ctrlKey ? 0 : row,
    End: ctrlKey ? size - 1 : row + width - 1,
  }[key];
  if (to === undefined || size === 0) return undefined;
  // A step beyond the first or last row stays in its column.
  const rows = key === 'ArrowUp' || key === 'ArrowDown';
  const next = rows && (to < 0 || to >= size) ? cursor : Math.min(size - 1, Math.max(0, to));
  return { anchor: shiftKey ? selection.anchor : next, cursor: next };
}

/** The typed offset: 0x… or …h in hex, else decimal; undefined if it isn't one within `size`. */
export function readOffset(text: string, size: number): number | undefined {
  const [, prefixed, suffixed, decimal] = /^\s*(?:0x([0-9a-f]+)|([0-9a-f]+)h|(\d+))\s*$/i.exec(text) ?? [];
  const hex = prefixed ?? suffixed;
  const offset = hex === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hex, 16);
  return offset < size ? offset : undefined;
}
