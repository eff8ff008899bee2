import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AbiId } from '../../../shared/types/abi.ts';
import type { Sample } from './declarations.testing.ts';
import type { Filled } from './values.testing.ts';

/** The compilers of the four ABIs. Nothing that they produce is run: the numbers are read from the object file. */

interface Tool {
  readonly compiler: string;
  readonly flags: readonly string[];
  readonly objcopy: string;
}

const TOOLS: Readonly<Record<AbiId, Tool>> = {
  'windows-x86': { compiler: 'i686-w64-mingw32-gcc', flags: [], objcopy: 'i686-w64-mingw32-objcopy' },
  'windows-x64': { compiler: 'x86_64-w64-mingw32-gcc', flags: [], objcopy: 'x86_64-w64-mingw32-objcopy' },
  'linux-x86': { compiler: 'gcc', flags: ['-m32'], objcopy: 'objcopy' },
  'linux-x64': { compiler: 'gcc', flags: ['-m64'], objcopy: 'objcopy' },
};

export const hasCompiler = (abi: AbiId): boolean => spawnSync(TOOLS[abi].compiler, ['--version']).status === 0;

/** What a compiler says about a sample. */
export interface Answer {
  readonly size: number;
  readonly align: number;
  /** Bytes, by path. */
  readonly offsets: ReadonlyMap<string, number>;
  /** First bit and width, by path. */
  readonly bits: ReadonlyMap<string, { readonly bit: number; readonly width: number }>;
}

const HEAD = '#include <stddef.h>\n#include <stdint.h>\n#include <stdbool.h>\n';

export function ask(abi: AbiId, samples: readonly Sample[]): Answer[] {
  const numbers = samples.flatMap(({ type, paths }) => [
    `sizeof(${type})`,
    `_Alignof(${type})`,
    ...paths.map((one) => `offsetof(${type}, ${one})`),
  ]);
  const filled = samples.flatMap(({ type, bits }) => bits.map((one) => ({ type, one })));
  const source = [
    HEAD,
    ...samples.map(({ text }) => text),
    `__attribute__((section(".numbers"))) const unsigned numbers[] = {\n${numbers.join(',\n')}\n};\n`,
    'struct __attribute__((packed)) filled { char none;\n',
    ...filled.map(({ type }, index) => `${type} f${index};\n`),
    '};\n__attribute__((section(".filled"))) const struct filled filled = {\n0,\n',
    ...filled.map(({ one }, index) => `.f${index}.${one} = -1,\n`),
    '};\n',
  ].join('');
  const [words, bytes] = compiled(abi, source);
  return answers(
    samples,
    new Uint32Array(words.buffer.slice(words.byteOffset, words.byteOffset + words.length)),
    bytes,
  );
}

function answers(samples: readonly Sample[], words: Uint32Array, bytes: Uint8Array): Answer[] {
  let at = 0;
  let start = 1;
  return samples.map(({ paths, bits }) => {
    const [size = 0, align = 0] = [words[at++], words[at++]];
    const offsets = new Map(paths.map((one) => [one, words[at++] as number]));
    const found = bits.map((one) => {
      const range = setBits(bytes.subarray(start, start + size));
      start += size;
      return [one, range] as const;
    });
    return { size, align, offsets, bits: new Map(found) };
  });
}

function setBits(bytes: Uint8Array): { bit: number; width: number } {
  let [first, count] = [-1, 0];
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    if (((bytes[bit >> 3] as number) >> (bit & 7)) & 1) {
      if (first < 0) first = bit;
      count++;
    }
  }
  return { bit: first, width: count };
}

/** The bytes of structs as the compiler fills them. */
export function filledBytes(abi: AbiId, samples: readonly Filled[]): Uint8Array[] {
  const source = [
    HEAD,
    ...samples.map(({ text }) => text),
    `__attribute__((section(".numbers"))) const unsigned numbers[] = {${samples.map(({ type }) => `sizeof(${type})`).join(',\n')}};\n`,
    'struct __attribute__((packed)) filled { char none;\n',
    ...samples.map(({ type }, index) => `${type} f${index};\n`),
    '};\n__attribute__((section(".filled"))) const struct filled filled = {\n0,\n',
    ...samples.map(({ initializer }, index) => `.f${index} = {${initializer}},\n`),
    '};\n',
  ].join('');
  const [words, bytes] = compiled(abi, source);
  let start = 1;
  return samples.map((_, index) => {
    const size = words.readUInt32LE(index * 4);
    start += size;
    return new Uint8Array(bytes.subarray(start - size, start));
  });
}

/** The sections `.numbers` and `.filled`. */
function compiled(abi: AbiId, source: string): [Buffer, Buffer] {
  const { compiler, flags, objcopy } = TOOLS[abi];
  const directory = mkdtempSync(path.join(tmpdir(), 'shmscope-oracle-'));
  const file = (name: string) => path.join(directory, name);
  try {
    writeFileSync(file('it.c'), source);
    execFileSync(compiler, [
      ...flags,
      '-w',
      '-std=gnu11',
      '-O0',
      '-fno-diagnostics-show-caret',
      '-Wno-packed-bitfield-compat',
      '-c',
      '-o',
      file('it.o'),
      file('it.c'),
    ]);
    const section = (name: string) => {
      execFileSync(objcopy, ['-O', 'binary', '--only-section', name, file('it.o'), file(name)]);
      return readFileSync(file(name));
    };
    return [section('.numbers'), section('.filled')];
  } finally {
    if (!process.env.SHMSCOPE_KEEP) rmSync(directory, { recursive: true });
    else console.error(directory);
  }
}
