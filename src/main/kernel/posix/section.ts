import { constants, fstatSync, openSync, statfsSync, writeSync } from 'node:fs';
import { constants as os } from 'node:os';
import { dirname } from 'node:path';
import type { Access } from '../../../shared/access.ts';
import {
  ERROR,
  KernelError,
  type Lease,
  type Section,
  type SectionFor,
  type SectionUse,
  type View,
} from '../kernel.ts';
import { attachedView, type Backing, mappedSection } from '../mapped-section.ts';
import { checkAccess } from './access.ts';
import { checked, guarded, osError } from './errors.ts';
import {
  close,
  copy,
  copyIn,
  copyOut,
  MAP_SHARED,
  memcmp,
  memset,
  mmap,
  munmap,
  PAGE_SIZE,
  PROT_READ,
  PROT_READ_WRITE,
  store32,
} from './libc.ts';
import { GuardedView, releaseView } from './lost-pages.ts';
import { closingOnError, createObject, lookAtObject, OPEN_FLAGS, type OpenFile, openObject } from './object-file.ts';
import { sectionRights } from './rights.ts';

const memory = { copy, copyOut, copyIn, memset, memcmp, store32 };

export function createSection(name: string, size: number, access?: Access): { section: Section; existed: boolean } {
  checkAccess('ftruncate', name, access);
  if (!(Number.isSafeInteger(size) && size > 0)) {
    throw new KernelError('ftruncate', ERROR.INVALID_PARAMETER, `A section can't have ${size} bytes`, name);
  }
  const { file, existed } = createObject(name, 'section', (path) => makeFile(path, name, size));
  return { section: map(file, 'write'), existed };
}

export function openSection<U extends SectionUse>(name: string, use: U): SectionFor[U] {
  return map(use === 'read' ? lookAtObject(name, 'section') : openObject(name, 'section'), use);
}

export const attachView = (view: Lease): View => attachedView(view, memory);

function makeFile(path: string, name: string, size: number): number {
  checkRoom(dirname(path), name, size);
  const flags = OPEN_FLAGS | constants.O_CREAT | constants.O_EXCL;
  const created = guarded('open', name, () => openSync(path, flags, 0o600));
  return closingOnError(created, (fd) => {
    guarded('write', name, () => writeZeros(fd, size));
    return fd;
  });
}

/** Before anything is written, so that an absurd size doesn't fill the file system first. */
function checkRoom(directory: string, name: string, size: number): void {
  const { bavail, bsize } = guarded('statfs', name, () => statfsSync(directory));
  if (size > bavail * bsize) throw osError('statfs', name, os.errno.ENOSPC);
}

/** Written, not just sized: a full file system should be an error now rather than a SIGBUS later. */
function writeZeros(fd: number, size: number): void {
  const zeros = Buffer.alloc(Math.min(size, 1 << 20));
  for (let done = 0; done < size; ) done += writeSync(fd, zeros, 0, Math.min(zeros.length, size - done), done);
}

/** Node closes the files of a thread that ends, so only the view is left of them, and it keeps their lock. */
export function reclaim({ address, extent, handle }: Lease): void {
  if (address !== 0) {
    munmap(address, extent);
    releaseView(address);
  }
  if (handle !== 0) close(handle);
}

const PROTECTION = { read: PROT_READ, write: PROT_READ_WRITE } as const;

function map<U extends SectionUse>(file: OpenFile, use: U): SectionFor[U] {
  try {
    const { size } = fstatSync(file.fd);
    const extent = Math.ceil(size / PAGE_SIZE) * PAGE_SIZE;
    const mapped = () => checked('mmap', file.name, mmap(0, extent, PROTECTION[use], MAP_SHARED, file.fd, 0));
    const guarded = new GuardedView(mapped, extent);
    const { address } = guarded;
    const view = { address, extent, uncommitted: 0, handle: 0 };
    return mappedSection(use, file.name, view, memory, backingOf(file, size, guarded), () => {
      munmap(address, extent);
      guarded.release();
      file.close();
    });
  } catch (error) {
    file.close();
    throw error;
  }
}

/** The file was `size` bytes long when it was opened. */
function backingOf(file: OpenFile, size: number, view: GuardedView): Backing {
  return {
    rights: () => sectionRights(file.fd),
    isHeldByOthers: () => file.isHeld(),
    checkAccess: () => {
      if (!view.lost) return;
      file.check(size);
      const why = 'A page of its file is unavailable: its file system is full or the file was briefly truncated';
      throw new KernelError('mmap', ERROR.FILE_INVALID, why, file.name);
    },
    check: () => file.check(size),
  };
}
