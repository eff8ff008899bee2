import type { Kernel } from './kernel.ts';

/** The kernel of the machine this runs on. */
export async function openKernel(): Promise<Kernel> {
  if (process.platform === 'win32') return (await import('./kernel32.ts')).kernel32;
  return (await import('./posix.ts')).posix;
}
