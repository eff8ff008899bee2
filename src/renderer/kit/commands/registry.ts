import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import { canonical, isByKey, isByPlace, isTyped, type Press } from './keys.ts';

/** An action of the window. Palette, shortcut sheet and key handling all come from these. */
export interface Command {
  readonly id: string;
  /** What it does, as the palette lists it: "Export the log…". */
  readonly title: string;
  /** The heading it stands under; "Window" where none is given. */
  readonly group?: string;
  /** Such as `Ctrl+Shift+P`, `Alt+Up`, `?`. Two commands may share them if never both can be done. */
  readonly keys?: string;
  /** The keys are answered where the focus is, not in the whole window; here they are only told. */
  readonly local?: true;
  /** Not there: the palette does not list it. */
  readonly run?: () => void;
  /** Whether it can be done now; not there: always. */
  readonly when?: () => boolean;
}

export const useCommands = create<{ readonly commands: readonly Command[] }>(() => ({ commands: [] }));

/** Adds a command, in place of one of the same id. Returns its own undo. */
export function registerCommand(command: Command): () => void {
  useCommands.setState(({ commands }) => ({ commands: [...commands.filter(({ id }) => id !== command.id), command] }));
  return () => useCommands.setState(({ commands }) => ({ commands: commands.filter((one) => one !== command) }));
}

/** Registers `commands` while the component is there; `run` and `when` are always the latest, the rest is as at first. */
export function useRegistered(commands: readonly Command[]): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    const undo = latest.current.map((command, i) =>
      registerCommand({
        ...command,
        ...(command.run && { run: () => latest.current[i]?.run?.() }),
        when: () => latest.current[i]?.when?.() ?? true,
      }),
    );
    return () => {
      for (const one of undo) one();
    };
  }, []);
}

export const canRun = (command: Command): boolean => command.run !== undefined && (command.when?.() ?? true);

/** The command that a key press means and that can be done now; `typing`: the focus is where text is written. */
export function commandFor(commands: readonly Command[], press: Press, typing: boolean): Command | undefined {
  const able = commands.filter(({ keys, local }) => keys !== undefined && !local && !(typing && isTyped(keys)));
  const found = (isIt: typeof isByKey) => able.find((one) => isIt(one.keys ?? '', press) && canRun(one));
  // What the key makes goes before where it is: a sign may lie at the place of a letter.
  return found(isByKey) ?? found(isByPlace);
}

/** Commands that answer to the same keys and can be done now: the user can not know which of them will be. */
export function clashes(commands: readonly Command[]): Command[][] {
  const able = commands.filter((command) => command.keys !== undefined && !command.local && canRun(command));
  const groups = Object.groupBy(able, ({ keys }) => canonical(keys ?? ''));
  return Object.values(groups).filter((group): group is Command[] => (group?.length ?? 0) > 1);
}
