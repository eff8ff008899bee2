import path from 'node:path';

/**
 * Lets threads that start from now on keep the code that they compile in the data folder, and find it there the next
 * time: to compile is most of a thread's start. NODE_COMPILE_CACHE and NODE_DISABLE_COMPILE_CACHE decide where they are
 * set. The folder may be deleted at any time.
 */
export function keepCompiledCode(dataDir: string): void {
  process.env.NODE_COMPILE_CACHE ??= path.join(dataDir, 'code-cache');
}
