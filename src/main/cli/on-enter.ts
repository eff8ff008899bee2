import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';

type Terminal = Readable & { readonly isTTY?: boolean };

/** Calls `act` for each line typed into a terminal; does nothing without one. Returns a function that stops it. */
export function onEnter(terminal: Terminal, act: () => void, isForeground = inForeground): () => void {
  if (!terminal.isTTY) return () => {};
  const onData = (typed: Buffer | string) => {
    if (String(typed).includes('\n')) act();
  };
  // The system stops a background process that reads its terminal.
  const listen = () => {
    terminal.off('data', onData);
    if (isForeground()) terminal.on('data', onData).resume();
    else terminal.pause();
  };
  listen();
  const resumed: NodeJS.Signals[] = process.platform === 'win32' ? [] : ['SIGCONT'];
  for (const signal of resumed) process.on(signal, listen);
  return () => {
    for (const signal of resumed) process.off(signal, listen);
    terminal.off('data', onData).pause();
  };
}

/** Whether this process is in the shell's foreground, not started with `&` or sent to the background with `bg`. */
export function inForeground(): boolean {
  try {
    if (process.platform === 'win32') return true;
    if (process.platform === 'linux') {
      // After the name, which may contain anything: state, parent, group, session, terminal, the terminal's group.
      const [, , group, , , foreground] = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      return group === foreground;
    }
    return execFileSync('ps', ['-o', 'stat=', '-p', String(process.pid)], { encoding: 'utf8' }).includes('+');
  } catch {
    return false;
  }
}
