import { asciiColumn, formatHex } from '../../kit/format/hex.ts';

/** The most bytes that the hex editor accepts: its fields hold all of them. */
export const MAX_HEX_EDIT = 64 * 1024;
export const ROW_BYTES = 16;

/** Bytes being edited, with the caret before a hex digit: 0 to twice their number. */
export interface HexState {
  readonly bytes: Uint8Array;
  readonly nibble: number;
}
export type TypeMode = 'overwrite' | 'insert';
/** Selected bytes, `to` not included; empty without a selection. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

const rows = (bytes: Uint8Array, row: (part: Uint8Array) => string): string => {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += ROW_BYTES) lines.push(row(bytes.subarray(at, at + ROW_BYTES)));
  return lines.join('\n');
};

/** "de ad be ef", sixteen bytes a line: three characters per byte. */
export const hexLines = (bytes: Uint8Array): string => rows(bytes, formatHex);

/** Printable ASCII, a dot for the rest, sixteen bytes a line. */
export const asciiLines = (bytes: Uint8Array): string => rows(bytes, asciiColumn);

/** The caret's nibble for an index of {@link hexLines}. */
export function nibbleAt(index: number): number {
  const byte = Math.floor(index / 3);
  return 2 * byte + (index % 3);
}

/** The index of {@link hexLines} before a nibble; the end of the text for the end. */
export function indexOfNibble(nibble: number, length: number): number {
  return Math.max(0, Math.min(length * 3 - 1, Math.floor(nibble / 2) * 3 + (nibble % 2)));
}

/** The bytes that a selection in {@link hexLines} touches. */
export function selectedBytes(start: number, end: number, length: number): ByteRange {
  if (start === end) return { from: Math.floor(nibbleAt(start) / 2), to: Math.floor(nibbleAt(start) / 2) };
  return {
    from: Math.min(length, Math.floor((start + 1) / 3)),
    to: Math.min(length, Math.floor(end / 3) + (end % 3 ? 1 : 0)),
  };
}

/** `bytes` in place of those from `from` to `to`, the caret after them. */
function splice(state: HexState, { from, to }: ByteRange, bytes: Uint8Array): HexState {
  const whole = new Uint8Array(from + bytes.length + state.bytes.length - to);
  whole.set(state.bytes.subarray(0, from));
  whole.set(bytes, from);
  whole.set(state.bytes.subarray(to), from + bytes.length);
  return { bytes: whole, nibble: 2 * (from + bytes.length) };
}

/** Bytes pasted or typed as characters: inserted, or overwriting as many. */
export function putBytes(state: HexState, selected: ByteRange, bytes: Uint8Array, mode: TypeMode): HexState {
  const { from } = selected;
  const over = mode === 'overwrite' ? Math.min(state.bytes.length, from + bytes.length) : from;
  return splice(state, { from, to: Math.max(selected.to, over) }, bytes);
}

/** One hex digit, 0 to 15. Inserting starts a byte with it; the second digit completes that byte. */
export function typeDigit(state: HexState, selected: ByteRange, digit: number, mode: TypeMode): HexState {
  const empty = selected.from === selected.to;
  if (!empty && mode === 'insert') {
    const cut = splice(state, selected, new Uint8Array());
    return typeDigit(cut, { from: selected.from, to: selected.from }, digit, mode);
  }
  const nibble = empty ? state.nibble : 2 * selected.from;
  const byte = nibble >> 1;
  const low = nibble % 2 === 1;
  const inserting = !low && (mode === 'insert' || byte >= state.bytes.length);
  const before = inserting ? 0 : (state.bytes[byte] ?? 0);
  const value = low ? (before & 0xf0) | digit : (digit << 4) | (before & 0x0f);
  const { bytes } = splice(state, { from: byte, to: inserting ? byte : byte + 1 }, Uint8Array.of(value));
  return { bytes, nibble: nibble + 1 };
}

/**
 * Removes the selection, or the byte before (`-1`) or at (`1`) the caret; a byte with one digit typed is removed either
 * way.
 */
export function removeBytes(state: HexState, selected: ByteRange, direction: -1 | 1): HexState {
  const half = state.nibble % 2 === 1;
  const byte = (state.nibble >> 1) + (direction < 0 && !half ? -1 : 0);
  const range = selected.from === selected.to ? { from: byte, to: byte + 1 } : selected;
  if (range.from < 0 || range.to > state.bytes.length) return state;
  return splice(state, range, new Uint8Array());
}
