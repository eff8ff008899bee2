import { closeSync, constants, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import type { HolderProcess } from '../directory.ts';
import { isSystemError } from './errors.ts';

/** The result of `look`, null if the system refuses or the process is gone. */
export function tried<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
}

/** The inodes that have a shared or exclusive `flock`; null if the system doesn't list them. */
export function lockedInodes(): ReadonlySet<number> | null {
  const text = tried(() => readFileSync('/proc/locks', 'latin1'));
  if (text === null) return null;
  // 1: FLOCK  ADVISORY  READ 4711 00:1b:4711 0 EOF
  return new Set([...text.matchAll(/FLOCK .*?:(\d+) \d+ /g)].map(([, inode]) => Number(inode)));
}

/** The running processes; null if the system doesn't list them. */
export function processIds(): number[] | null {
  const names = tried(() => readdirSync('/proc'));
  const pids = names?.map(Number).filter((pid) => pid > 0);
  return pids?.includes(process.pid) ? pids : null;
}

/** When a process began, in ticks of the system's clock; null if it is gone. */
export function startedAt(pid: number): number | null {
  const text = tried(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  // Its name, in brackets, may contain anything; the 22nd field is the 20th after it.
  const ticks = text?.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  return ticks === undefined ? null : Number(ticks);
}

interface OpenFile {
  readonly fd: string;
  readonly path: string;
}

/** `denied` if they may not be listed; none if the process is gone. */
export function openFiles(pid: number): OpenFile[] | 'denied' {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).map((fd) => ({ fd, path: tried(() => readlinkSync(`${folder}/${fd}`)) ?? '' }));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'EACCES' || error.code === 'EPERM' ? 'denied' : [];
  }
}

/** The access mode of an open file: O_RDONLY, O_WRONLY or O_RDWR. */
export function accessMode(pid: number, fd: string): number {
  const text = tried(() => readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'latin1')) ?? '';
  const flags = Number.parseInt(/^flags:\s*(\d+)/m.exec(text)?.[1] ?? '0', 8);
  return flags & (constants.O_RDONLY | constants.O_WRONLY | constants.O_RDWR);
}

export function processOf(pid: number): HolderProcess {
  const exe = tried(() => readlinkSync(`/proc/${pid}/exe`));
  const name = exe === null ? tried(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trimEnd()) : basename(exe);
  return { pid, name: name?.replace(/ \(deleted\)$/, '') ?? null, bits: bitsOf(pid), session: null };
}

const ELF_CLASS_AT = 4;
const BITS = [null, 32, 64] as const;

/** From the class in its program's ELF header. */
function bitsOf(pid: number): 32 | 64 | null {
  const head = Buffer.alloc(ELF_CLASS_AT + 1);
  const length = tried(() => {
    const fd = openSync(`/proc/${pid}/exe`, 'r');
    try {
      return readSync(fd, head, 0, head.length, 0);
    } finally {
      closeSync(fd);
    }
  });
  if (length !== head.length || head.toString('latin1', 1, ELF_CLASS_AT) !== 'ELF') return null;
  return BITS[head[ELF_CLASS_AT] as number] ?? null;
}
