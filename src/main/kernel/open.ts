import type { ObjectDirectory } from './directory.ts';
import type { Kernel } from './kernel.ts';

/** The kernel of the machine this runs on. */
export async function openKernel(): Promise<Kernel> {
  if (process.platform === 'win32') return (await import('./kernel32.ts')).kernel32;
  return (await import('./posix.ts')).posix;
}

/** Its names and who holds what they stand for. */
export async function openDirectory(): Promise<ObjectDirectory> {
  if (process.platform === 'win32') return (await import('./kernel32/directory.ts')).kernel32Directory;
  return (await import('./posix/directory.ts')).posixDirectory;
}
