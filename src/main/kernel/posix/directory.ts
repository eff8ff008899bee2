import { closeSync, constants, type Dirent, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { ObjectKind, Unseen } from '../../../shared/discovery.ts';
import type { NamedObject, ObjectDirectory, ObjectListing, SectionLook } from '../directory.ts';
import { KernelError } from '../kernel.ts';
import { isSystemError } from './errors.ts';
import { isReadable } from './event.ts';
import { objectName } from './file-name.ts';
import { PAGE_SIZE } from './libc.ts';
import { lockedInodes, tried } from './proc.ts';
import { holders } from './processes.ts';
import { existingRuntimeDirectory } from './runtime-directory.ts';

/** Opened so that it never waits, not even for a FIFO's writer, and takes no lock: it keeps nothing alive. */
const LOOK_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

function list(): ObjectListing {
  try {
    const directory = existingRuntimeDirectory();
    return directory === null ? { objects: [], unseen: [] } : listIn(directory);
  } catch (error) {
    if (!(error instanceof KernelError || isSystemError(error))) throw error;
    const reason = error instanceof KernelError ? `${error.object}: ${error.systemMessage}.` : `${error.message}.`;
    const cure = 'Set SHMSCOPE_RUNTIME_DIR to the folder that the programs use, with mode 700.';
    return { objects: [], unseen: [{ what: 'The names of sections and events', reason, cure }] };
  }
}

const NO_LOCKS: Unseen = {
  what: 'Whether the objects are still in use',
  reason: 'This system does not list the locks of files, so files that a crash has left are listed too.',
  cure: 'On Linux, mount /proc.',
};

function listIn(directory: string): ObjectListing {
  const named = readdirSync(directory, { withFileTypes: true }).flatMap((entry) => objectOf(directory, entry) ?? []);
  const objects = living(named);
  return objects === null ? { objects: named, unseen: named.length > 0 ? [NO_LOCKS] : [] } : { objects, unseen: [] };
}

/** While locks come and go, one reading of the system's list can miss some that stay. */
const READINGS = 3;

/**
 * A file without a lock is left over from a crash: not an object (docs/posix-objects.md). Null if the system doesn't
 * list the locks.
 */
function living(named: readonly NamedObject[]): NamedObject[] | null {
  const alive = new Set<NamedObject>();
  let rest = named.map((object) => ({ object, inode: tried(() => lstatSync(object.path).ino) ?? 0 }));
  for (let reading = 0; reading < READINGS && rest.length > 0; reading++) {
    const locked = lockedInodes();
    if (locked === null) return null;
    for (const { object, inode } of rest) if (locked.has(inode)) alive.add(object);
    rest = rest.filter(({ object }) => !alive.has(object));
  }
  return [...alive];
}

function objectOf(directory: string, entry: Dirent): NamedObject | null {
  const kind = kindOf(entry);
  const name = objectName(entry.name);
  if (kind === null || name === null) return null;
  return {
    kind,
    name,
    space: { kind: name.startsWith('Global\\') ? 'global' : 'local' },
    path: join(directory, entry.name),
  };
}

function kindOf(entry: Dirent): ObjectKind | null {
  if (entry.isFile()) return 'section';
  return entry.isFIFO() ? 'event' : null;
}

function look({ name, path }: NamedObject, sample: Uint8Array): SectionLook {
  try {
    return withFile(path, (fd) => {
      const { size } = fstatSync(fd);
      const extent = Math.ceil(size / PAGE_SIZE) * PAGE_SIZE;
      const bytes = size === 0 ? 0 : readSync(fd, sample, 0, sample.byteLength, 0);
      return bytes === 0 ? { outcome: 'uncommitted', extent } : { outcome: 'seen', extent, bytes };
    });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'ENOENT') return { outcome: 'gone' };
    const cure = 'Give its file back to its user: its owner and mode have been changed.';
    return { outcome: 'unseen', unseen: { what: `The section "${name}"`, reason: `${error.message}.`, cure } };
  }
}

const isSet = ({ name, path }: NamedObject): boolean | null =>
  tried(() => withFile(path, (fd) => isReadable(fd, name)));

function withFile<T>(path: string, work: (fd: number) => T): T {
  const fd = openSync(path, LOOK_FLAGS);
  try {
    return work(fd);
  } finally {
    closeSync(fd);
  }
}

/** The objects of docs/posix-objects.md, as files and without their locks. */
export const posixDirectory: ObjectDirectory = { list, look, isSet, holders };
