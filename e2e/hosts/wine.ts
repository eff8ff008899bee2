import type { ChildProcess, SpawnOptions } from 'node:child_process';

/** The exports of `scripts/lib/wine.mjs`; their parameters are described there. */
interface WineTools {
  prepareWine(): Promise<void>;
  windowsNode(args: string[], options: { stdout: string }): ChildProcess;
  spawnWindows(exe: string, args: string[], options: SpawnOptions): ChildProcess;
  windowsPath(path: string): string;
  wineEnv(): NodeJS.ProcessEnv;
  hasWow64(): boolean;
}

let tools: Promise<WineTools> | undefined;

/** Wine, set up on first use. */
export function wineTools(): Promise<WineTools> {
  tools ??= (async () => {
    const wine: WineTools = await import(new URL('../../scripts/lib/wine.mjs', import.meta.url).href);
    await wine.prepareWine();
    return wine;
  })();
  return tools;
}

/** Where `wine` finds the prefix of the tests. */
export async function wineEnvironment(): Promise<NodeJS.ProcessEnv> {
  return (await wineTools()).wineEnv();
}
