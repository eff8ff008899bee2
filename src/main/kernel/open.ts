import type { ObjectDirectory } from './directory.ts';
import type { Kernel } from './kernel.ts';
import type { ProcessControl } from './process-control.ts';

/** The kernel of the machine this runs on. */
export async function openKernel(): Promise<Kernel> {
  if (process.platform === 'win32') return (await import('./kernel32.ts')).kernel32;
  return (await import('./posix.ts')).posix;
}

/** Its names, and who holds the objects behind them. */
export async function openDirectory(): Promise<ObjectDirectory> {
  if (process.platform === 'win32') return (await import('./kernel32/directory.ts')).kernel32Directory;
  return (await import('./posix/directory.ts')).posixDirectory;
}

/** What ends the programs that are started from here. */
export async function openProcessControl(): Promise<ProcessControl> {
  if (process.platform === 'win32') return (await import('./kernel32/process-control.ts')).kernel32ProcessControl;
  return (await import('./posix/process-control.ts')).posixProcessControl;
}
