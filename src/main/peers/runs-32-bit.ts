import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const STATUS = 42;

/**
 * Whether this system runs 32-bit programs beside its own 64-bit ones. A Windows without WoW64 (Windows PE, a reduced
 * Server Core) doesn't, nor does a Linux kernel with IA32 emulation off. If it can't be determined it counts as yes:
 * then starting a program will tell. Determined once.
 */
export function runs32Bit(): Promise<boolean> {
  answer ??= process.platform === 'win32' ? Promise.resolve(hasWow64()) : linuxRunsOne();
  return answer;
}
let answer: Promise<boolean> | undefined;

/** The result of `runs32Bit` as a sentence with what to do. */
export const NO_32_BIT =
  process.platform === 'win32'
    ? 'This Windows does not run 32-bit programs: it has no WoW64 (its folder SysWOW64 is empty or missing). Run them on an edition that has it.'
    : 'This Linux does not run 32-bit programs: its kernel has no IA32 emulation. Start it with ia32_emulation=on, or use another machine.';

function hasWow64(): boolean {
  const isOn64 = process.arch === 'x64' || process.env.PROCESSOR_ARCHITEW6432 !== undefined;
  const root = process.env.SystemRoot ?? 'C:\\Windows';
  return !isOn64 || existsSync(path.join(root, 'SysWOW64', 'kernel32.dll'));
}

/**
 * By starting the smallest program. Its status decides, not whether it started: if the kernel refuses it, the C library
 * hands it to the shell.
 */
async function linuxRunsOne(): Promise<boolean> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return true;
  const folder = await mkdtemp(path.join(tmpdir(), 'shmscope-32-bit-')).catch(() => null);
  if (folder === null) return true;
  try {
    const file = path.join(folder, 'program');
    await writeFile(file, smallestProgram(), { mode: 0o700 });
    const status = await statusOf(file);
    return typeof status === 'number' ? status === STATUS : status !== 'ENOEXEC';
  } catch {
    return true;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Its exit status, or why it didn't start, such as EACCES in a folder without execution; null for a signal. */
const statusOf = (file: string): Promise<unknown> =>
  new Promise((resolve) => {
    execFile(file, { timeout: 5000 }, (error) => resolve(error ? error.code : 0));
  });

/** An ELF file for i386: one segment, whose code is `exit(42)`. */
function smallestProgram(): Uint8Array {
  const [base, headers] = [0x0804_8000, 84];
  const code = [0xb8, 1, 0, 0, 0, 0xbb, STATUS, 0, 0, 0, 0xcd, 0x80];
  const bytes = Buffer.alloc(headers + code.length);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1]);
  bytes.writeUInt16LE(2, 16); // an executable
  bytes.writeUInt16LE(3, 18); // for i386
  bytes.writeUInt32LE(1, 20);
  bytes.writeUInt32LE(base + headers, 24);
  bytes.writeUInt32LE(52, 28);
  for (const [index, half] of [52, 32, 1].entries()) bytes.writeUInt16LE(half, 40 + index * 2);
  const segment = [1, 0, base, base, bytes.length, bytes.length, 5, 0x1000];
  for (const [index, word] of segment.entries()) bytes.writeUInt32LE(word, 52 + index * 4);
  bytes.set(code, headers);
  return bytes;
}
