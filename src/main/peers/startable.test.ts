import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { checkStartable, type Host } from './startable.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'shmscope-startable-'));
afterAll(() => rmSync(folder, { recursive: true }));

const built = (name: string) => fileURLToPath(new URL(`../../../native/build/${name}`, import.meta.url));
const linux: Host = { platform: 'linux', arch: 'x64', isElevated: false, runs32Bit: true };
const windows: Host = { ...linux, platform: 'win32' };

function file(name: string, content: string | Uint8Array, mode = 0o755): string {
  const made = path.join(folder, name);
  writeFileSync(made, content);
  chmodSync(made, mode);
  return made;
}

/** The head of a program for x64 with one section, of resources: a manifest that wants `level`. */
function withManifest(level: string): Uint8Array {
  const bytes = Buffer.alloc(0x400);
  bytes.write('MZ');
  bytes.writeUInt32LE(0x40, 0x3c);
  bytes.writeUInt32LE(0x4550, 0x40);
  bytes.writeUInt16LE(0x8664, 0x44);
  bytes.writeUInt16LE(1, 0x46);
  bytes.writeUInt16LE(0xf0, 0x54);
  bytes.writeUInt16LE(0x20b, 0x58);
  bytes.writeUInt32LE(16, 0xc4);
  for (const [at, value] of [
    [0xd8, 0x1000],
    [0xdc, 0x200],
    [0x154, 0x1000],
    [0x158, 0x200],
    [0x15c, 0x200],
  ] as const)
    bytes.writeUInt32LE(value, at);
  bytes.write(`<requestedExecutionLevel level='${level}'/>`, 0x220);
  return bytes;
}

const refusal = (code: string, words: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(words) as string });

test('programs of either bitness can be started on their system', async () => {
  await expect(checkStartable(built('gcc-x64/shm-peer'), linux)).resolves.toMatchObject({ bits: 64 });
  await expect(checkStartable(built('mingw-x86/shm-peer.exe'), windows)).resolves.toMatchObject({ bits: 32 });
  await expect(checkStartable(file('script', '#!/bin/sh\n'), linux)).resolves.toMatchObject({ bits: null });
});

test('what can’t be is refused with the reason and what to do', async () => {
  const library = Buffer.from(withManifest('asInvoker'));
  library.writeUInt16LE(0x2000, 0x56);
  const arm = Buffer.from(withManifest('asInvoker'));
  arm.writeUInt16LE(0xaa64, 0x44);
  const cases: [string, Host, string, RegExp][] = [
    [path.join(folder, 'missing'), linux, 'no-such-program', /^There is no file .* Check the path/],
    [path.join(file('plain', 'text'), 'below'), linux, 'no-such-program', /^There is no file/],
    ['relative', linux, 'not-a-program', /not a full path/],
    [folder, linux, 'not-a-program', /is a folder/],
    [file('text', 'no program'), linux, 'not-a-program', /neither the head of one/],
    [file('empty', ''), linux, 'not-a-program', /neither the head of one/],
    [file('closed', '#!/bin/sh\n', 0o644), linux, 'not-a-program', /chmod \+x/],
    [file('library.dll', library), windows, 'not-a-program', /is a DLL/],
    [file('script.py', '#!/usr/bin/python3\n'), windows, 'not-a-program', /is a script/],
    [built('mingw-x64/shm-peer.exe'), linux, 'wrong-machine', /for Windows, and this is Linux/],
    [built('gcc-x64/shm-peer'), windows, 'wrong-machine', /for Linux, and this is Windows/],
    [file('arm.exe', arm), windows, 'wrong-machine', /built for ARM64, which this machine \(x64\)/],
    [built('gcc-x64/shm-peer'), { ...linux, arch: 'ia32' }, 'wrong-machine', /built for x64/],
    [built('gcc-x86/shm-peer'), { ...linux, runs32Bit: false }, 'wrong-machine', /is a 32-bit program\. This/],
    [built('mingw-x86/shm-peer.exe'), { ...windows, runs32Bit: false }, 'wrong-machine', /does not run 32-bit/],
    [file('lost', '#!/no/such/interpreter -x\n'), linux, 'no-such-program', /needs "\/no\/such\/interpreter"/],
    [file('admin.exe', withManifest('requireAdministrator')), windows, 'needs-elevation', /as an administrator/],
  ];
  for (const [given, host, code, words] of cases)
    await expect(checkStartable(given, host), given).rejects.toEqual(refusal(code, words));
  await expect(checkStartable(path.join(folder, 'admin.exe'), { ...windows, isElevated: true })).resolves.toBeTruthy();
});

test('a 32-bit program without its loader names what to install', async () => {
  const program = path.join(folder, 'x86');
  copyFileSync(built('gcc-x86/shm-peer'), program);
  const bytes = execFileSync('cat', [program], { maxBuffer: 1 << 26 });
  const at = bytes.indexOf('/lib/ld-linux');
  bytes.write('/lib/xx-linux', at);
  await expect(checkStartable(file('x86', bytes), linux)).rejects.toEqual(
    refusal('no-such-program', /32-bit program that needs "\/lib\/xx-linux.*libc6:i386/),
  );
});

test('a pipe in the place of a program is not waited for', async () => {
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  await expect(checkStartable(pipe, linux)).rejects.toEqual(refusal('not-a-program', /no file at all/));
});
