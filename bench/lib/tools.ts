import type { ChildProcess, SpawnOptions } from 'node:child_process';

/** Exported by the scripts, which describe them. */
interface Tools {
  readonly peerPath: (preset: string) => string;
  readonly spawnWindows: (exe: string, args: string[], options: SpawnOptions) => ChildProcess;
  readonly windowsNode: (args: string[], options: { stdout: string; env?: NodeJS.ProcessEnv }) => ChildProcess;
  readonly wineEnv: (extra?: NodeJS.ProcessEnv) => NodeJS.ProcessEnv & { WINEPREFIX: string };
}

const load = (name: string) => import(new URL(`../../scripts/lib/${name}.mjs`, import.meta.url).href);

export const { peerPath, spawnWindows, windowsNode, wineEnv }: Tools = {
  ...(await load('native')),
  ...(await load('wine')),
};
