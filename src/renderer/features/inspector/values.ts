import { decodeUtf8 } from '../../../shared/text/utf8.ts';
import { visibleText } from '../../kit/format/visible.ts';

/**
 * The bytes from the cursor on read as one type, in either byte order; null if there are too few or they have no such
 * meaning.
 */
export interface InspectedValue {
  readonly name: string;
  readonly le: string | null;
  readonly be: string | null;
  /** It has one byte, or an order of its own: both are the same. */
  readonly orderless: boolean;
}

/** Bytes from the cursor on that are looked at. */
export const INSPECTED_BYTES = 8;

type Read = (view: DataView, little: boolean) => string | null;

const int =
  (read: (view: DataView, little: boolean) => number | bigint): Read =>
  (view, little) =>
    String(read(view, little));

/** Times are UTC. */
const TYPES: readonly { readonly name: string; readonly size: number; readonly read: Read }[] = [
  { name: 'i8', size: 1, read: int((view) => view.getInt8(0)) },
  { name: 'u8', size: 1, read: int((view) => view.getUint8(0)) },
  { name: 'i16', size: 2, read: int((view, le) => view.getInt16(0, le)) },
  { name: 'u16', size: 2, read: int((view, le) => view.getUint16(0, le)) },
  { name: 'i32', size: 4, read: int((view, le) => view.getInt32(0, le)) },
  { name: 'u32', size: 4, read: int((view, le) => view.getUint32(0, le)) },
  { name: 'i64', size: 8, read: int((view, le) => view.getBigInt64(0, le)) },
  { name: 'u64', size: 8, read: int((view, le) => view.getBigUint64(0, le)) },
  { name: 'f32', size: 4, read: (view, le) => shortFloat(view.getFloat32(0, le)) },
  { name: 'f64', size: 8, read: (view, le) => floatText(view.getFloat64(0, le)) },
  { name: 'bool', size: 1, read: (view) => ['false', 'true'][view.getUint8(0)] ?? null },
  { name: 'UTF-8', size: 1, read: utf8Character },
  { name: 'UTF-16', size: 2, read: utf16Character },
  { name: 'Unix s 32', size: 4, read: (view, le) => utc(BigInt(view.getInt32(0, le)) * 1_000_000_000n, 0) },
  { name: 'Unix s 64', size: 8, read: (view, le) => utc(view.getBigInt64(0, le) * 1_000_000_000n, 0) },
  { name: 'Unix ms', size: 8, read: (view, le) => utc(view.getBigInt64(0, le) * 1_000_000n, 3) },
  { name: 'Unix µs', size: 8, read: (view, le) => utc(view.getBigInt64(0, le) * 1000n, 6) },
  { name: 'FILETIME', size: 8, read: fileTime },
  { name: 'DOS time', size: 4, read: dosTime },
];

/** Every reading of `bytes`, the first {@link INSPECTED_BYTES} from the cursor on, or fewer at the end. */
export function inspect(bytes: Uint8Array): InspectedValue[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, INSPECTED_BYTES));
  return TYPES.map(({ name, size, read }) => {
    const value = (little: boolean) => (size <= view.byteLength ? read(view, little) : null);
    return { name, le: value(true), be: value(false), orderless: size === 1 };
  });
}

const floatText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** The shortest digits that identify this 32-bit float. */
function shortFloat(value: number): string {
  if (!Number.isFinite(value) || value === 0) return floatText(value);
  for (let digits = 1; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

/** From year 1 to 9999; ns since 1970, with `digits` after the second. */
function utc(nanos: bigint, digits: number): string | null {
  const seconds = nanos / 1_000_000_000n - (nanos % 1_000_000_000n < 0n ? 1n : 0n);
  const rest = nanos - seconds * 1_000_000_000n;
  if (seconds < -62_135_596_800n || seconds > 253_402_300_799n) return null;
  const clock = new Date(Number(seconds) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const fraction = digits > 0 ? `.${String(rest).padStart(9, '0').slice(0, digits)}` : '';
  return `${clock}${fraction} UTC`;
}

/** 100 ns since 1601. */
function fileTime(view: DataView, little: boolean): string | null {
  const ticks = view.getBigUint64(0, little);
  return utc((ticks - 116_444_736_000_000_000n) * 100n, 7);
}

/** FAT: the time in the low half, the date in the high one, no zone. */
function dosTime(view: DataView, little: boolean): string | null {
  const packed = view.getUint32(0, little);
  const [time, date] = [packed & 0xffff, packed >>> 16];
  const [year, month, day] = [1980 + (date >> 9), (date >> 5) & 15, date & 31];
  const [hour, minute, second] = [time >> 11, (time >> 5) & 63, (time & 31) * 2];
  const made = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const text = made.toISOString().slice(0, 19).replace('T', ' ');
  const two = (n: number) => String(n).padStart(2, '0');
  return text === `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}` ? text : null;
}

const named = (character: string): string =>
  `${visibleText(character)} U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

function utf8Character(view: DataView): string | null {
  for (let length = 1; length <= Math.min(4, view.byteLength); length += 1) {
    const text = decodeUtf8(new Uint8Array(view.buffer, view.byteOffset, length));
    if (text !== null) return named(text);
  }
  return null;
}

function utf16Character(view: DataView, little: boolean): string | null {
  const units = [0, 2].filter((at) => at + 2 <= view.byteLength).map((at) => view.getUint16(at, little));
  const [character = ''] = String.fromCharCode(...units);
  return character.isWellFormed() ? named(character) : null;
}
