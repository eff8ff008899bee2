const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export const hexByte = (byte: number): string => DIGITS[byte] as string;

/** "de ad be ef". */
export function formatHex(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 1)
    text += i === 0 ? hexByte(bytes[i] as number) : ` ${hexByte(bytes[i] as number)}`;
  return text;
}

/** Bytes as in a hex dump's right column: printable ASCII, a dot for the rest. */
export function asciiColumn(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
  return text;
}
