import { constants, type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { ShmscopeError } from '../../shared/failure.ts';
import { asksForElevation, type Executable, HEAD_BYTES, readExecutable } from './executable.ts';
import { NO_32_BIT } from './runs-32-bit.ts';

/** Where a program would run. */
export interface Host {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly isElevated: boolean;
  /** Whether it runs 32-bit programs beside its 64-bit ones. */
  readonly runs32Bit: boolean;
}

/** This much of its resources is searched for a manifest. */
const MAX_RESOURCES = 4 * 1024 * 1024;

/** Which machines' programs a machine runs. */
const RUNS: Readonly<Record<string, readonly string[]>> = {
  x64: ['x64', 'ia32'],
  ia32: ['ia32'],
  arm64: ['arm64', 'arm', 'x64', 'ia32'],
  arm: ['arm'],
};
const SYSTEMS = { pe: 'Windows', elf: 'Linux', 'mach-o': 'macOS', script: 'any system' } as const;
const MACHINES: Readonly<Record<string, string>> = { ia32: 'x86', x64: 'x64', arm: 'ARM', arm64: 'ARM64' };

/** What the file is, if it can be started here; otherwise throws {@link ShmscopeError} that says why not. */
export async function checkStartable(file: string, host: Host): Promise<Executable> {
  if (!path.isAbsolute(file)) throw notAProgram(`"${file}" is not a full path. Choose the program's file.`);
  const handle = await opened(file);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw notAProgram(`"${file}" is a folder, or no file at all. Choose the program's file in it.`);
    const found = readExecutable(await readAt(handle, 0, HEAD_BYTES));
    if (!found) throw notAProgram(`"${file}" is not a program: it has neither the head of one nor "#!". ${CHOOSE}`);
    if (found.isLibrary) throw notAProgram(`"${file}" is a DLL, which only a program can load. Choose that program.`);
    checkMachine(file, found, host);
    if (host.platform !== 'win32' && (stat.mode & 0o111) === 0)
      throw notAProgram(`"${file}" may not be executed: it lacks the permission. Run chmod +x on it.`);
    await checkInterpreter(file, found);
    await checkElevation(file, handle, found, host);
    return found;
  } finally {
    await handle.close();
  }
}

const CHOOSE = 'Choose the program to run: on Windows, an .exe file.';
const notAProgram = (sentence: string) => new ShmscopeError('not-a-program', sentence);

async function opened(file: string): Promise<FileHandle> {
  try {
    // Reading a pipe would block.
    return await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new ShmscopeError('no-such-program', `There is no file "${file}". Check the path, or build the program.`);
    if (code === 'EISDIR') throw notAProgram(`"${file}" is a folder. Choose the program's file in it.`);
    throw notAProgram(`"${file}" can't be read (${code}), so it can't be started. Check its permissions.`);
  }
}

function checkMachine(file: string, { format, machine }: Executable, host: Host): void {
  const { platform, arch, runs32Bit } = host;
  const isWindows = platform === 'win32';
  const expected = isWindows ? 'pe' : platform === 'darwin' ? 'mach-o' : 'elf';
  if (format === 'script' && isWindows)
    throw notAProgram(`"${file}" is a script. Choose the program that runs it, and give it the script as an argument.`);
  if (format !== 'script' && format !== expected)
    throw new ShmscopeError(
      'wrong-machine',
      `"${file}" is a program for ${SYSTEMS[format]}, and this is ${SYSTEMS[expected]}. Choose one that was built for this system.`,
    );
  if (machine === 'ia32' && !runs32Bit)
    throw new ShmscopeError('wrong-machine', `"${file}" is a 32-bit program. ${NO_32_BIT}`);
  if (format === 'script' || format === 'mach-o' || (machine && RUNS[arch]?.includes(machine))) return;
  const built = machine ? `for ${MACHINES[machine]}` : 'for another kind of processor';
  throw new ShmscopeError(
    'wrong-machine',
    `"${file}" was built ${built}, which this machine (${MACHINES[arch] ?? arch}) does not run. Choose a build for it.`,
  );
}

/** Without it the system says that the program itself doesn't exist. */
async function checkInterpreter(file: string, { interpreter, bits }: Executable): Promise<void> {
  if (interpreter === null) return;
  try {
    await (await open(interpreter)).close();
  } catch {
    const kind = bits === null ? 'script' : `${bits}-bit program`;
    const cure =
      bits === 32 ? 'Install the 32-bit C library (libc6:i386 on Debian).' : `Install what brings ${interpreter}.`;
    throw new ShmscopeError(
      'no-such-program',
      `"${file}" can't be started: it is a ${kind} that needs "${interpreter}", which is missing. ${cure}`,
    );
  }
}

async function checkElevation(file: string, handle: FileHandle, found: Executable, host: Host): Promise<void> {
  if (host.isElevated || found.format !== 'pe' || !found.resources) return;
  const { offset, size } = found.resources;
  if (!asksForElevation(await readAt(handle, offset, Math.min(size, MAX_RESOURCES)))) return;
  throw new ShmscopeError(
    'needs-elevation',
    `"${file}" requires administrator rights, which Shmscope doesn't have. Start Shmscope as an administrator, or use a build without requireAdministrator in its manifest.`,
  );
}

async function readAt(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, offset);
  return buffer.subarray(0, bytesRead);
}
