import type { ProgramInfo } from '../../shared/peers.ts';

/** What a file's header says about the program in it. */
export interface Executable extends ProgramInfo {
  /** It isn't a program but part of one. */
  readonly isLibrary: boolean;
  /** The program that loads or reads it, which must exist too. */
  readonly interpreter: string | null;
  /** Where its resources are in the file; null if it has none. */
  readonly resources: { readonly offset: number; readonly size: number } | null;
}

type Machine = NonNullable<ProgramInfo['machine']>;

/** This many bytes from the file's start tell everything except a manifest. */
export const HEAD_BYTES = 64 * 1024;

const PE_MACHINES: Readonly<Record<number, Machine>> = { 332: 'ia32', 34404: 'x64', 452: 'arm', 43620: 'arm64' };
const ELF_MACHINES: Readonly<Record<number, Machine>> = { 3: 'ia32', 62: 'x64', 40: 'arm', 183: 'arm64' };
const MACH_MAGICS: readonly number[] = [0xfeedface, 0xfeedfacf, 0xcafebabe, 0xbebafeca];
const NOTHING = { isLibrary: false, interpreter: null, resources: null };

/** Never throws, whatever the bytes are; null if they aren't a program's. */
export function readExecutable(head: Uint8Array): Executable | null {
  const bytes = new Head(head);
  if (bytes.u16(0) === 0x5a4d) return readPe(bytes);
  if (bytes.u32(0) === 0x464c457f) return readElf(bytes);
  if (bytes.u16(0) === 0x2123) return readScript(bytes);
  if (!MACH_MAGICS.includes(bytes.u32(0) ?? 0)) return null;
  return { ...NOTHING, format: 'mach-o', bits: 64, machine: null };
}

const PE_SIGNATURE = 0x4550;
const PE32 = 0x10b;
const PE32_PLUS = 0x20b;
const IS_DLL = 0x2000;
const RESOURCES = 2;
const CLR = 14;

function readPe(bytes: Head): Executable | null {
  const at = bytes.u32(0x3c) ?? 0;
  const optional = at + 24;
  const magic = bytes.u16(optional);
  if (bytes.u32(at) !== PE_SIGNATURE || (magic !== PE32 && magic !== PE32_PLUS)) return null;
  const directories = optional + (magic === PE32 ? 96 : 112);
  const count = bytes.u32(directories - 4) ?? 0;
  const directory = (index: number) => {
    if (index >= count) return null;
    const [rva, size] = [bytes.u32(directories + 8 * index), bytes.u32(directories + 8 * index + 4)];
    return rva && size ? { rva, size } : null;
  };
  const isForAny = magic === PE32 && directory(CLR) !== null;
  return {
    format: 'pe',
    bits: isForAny ? null : magic === PE32 ? 32 : 64,
    machine: PE_MACHINES[bytes.u16(at + 4) ?? 0] ?? null,
    isLibrary: ((bytes.u16(at + 22) ?? 0) & IS_DLL) !== 0,
    interpreter: null,
    resources: inFile(bytes, at, directory(RESOURCES)),
  };
}

function inFile(bytes: Head, at: number, found: { rva: number; size: number } | null): Executable['resources'] {
  if (!found) return null;
  const table = at + 24 + (bytes.u16(at + 20) ?? 0);
  for (let index = 0; index < (bytes.u16(at + 6) ?? 0); index++) {
    const section = table + 40 * index;
    const [begin, size, raw] = [section + 12, section + 16, section + 20].map((field) => bytes.u32(field));
    if (begin === undefined || size === undefined || raw === undefined) return null;
    if (found.rva >= begin && found.rva < begin + size)
      return { offset: raw + found.rva - begin, size: Math.min(found.size, begin + size - found.rva) };
  }
  return null;
}

const LOADED_BY = 3;
const MAX_HEADERS = 256;

function readElf(bytes: Head): Executable | null {
  const kind = bytes.u8(4);
  const isLittle = bytes.u8(5) === 1;
  if (kind !== 1 && kind !== 2) return null;
  const wide = kind === 2;
  return {
    ...NOTHING,
    format: 'elf',
    bits: wide ? 64 : 32,
    machine: isLittle ? (ELF_MACHINES[bytes.u16(18) ?? 0] ?? null) : null,
    interpreter: isLittle ? loaderOf(bytes, wide) : null,
  };
}

function loaderOf(bytes: Head, wide: boolean): string | null {
  const table = (wide ? bytes.u64(32) : bytes.u32(28)) ?? 0;
  const [size, count] = wide ? [bytes.u16(54), bytes.u16(56)] : [bytes.u16(42), bytes.u16(44)];
  for (let index = 0; index < Math.min(count ?? 0, MAX_HEADERS); index++) {
    const header = table + (size ?? 0) * index;
    if (bytes.u32(header) !== LOADED_BY) continue;
    const [offset, length] = wide
      ? [bytes.u64(header + 8), bytes.u64(header + 32)]
      : [bytes.u32(header + 4), bytes.u32(header + 16)];
    return bytes.text(offset ?? 0, Math.min(length ?? 0, 4096), 0);
  }
  return null;
}

function readScript(bytes: Head): Executable {
  const line = bytes.text(2, 4096, 0x0a) ?? '';
  return { ...NOTHING, format: 'script', bits: null, machine: null, interpreter: line.trim().split(/\s/)[0] || null };
}

const ELEVATED = /level\s*=\s*["'](requireAdministrator|highestAvailable)["']/i;

/** Whether a manifest among these resources requires an administrator. */
export function asksForElevation(resources: Uint8Array): boolean {
  const level = ELEVATED.exec(Buffer.from(resources).toString('latin1').replaceAll('\0', ''))?.[1];
  return level?.toLowerCase() === 'requireadministrator';
}

/** Little-endian numbers; undefined beyond the end. */
class Head {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u8(at: number): number | undefined {
    return this.#bytes[at];
  }

  u16(at: number): number | undefined {
    return at + 2 <= this.#bytes.length ? this.#view.getUint16(at, true) : undefined;
  }

  u32(at: number): number | undefined {
    return at + 4 <= this.#bytes.length ? this.#view.getUint32(at, true) : undefined;
  }

  /** Rounded above 2^53. */
  u64(at: number): number | undefined {
    return at + 8 <= this.#bytes.length ? Number(this.#view.getBigUint64(at, true)) : undefined;
  }

  /** Up to `end` or `length` bytes; null if they aren't all there. */
  text(at: number, length: number, end: number): string | null {
    const bytes = this.#bytes.subarray(at, at + length);
    const stop = bytes.indexOf(end);
    return bytes.length === 0 ? null : Buffer.from(stop < 0 ? bytes : bytes.subarray(0, stop)).toString('utf8');
  }
}
