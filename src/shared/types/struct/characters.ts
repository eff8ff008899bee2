import { hexOf } from '../hex-of.ts';
import type { Plan, ScalarPlan } from './plan.ts';
import type { Read } from './scalar.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const UTF16 = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true });

/** An array of characters as text up to its NUL, one of bytes as hex digits; undefined for any other. */
export function textOf(element: Plan, bytes: Uint8Array): Read | undefined {
  if (!isText(element)) return undefined;
  const { format } = element;
  if (format === 'char') return upToNul(bytes, UTF8, 1, 'UTF-8');
  if (format === 'utf16') return upToNul(bytes, UTF16, 2, 'UTF-16');
  if (format === 'utf32') return utf32(bytes);
  return { value: hexOf(bytes), hex: true };
}

/** Whether an array of it is one value: text, or bytes as hex digits. */
export const isText = (element: Plan): element is ScalarPlan =>
  element.kind === 'scalar' &&
  !element.names &&
  (/^(char|utf16|utf32)$/.test(element.format) || (element.format === 'uint' && element.size === 1));

function upToNul(bytes: Uint8Array, decoder: InstanceType<typeof TextDecoder>, unit: number, name: string): Read {
  let end = 0;
  while (end < bytes.length && bytes.subarray(end, end + unit).some((byte) => byte !== 0)) end += unit;
  const text = bytes.subarray(0, Math.min(end, bytes.length));
  try {
    return { value: decoder.decode(text) };
  } catch {
    return { value: hexOf(text), hex: true, fault: `This is not ${name}; the bytes are shown.` };
  }
}

function utf32(bytes: Uint8Array): Read {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const codes: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, true);
    if (code === 0) break;
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
      return { value: hexOf(bytes), hex: true, fault: 'This is not UTF-32; the bytes are shown.' };
    }
    codes.push(code);
  }
  return { value: codes.map((code) => String.fromCodePoint(code)).join('') };
}
