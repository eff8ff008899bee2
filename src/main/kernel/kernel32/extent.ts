import type { SectionUse } from '../kernel.ts';

/** What VirtualQuery says about a run of equal pages. */
export interface Region {
  /** Where the view that they belong to begins. */
  readonly view: number;
  readonly size: number;
  readonly state: number;
  readonly protect: number;
}

const MEM_COMMIT = 0x1000;
const WRITABLE: readonly number[] = [0x04, 0x40]; // PAGE_READWRITE, PAGE_EXECUTE_READWRITE
const READABLE: readonly number[] = [0x02, 0x20, ...WRITABLE]; // PAGE_READONLY, PAGE_EXECUTE_READ
const PROTECTIONS = { read: READABLE, write: WRITABLE } as const;
/** A page's protection also says how it is cached. */
const CACHING = 0x200 | 0x400; // PAGE_NOCACHE | PAGE_WRITECOMBINE

/** Bytes of the view at `address`: accessible ones from its start, and inaccessible ones after them. */
export interface Extent {
  readonly usable: number;
  readonly rest: number;
}

/**
 * A section created with SEC_RESERVE only has the pages that its program has committed so far; touching any other is an
 * access violation, as is touching a guard page or one with PAGE_NOACCESS. Null if `query` knows nothing about
 * `address`.
 */
export function extentOf(address: number, query: (address: number) => Region | null, use: SectionUse): Extent | null {
  let [usable, whole] = [0, 0];
  for (let region = query(address); region?.view === address; region = query(address + whole)) {
    if (usable === whole && isUsable(region, use)) usable += region.size;
    whole += region.size;
  }
  return whole === 0 ? null : { usable, rest: whole - usable };
}

function isUsable({ state, protect }: Region, use: SectionUse): boolean {
  return state === MEM_COMMIT && PROTECTIONS[use].includes(protect & ~CACHING);
}
