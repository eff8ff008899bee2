import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { sourceEncoding, sourceText } from '../../shared/text/source-text.ts';

/** Files that a user named: their kind is checked before they are read, and none is read without a limit. */

/** Why a file can't be used, as the end of a sentence: Node.js uses the system's own terms. */
export function fileReason(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
  EROFS: 'nothing can be written there',
  ELOOP: 'it is a link that leads to itself',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'there is no space left',
  EFBIG: 'it would be larger than is allowed',
  EDQUOT: 'this user may not use more space',
};

/** All of a file of at most `most` bytes. Throws `Error` with a reason as in {@link fileReason}. */
export function readGivenFile(file: string, most: number): Buffer {
  try {
    return readWhole(file, most);
  } catch (error) {
    throw new Error(fileReason(error));
  }
}

function readWhole(file: string, most: number): Buffer {
  // Opening a pipe would wait for its writer.
  const fd = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(fd);
    if (stat.isDirectory()) throw new Error('it is a folder');
    if (!stat.isFile()) throw new Error('it is a pipe or a device, not a file');
    if (stat.size > most) throw new Error(tooLong(stat.size, most));
    return readFileSync(fd);
  } finally {
    closeSync(fd);
  }
}

const tooLong = (size: number, most: number) =>
  `it has ${size.toLocaleString('en')} bytes, more than the ${most.toLocaleString('en')} that can be read`;

/**
 * The text of a file in UTF-8, or in UTF-16 if it has a byte order mark, without that mark. Throws what
 * {@link readGivenFile} throws, and for any other encoding: guessed letters would be taken for the user's.
 */
export function readGivenText(file: string, most: number): string {
  const bytes = readGivenFile(file, most);
  try {
    const text = new TextDecoder(sourceEncoding(bytes), { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Not in that encoding.
  }
  throw new Error('it is not text in UTF-8. Save it as UTF-8');
}

/** The same for a file whose letters don't matter, as in the comments of a header: what isn't UTF-8 is replaced. */
export function readLooseText(file: string, most: number): string {
  return sourceText(readGivenFile(file, most));
}
