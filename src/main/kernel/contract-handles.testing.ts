/** The handles of this process, as the system knows them. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import koffi from 'koffi';
import { directory, kernel } from './contract.testing.ts';

/** How many handles (file descriptors) this process has open. */
export function openHandles(): number {
  if (kernel.platform === 'kernel32') return windowsHandles().length;
  return readdirSync(process.platform === 'linux' ? '/proc/self/fd' : '/dev/fd').length;
}

export const READ_ONLY = 0;

/** The handles of this process with their access masks; on POSIX those of objects, with how they are open. */
export function handleRights(): Map<string, number> {
  if (kernel.platform === 'kernel32')
    return new Map(windowsHandles().map(({ handle, access }) => [`${handle}`, access]));
  const O_ACCMODE = 3;
  const inRuntime = readdirSync('/proc/self/fd').filter((fd) => targetOf(fd).startsWith(`${directory}/run/`));
  return new Map(
    inRuntime.map((fd) => {
      const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '';
      return [fd, Number.parseInt(flags, 8) & O_ACCMODE];
    }),
  );
}

function targetOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return ''; // That of the listing itself is gone.
  }
}

/** From the system's handle table, 64-bit: Wine's GetProcessHandleCount always returns 0. */
function windowsHandles(): { handle: bigint; access: number }[] {
  const SYSTEM_EXTENDED_HANDLE_INFORMATION = 64;
  const [headerSize, entrySize, pidOffset, handleOffset, accessOffset] = [16, 40, 8, 16, 24];
  const NtQuerySystemInformation = koffi
    .load('ntdll.dll')
    .func('int __stdcall NtQuerySystemInformation(int kind, void *table, uint32_t size, void *needed)');
  const table = Buffer.alloc(64 << 20);
  assert.equal(NtQuerySystemInformation(SYSTEM_EXTENDED_HANDLE_INFORMATION, table, table.length, null), 0);
  const entries = Array.from(
    { length: Number(table.readBigUInt64LE(0)) },
    (_, index) => headerSize + index * entrySize,
  );
  return entries
    .filter((entry) => table.readBigUInt64LE(entry + pidOffset) === BigInt(process.pid))
    .map((entry) => ({
      handle: table.readBigUInt64LE(entry + handleOffset),
      access: table.readUInt32LE(entry + accessOffset),
    }));
}
