import { ERROR, KernelError } from '../kernel.ts';

const PREFIX = /^(Local|Global)\\/;
const NAME_MAX = 255;

/**
 * The file that stands for the object `name`, as described in docs/posix-objects.md. Throws {@link KernelError} if it
 * can't be a name.
 */
export function fileName(call: string, name: string): string {
  const bare = name.replace(PREFIX, '');
  const refuse = (code: number, why: string) => new KernelError(call, code, why, name);
  if (bare === '') throw refuse(ERROR.INVALID_NAME, 'The name is empty');
  if (bare.includes('\0')) throw refuse(ERROR.INVALID_NAME, 'The name holds a NUL');
  if (!bare.isWellFormed()) throw refuse(ERROR.INVALID_NAME, 'The name has half a surrogate pair');
  if (bare.includes('\\')) {
    throw refuse(ERROR.PATH_NOT_FOUND, 'A backslash is only allowed in the prefix Local\\ or Global\\');
  }
  const file = (name.startsWith('Global\\') ? 'G.' : 'L.') + encode(bare);
  if (file.length > NAME_MAX)
    throw refuse(ERROR.FILENAME_EXCED_RANGE, `The name is too long: ${file.length} bytes of ${NAME_MAX}`);
  return file;
}

function encode(text: string): string {
  return Array.from(Buffer.from(text), encodeByte).join('');
}

function encodeByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9_-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** The object's name for which {@link fileName} returns `file`, with its prefix; null if there is none. */
export function objectName(file: string): string | null {
  const [, space, text] = /^([LG])\.((?:[A-Za-z0-9_-]|%[0-9A-F]{2})+)$/.exec(file) ?? [];
  if (text === undefined) return null;
  const prefix = space === 'G' ? 'Global\\' : 'Local\\';
  if (!text.includes('%')) return prefix + text;
  const bytes = text.replace(/%(..)/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  const name = prefix + Buffer.from(bytes, 'latin1').toString();
  try {
    return fileName('readdir', name) === file ? name : null;
  } catch (error) {
    if (error instanceof KernelError) return null;
    throw error;
  }
}
