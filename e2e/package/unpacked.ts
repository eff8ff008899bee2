import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exited, kill, ROOT } from '../hosts/process.ts';
import { wineEnvironment, wineTools } from '../hosts/wine.ts';

interface Finished {
  readonly status: number | null;
  /** Both streams. */
  readonly output: string;
}

/** The packaged command line, unpacked into an unusual folder, and what a test has started of it. */
export interface Unpacked {
  /** A new file beside the unpacked folder. */
  readonly file: (name: string) => string;
  /** A file of this system in a Windows program's notation. */
  readonly path: (file: string) => string;
  /** A program of the folder, its output going to a file. */
  readonly start: (program: string, args: readonly string[]) => Started;
  /** The same, until it ends. */
  readonly run: (program: string, args: readonly string[]) => Promise<Finished>;
  /** A program of Windows itself, until it ends. */
  readonly system: (program: string, args: readonly string[]) => Promise<Finished>;
  /** Ends what still runs, and removes the folder. */
  readonly remove: () => Promise<void>;
}

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly finished: Promise<Finished>;
}

/** Copies `dist/shmscope-cli-win-x64`, which must exist, to a folder whose name has a space and umlauts. */
export async function unpack(): Promise<Unpacked> {
  const wine = process.platform === 'win32' ? undefined : await wineTools();
  const env = wine ? await wineEnvironment() : process.env;
  const root = mkdtempSync(join(tmpdir(), 'Prüf Stände '));
  const folder = join(root, 'shmscope cli');
  cpSync(join(ROOT, 'dist', 'shmscope-cli-win-x64'), folder, { recursive: true });
  const children: ChildProcess[] = [];
  let files = 0;

  const launch = (program: string, args: readonly string[]): Started => {
    const log = join(root, `output-${files++}.log`);
    const output = openSync(log, 'w');
    const [command, ...rest] = wine ? ['wine', program, ...args] : [program, ...args];
    const child = spawn(command as string, rest, { stdio: ['ignore', output, output], cwd: root, env });
    closeSync(output);
    children.push(child);
    const text = () => readFileSync(log, 'utf8');
    return { child, output: text, finished: exited(child).then((status) => ({ status, output: text() })) };
  };
  const start = (program: string, args: readonly string[]) => launch(join(folder, ...program.split('/')), args);

  return {
    file: (name) => join(root, name),
    path: (file) => wine?.windowsPath(file) ?? file,
    start,
    run: (program, args) => start(program, args).finished,
    system: (program, args) => launch(program, args).finished,
    remove: async () => {
      await Promise.all(children.map(kill));
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
