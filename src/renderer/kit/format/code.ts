import { hexByte } from './hex.ts';

/** "0xde, 0xad", twelve bytes a line, as a C array of its own length. */
export function cArray(bytes: Uint8Array, name = 'data'): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 12)
    lines.push(`  ${Array.from(bytes.subarray(at, at + 12), (byte) => `0x${hexByte(byte)}`).join(', ')},`);
  // C has no arrays of length 0.
  if (bytes.length === 0) return `const unsigned char *${name} = 0; /* 0 bytes */\n`;
  return `const unsigned char ${name}[${bytes.length}] = {\n${lines.join('\n')}\n};\n`;
}

const RUST: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 34: '\\"', 92: '\\\\', 0: '\\0' };

/** b"…" */
export function rustBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes)
    text += RUST[byte] ?? (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${hexByte(byte)}`);
  return `b"${text}"`;
}

/** Standard alphabet, padded. */
export function base64(bytes: Uint8Array): string {
  let text = '';
  // A multiple of three, so that the pieces join; few enough to be arguments.
  for (let at = 0; at < bytes.length; at += 0x6000)
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + 0x6000)));
  return text;
}
