import { type FailureCode, ShmscopeError } from '../../../shared/failure.ts';

/** What went wrong with the disk, and what to do. */
interface Reason {
  readonly why: string;
  readonly cure: string;
}

const FULL: Reason = { why: 'the disk is full', cure: 'Free some space there.' };
const READ_ONLY: Reason = { why: 'it is on a read-only disk', cure: 'Choose another data folder.' };
const DENIED: Reason = {
  why: 'this user may not write there',
  cure: 'Change its permissions or choose another folder.',
};
const NOT_A_FOLDER: Reason = { why: 'a file is where a folder is needed', cure: 'Choose another data folder.' };

const FILE_SYSTEM: Readonly<Record<string, Reason>> = {
  ENOSPC: FULL,
  EDQUOT: { why: 'the disk quota is used up', cure: 'Free some space there.' },
  EROFS: READ_ONLY,
  EACCES: DENIED,
  EPERM: DENIED,
  ENOTDIR: NOT_A_FOLDER,
  EEXIST: NOT_A_FOLDER,
  ENOENT: { why: 'that place does not exist', cure: 'Choose another data folder.' },
};

/** By SQLite's primary result code. */
const SQLITE: Readonly<Record<number, Reason>> = {
  5: { why: 'another program has locked the file', cure: 'Close the program that has it open.' },
  6: { why: 'another program has locked the file', cure: 'Close the program that has it open.' },
  8: { why: 'the file is read-only', cure: 'Make it writable again.' },
  10: { why: 'the disk reported an error', cure: 'Check that the disk is connected, healthy and not full.' },
  11: { why: 'the file was damaged', cure: 'Restart Shmscope to begin a new capture.' },
  13: FULL,
  14: { why: 'the file could not be opened', cure: 'Check that the folder still exists and can be written.' },
};

/** `capture-failed` in plain words; `what` is the start of the sentence and names the path. */
export function captureFailure(what: string, error: unknown): ShmscopeError {
  return diskFailure('capture-failed', what, error);
}

/** Like {@link captureFailure}, for another file. An error that already is a sentence for the user stays as it is. */
export function diskFailure(code: FailureCode, what: string, error: unknown): ShmscopeError {
  if (error instanceof ShmscopeError) return error;
  const { why, cure } = reasonOf(error);
  return new ShmscopeError(code, `${what}: ${why}. ${cure}`);
}

/** Whether SQLite found something in the file that it could not have written. */
export const isDamage = (error: unknown): boolean => ((error as { errcode?: number }).errcode ?? 0) % 256 === 11;

function reasonOf(error: unknown): Reason {
  const { code, errcode, message } = error as { code?: string; errcode?: number; message?: string };
  const known = errcode === undefined ? FILE_SYSTEM[code ?? ''] : SQLITE[errcode & 0xff];
  if (!known) return { why: message ?? String(error), cure: 'Choose another data folder, or restart Shmscope.' };
  return errcode === undefined ? known : { ...known, why: `${known.why} (SQLite: ${message})` };
}
