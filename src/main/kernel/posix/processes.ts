import { constants, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ObjectKind, ObjectRight, Unseen } from '../../../shared/discovery.ts';
import type { Holder, Holders, NamedObject } from '../directory.ts';
import { accessMode, openFiles, processIds, processOf, tried } from './proc.ts';

/** Which processes have the objects' files open. */
export function holders(objects: readonly NamedObject[]): Holders {
  const of = objects.map((): Holder[] => []);
  const pids = processIds();
  if (pids === null) return { of, processes: [], unseen: [NO_PROC] };
  const indexes = new Map(objects.map(({ path }, index) => [realPath(path), index]));
  const holding = new Set<number>();
  let denied = 0;
  for (const pid of pids) {
    const files = openFiles(pid);
    if (files === 'denied') {
      if (mayHold(pid)) denied++;
      continue;
    }
    for (const { fd, path } of files) {
      const index = indexes.get(path);
      const object = index === undefined ? undefined : objects[index];
      if (index === undefined || !object) continue;
      of[index]?.push({ pid, rights: rightsOf(object.kind, accessMode(pid, fd)), access: null });
      holding.add(pid);
    }
  }
  return { of, processes: [...holding].map(processOf), unseen: denied === 0 ? [] : [deniedProcesses(denied)] };
}

/** As the links in /proc show it. */
const realPath = (path: string) => join(tried(() => realpathSync(dirname(path))) ?? dirname(path), basename(path));

/** The runtime directory lets in its user, and root. */
function mayHold(pid: number): boolean {
  const owner = tried(() => statSync(`/proc/${pid}`).uid);
  return owner === process.geteuid?.();
}

const SECTION_RIGHTS: Readonly<Record<number, readonly ObjectRight[]>> = {
  [constants.O_RDONLY]: ['read'],
  [constants.O_WRONLY]: ['write'],
  [constants.O_RDWR]: ['read', 'write'],
};
const EVENT_RIGHTS: typeof SECTION_RIGHTS = {
  [constants.O_RDONLY]: ['wait'],
  [constants.O_WRONLY]: ['set'],
  [constants.O_RDWR]: ['wait', 'set'],
};

function rightsOf(kind: ObjectKind, mode: number): readonly ObjectRight[] {
  return (kind === 'section' ? SECTION_RIGHTS : EVENT_RIGHTS)[mode] ?? [];
}

const NO_PROC: Unseen = {
  what: 'The processes that hold it',
  reason: 'This system does not list the open files of processes.',
  cure: 'On Linux, mount /proc. Elsewhere, ask lsof for the files in the runtime directory.',
};

const deniedProcesses = (count: number): Unseen => ({
  what: count === 1 ? 'What a process of this user holds' : `What ${count} processes of this user hold`,
  reason: 'Linux does not let us list the open files of a program that changed its user or forbids being traced.',
  cure: 'Run Shmscope as root to see them.',
});
