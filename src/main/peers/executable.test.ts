import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { asksForElevation, HEAD_BYTES, readExecutable } from './executable.ts';

const PRESETS = [
  ['gcc-x64/shm-peer', 'elf', 64, 'x64'],
  ['gcc-x86/shm-peer', 'elf', 32, 'ia32'],
  ['mingw-x64/shm-peer.exe', 'pe', 64, 'x64'],
  ['mingw-x86/shm-peer.exe', 'pe', 32, 'ia32'],
] as const;

const read = (file: string) => readFileSync(new URL(`../../../native/build/${file}`, import.meta.url));

test.each(PRESETS)('%s is recognised by its head', (file, format, bits, machine) => {
  const found = readExecutable(read(file).subarray(0, HEAD_BYTES));
  expect(found).toMatchObject({ format, bits, machine, isLibrary: false });
  if (format === 'elf') expect(found?.interpreter).toMatch(/^\/lib.*ld-linux/);
});

test('a script names what reads it', () => {
  expect(readExecutable(Buffer.from('#! /usr/bin/env node\nmore'))).toMatchObject({
    ...{ format: 'script', interpreter: '/usr/bin/env', bits: null },
  });
});

test('a DLL, a .NET program for any processor, and a strange processor are reported', () => {
  const dll = Buffer.from(read('mingw-x86/shm-peer.exe').subarray(0, HEAD_BYTES));
  const at = dll.readUInt32LE(0x3c);
  dll.writeUInt16LE(dll.readUInt16LE(at + 22) | 0x2000, at + 22);
  dll.writeUInt32LE(0x2000, at + 24 + 96 + 8 * 14);
  dll.writeUInt32LE(72, at + 24 + 96 + 8 * 14 + 4);
  dll.writeUInt16LE(0x1234, at + 4);
  expect(readExecutable(dll)).toMatchObject({ isLibrary: true, bits: null, machine: null });
});

test('what is no program is none', () => {
  for (const bytes of ['', 'M', 'MZ', 'plain text', '\x7fELF', '\x7fELF\x09'])
    expect(readExecutable(Buffer.from(bytes, 'latin1'))).toBeNull();
});

test('no bytes make it throw or loop: 20,000 damaged heads', () => {
  let seed = 20_261_127;
  const random = () => {
    seed = (seed * 48_271) % 0x7fffffff;
    return seed / 0x7fffffff;
  };
  const heads = PRESETS.map(([file]) => read(file).subarray(0, 2048));
  for (let round = 0; round < 20_000; round++) {
    const bytes = Buffer.from(heads[round % heads.length] as Buffer).subarray(0, Math.floor(random() * 2048));
    for (let damage = 0; damage < 8 && bytes.length > 4; damage++)
      bytes[4 + Math.floor(random() * (Math.min(512, bytes.length) - 4))] = random() < 0.5 ? 255 : random() * 256;
    const found = readExecutable(bytes);
    if (found?.resources) expect(found.resources.size).toBeGreaterThanOrEqual(0);
  }
});

test('a manifest asks for elevation in either encoding, and only with requireAdministrator', () => {
  const manifest = (level: string) => `<requestedExecutionLevel level="${level}" uiAccess="false"/>`;
  expect(asksForElevation(Buffer.from(manifest('requireAdministrator')))).toBe(true);
  expect(asksForElevation(Buffer.from(manifest('requireAdministrator'), 'utf16le'))).toBe(true);
  for (const level of ['asInvoker', 'highestAvailable'])
    expect(asksForElevation(Buffer.from(manifest(level)))).toBe(false);
});
