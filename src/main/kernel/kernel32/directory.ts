import type { NameSpace, ObjectKind, Unseen } from '../../../shared/discovery.ts';
import type { NamedObject, ObjectDirectory, ObjectListing } from '../directory.ts';
import { CloseHandle } from './bindings.ts';
import { windowsError } from './errors.ts';
import { isSet, look } from './look.ts';
import {
  codeOf,
  DIRECTORY_QUERY,
  isMissing,
  openDirectoryObject,
  queryDirectory,
  STATUS,
  UNICODE_STRING_BYTES,
  unicodeString,
} from './objects.ts';
import { sessionOf } from './process.ts';
import { holders } from './processes.ts';

export const kernel32Directory: ObjectDirectory = { list, look, isSet, holders };

const KINDS: ReadonlyMap<string, ObjectKind> = new Map([
  ['Section', 'section'],
  ['Event', 'event'],
]);

/** A directory of the object manager, and how its names are passed to kernel32. */
interface Place {
  readonly path: string;
  readonly prefix: string;
  readonly space: NameSpace;
}

function list(): ObjectListing {
  const own = sessionOf(process.pid) ?? 0;
  const unseen: Unseen[] = [];
  const objects = places(own, unseen).flatMap((place) => objectsIn(place, unseen));
  return { objects, unseen };
}

function places(own: number, unseen: Unseen[]): Place[] {
  const global: Place = { path: '\\BaseNamedObjects', prefix: 'Global\\', space: { kind: 'global' } };
  // The names of session 0 are the global ones.
  if (own === 0) return [{ ...global, prefix: 'Local\\', space: { kind: 'local' } }, ...otherSessions(own, unseen)];
  const folder = `\\Sessions\\${own}`;
  const local: Place = { path: `${folder}\\BaseNamedObjects`, prefix: 'Local\\', space: { kind: 'local' } };
  return [local, global, ...containers(folder, unseen), ...otherSessions(own, unseen)];
}

function otherSessions(own: number, unseen: Unseen[]): Place[] {
  const what = 'The names of other logon sessions';
  return namesIn('\\Sessions', 'Directory', what, unseen)
    .map(Number)
    .filter((session) => session > 0 && session !== own)
    .map((session) => ({
      path: `\\Sessions\\${session}\\BaseNamedObjects`,
      prefix: `Session\\${session}\\`,
      space: { kind: 'session', session },
    }));
}

function containers(folder: string, unseen: Unseen[]): Place[] {
  const path = `${folder}\\AppContainerNamedObjects`;
  return namesIn(path, 'Directory', 'The names in AppContainers', unseen)
    .filter((name) => name.startsWith('S-1-'))
    .map((sid) => ({
      path: `${path}\\${sid}`,
      prefix: `AppContainerNamedObjects\\${sid}\\`,
      space: { kind: 'container', sid },
    }));
}

const PLACE_WORDS = {
  local: () => 'The names of this logon session',
  global: () => 'The names under Global\\',
  session: (space: NameSpace) => `The names of logon session ${space.kind === 'session' ? space.session : ''}`,
  container: (space: NameSpace) => `The names in the AppContainer ${space.kind === 'container' ? space.sid : ''}`,
} as const;

function objectsIn({ path, prefix, space }: Place, unseen: Unseen[]): NamedObject[] {
  const found: NamedObject[] = [];
  eachEntry(path, PLACE_WORDS[space.kind](space), unseen, (name, type) => {
    const kind = KINDS.get(type);
    if (kind) found.push({ kind, name: prefix + name, space, path: `${path}\\${name}` });
  });
  return found;
}

function namesIn(path: string, wanted: string, what: string, unseen: Unseen[]): string[] {
  const names: string[] = [];
  eachEntry(path, what, unseen, (name, type) => {
    if (type === wanted) names.push(name);
  });
  return names;
}

const entries = Buffer.alloc(1 << 16);

function eachEntry(path: string, what: string, unseen: Unseen[], take: (name: string, type: string) => void): void {
  const opened = openDirectoryObject(path, DIRECTORY_QUERY);
  if ('status' in opened) {
    // What doesn't exist has no names, so nothing is hidden.
    if (!isMissing(opened.status)) unseen.push(refused(what, opened.status));
    return;
  }
  try {
    const status = readEntries(opened.handle, take);
    if (status !== STATUS.NO_MORE_ENTRIES) unseen.push(refused(what, status));
  } finally {
    CloseHandle(opened.handle);
  }
}

/** Names that come or go meanwhile can shift others, so that one is met twice: each is taken once. */
function readEntries(directory: number, take: (name: string, type: string) => void): number {
  const seen = new Set<string>();
  const context = [0];
  for (let single = false; ; ) {
    const status = queryDirectory(directory, entries, single, context);
    // Wine only returns them one at a time.
    if (status === STATUS.NOT_IMPLEMENTED && !single) single = true;
    else if (status !== 0 && status !== STATUS.MORE_ENTRIES) return status;
    else takeEntries(single, seen, take);
  }
}

/** OBJECT_DIRECTORY_INFORMATION: name and type of each; zeros after the last. */
function takeEntries(single: boolean, seen: Set<string>, take: (name: string, type: string) => void): void {
  const step = 2 * UNICODE_STRING_BYTES;
  for (let at = 0; at + step <= entries.length && (at === 0 || !single); at += step) {
    const name = unicodeString(entries, at);
    const type = unicodeString(entries, at + UNICODE_STRING_BYTES);
    if (name === null || type === null) return;
    if (seen.has(name)) continue;
    seen.add(name);
    take(name, type);
  }
}

function refused(what: string, status: number): Unseen {
  const { code, systemMessage } = windowsError('', codeOf(status), null);
  const cure =
    status === STATUS.ACCESS_DENIED
      ? 'Run Shmscope as an administrator, or in the session and as the user that the programs run as.'
      : 'Refresh. If it stays, look with WinObj from Sysinternals.';
  return { what, reason: `${systemMessage} (${code}).`, cure };
}
