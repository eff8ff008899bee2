/** The binary interfaces that a peer may be built for, as data. "32-bit" is two of them. */

export const ABI_IDS = ['windows-x86', 'windows-x64', 'linux-x86', 'linux-x64'] as const;
export type AbiId = (typeof ABI_IDS)[number];

/** `ms`: bitfields only share storage with neighbours of the same size. `sysv`: with whatever comes before them. */
export type BitfieldRule = 'ms' | 'sysv';

/** Sizes and alignments in bytes. */
export interface Abi {
  readonly id: AbiId;
  readonly label: string;
  readonly windows: boolean;
  readonly pointer: 4 | 8;
  readonly long: 4 | 8;
  readonly wchar: 2 | 4;
  /** As in MinGW and glibc; Microsoft's compiler has 8 bytes, unless told to keep 4. */
  readonly time: 4 | 8;
  /** As in GCC and MinGW; Microsoft's compiler has 8 bytes. */
  readonly longDouble: { readonly size: number; readonly align: number };
  /** Of `long long` and `double` as members. */
  readonly align8: 4 | 8;
  readonly bitfields: BitfieldRule;
}

const WINDOWS = { windows: true, long: 4, wchar: 2, align8: 8, bitfields: 'ms' } as const;
const LINUX = { windows: false, wchar: 4, bitfields: 'sysv' } as const;

export const ABIS: Readonly<Record<AbiId, Abi>> = {
  'windows-x86': {
    ...WINDOWS,
    id: 'windows-x86',
    label: 'Windows x86',
    pointer: 4,
    time: 4,
    longDouble: { size: 12, align: 4 },
  },
  'windows-x64': {
    ...WINDOWS,
    id: 'windows-x64',
    label: 'Windows x64',
    pointer: 8,
    time: 8,
    longDouble: { size: 16, align: 16 },
  },
  'linux-x86': {
    ...LINUX,
    id: 'linux-x86',
    label: 'Linux x86',
    pointer: 4,
    long: 4,
    time: 4,
    longDouble: { size: 12, align: 4 },
    align8: 4,
  },
  'linux-x64': {
    ...LINUX,
    id: 'linux-x64',
    label: 'Linux x64',
    pointer: 8,
    long: 8,
    time: 8,
    longDouble: { size: 16, align: 16 },
    align8: 8,
  },
};
