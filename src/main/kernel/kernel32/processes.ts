import type { ObjectRight, Unseen } from '../../../shared/discovery.ts';
import type { Holder, Holders, NamedObject } from '../directory.ts';
import {
  CloseHandle,
  EVENT_MODIFY_STATE,
  EVENT_QUERY_STATE,
  FILE_MAP_READ,
  FILE_MAP_WRITE,
  SYNCHRONIZE,
} from './bindings.ts';
import { windowsError } from './errors.ts';
import { HandleTable } from './handle-table.ts';
import { handlesOf, objectPath } from './object-information.ts';
import { codeOf, openEventObject, openSectionObject, READ_CONTROL, SECTION_QUERY } from './objects.ts';
import { processNames, processOf, withHandlesOf } from './process.ts';

/**
 * Uses the table of all handles, which needs no rights. Handles are matched to objects by address, using one of our
 * own; if Windows withholds addresses (11 24H2 and later do, except from administrators), by duplicating the handle.
 */
export function holders(objects: readonly NamedObject[]): Holders {
  const of = objects.map((): Holder[] => []);
  const opened = objects.map(openLeast);
  try {
    const table = HandleTable.read();
    if ('status' in table) return { of, processes: [], unseen: [noTable(table.status)] };
    const unseen = new HolderSearch(objects, opened, table, of).run();
    const names = processNames();
    const pids = new Set(of.flat().map(({ pid }) => pid));
    return { of, processes: [...pids].map((pid) => processOf(pid, names)), unseen };
  } finally {
    for (const handle of opened) if (handle !== 0) CloseHandle(handle);
  }
}

type Handles = Pick<HandleTable, 'count' | 'object' | 'pid' | 'handle' | 'access' | 'type'>;

/** Any right will do: the handle only tells which object it is. */
const LEAST = {
  section: { open: openSectionObject, rights: [SECTION_QUERY, FILE_MAP_READ, READ_CONTROL] },
  event: { open: openEventObject, rights: [EVENT_QUERY_STATE, SYNCHRONIZE, READ_CONTROL] },
} as const;

/** 0 if nothing is allowed, or it is gone. */
function openLeast({ kind, path }: NamedObject): number {
  const { open, rights } = LEAST[kind];
  for (const right of rights) {
    const result = open(path, right);
    if ('handle' in result) return result.handle;
  }
  return 0;
}

/** Fills `of`: who holds each object, except our own handle in `opened`, 0 for none. */
export class HolderSearch {
  readonly #objects: readonly NamedObject[];
  readonly #opened: readonly number[];
  readonly #table: Handles;
  readonly #of: readonly Holder[][];
  /** Handles that this call created, in our own process. */
  readonly #ours: ReadonlyMap<number, number>;
  readonly #byAddress = new Map<number, number>();
  readonly #byPath = new Map<string, number>();
  readonly #types = new Set<number>();
  readonly #denied = new Set<number>();

  constructor(objects: readonly NamedObject[], opened: readonly number[], table: Handles, of: readonly Holder[][]) {
    this.#objects = objects;
    this.#opened = opened;
    this.#table = table;
    this.#of = of;
    this.#ours = new Map(opened.flatMap((handle, index) => (handle === 0 ? [] : [[handle, index] as const])));
  }

  run(): Unseen[] {
    const table = this.#table;
    for (let entry = 0; entry < table.count; entry++) this.#learn(entry);
    const unknown = new Map<number, number[]>();
    for (let entry = 0; entry < table.count; entry++) this.#match(entry, unknown);
    for (const [pid, entries] of unknown) this.#matchCopies(pid, entries);
    return this.#unseen();
  }

  /** What one of our own handles reveals: the number of its type, and the object's address or its path. */
  #learn(entry: number): void {
    if (this.#table.pid(entry) !== process.pid) return;
    const index = this.#ours.get(this.#table.handle(entry));
    if (index === undefined) return;
    this.#types.add(this.#table.type(entry));
    const address = this.#table.object(entry);
    if (address !== 0) this.#byAddress.set(address, index);
    else this.#byPath.set(objectPath(this.#opened[index] as number), index);
  }

  #match(entry: number, unknown: Map<number, number[]>): void {
    const [table, pid] = [this.#table, this.#table.pid(entry)];
    if (!this.#types.has(table.type(entry))) return;
    if (pid === process.pid && this.#ours.has(table.handle(entry))) return;
    const address = table.object(entry);
    if (address !== 0) this.#add(this.#byAddress.get(address), entry);
    else unknown.set(pid, [...(unknown.get(pid) ?? []), entry]);
  }

  #matchCopies(pid: number, entries: readonly number[]): void {
    const done = withHandlesOf(pid, (ours) => {
      for (const entry of entries) {
        const copy = ours(this.#table.handle(entry));
        if (copy === 0) continue;
        this.#add(this.#byPath.get(objectPath(copy)), entry);
        CloseHandle(copy);
      }
      return true;
    });
    if (done === null) this.#denied.add(pid);
  }

  #add(index: number | undefined, entry: number): void {
    if (index === undefined) return;
    const access = this.#table.access(entry);
    const rights = rightsOf((this.#objects[index] as NamedObject).kind, access);
    this.#of[index]?.push({ pid: this.#table.pid(entry), rights, access });
  }

  #unseen(): Unseen[] {
    const refused = this.#objects.filter((_, index) => this.#opened[index] === 0).map(({ name }) => name);
    const missing = this.#opened.reduce((sum, handle, index) => {
      const all = handle === 0 ? undefined : handlesOf(handle);
      return all === undefined ? sum : sum + Math.max(0, all - 1 - (this.#of[index]?.length ?? 0));
    }, 0);
    return [
      ...(refused.length > 0 ? [notOpened(refused)] : []),
      ...(missing > 0 ? [notAttributed(missing, this.#denied.size)] : []),
    ];
  }
}

const RIGHTS: Readonly<Record<NamedObject['kind'], readonly (readonly [right: ObjectRight, access: number])[]>> = {
  section: [
    ['read', FILE_MAP_READ],
    ['write', FILE_MAP_WRITE],
    ['query', SECTION_QUERY],
  ],
  event: [
    ['wait', SYNCHRONIZE],
    ['set', EVENT_MODIFY_STATE],
    ['query', EVENT_QUERY_STATE],
  ],
};

function rightsOf(kind: NamedObject['kind'], access: number): ObjectRight[] {
  return RIGHTS[kind].filter(([, bit]) => (access & bit) !== 0).map(([right]) => right);
}

const AS_ADMINISTRATOR = 'Run Shmscope as an administrator.';

function noTable(status: number): Unseen {
  const { code, systemMessage } = windowsError('', codeOf(status), null);
  const cure = 'Close programs that need much memory and refresh.';
  return { what: 'The processes that hold it', reason: `${systemMessage} (${code}).`, cure };
}

function notOpened(names: readonly string[]): Unseen {
  const [first] = names;
  const what =
    names.length === 1 ? `The processes that hold "${first}"` : `The processes that hold ${names.length} objects`;
  const reason =
    'It can’t be opened with any access right, and only a handle of our own shows which object the others hold.';
  return { what, reason, cure: AS_ADMINISTRATOR };
}

function notAttributed(handles: number, denied: number): Unseen {
  const what = handles === 1 ? 'The process of one more handle' : `The processes of ${handles} more handles`;
  const reason =
    denied === 0
      ? 'It started or ended during the scan.'
      : 'Windows shows only administrators what a handle refers to, and the process belongs to another user or has higher privileges.';
  return { what, reason, cure: denied === 0 ? 'Refresh.' : AS_ADMINISTRATOR };
}
