import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import { canonical, isByKey, isByPlace, isTyped, type Press } from './keys.ts';

/** The headings of commands, in the order of the lists. */
export const GROUPS = [
  'Window',
  'Sessions',
  'Log',
  'Timeline',
  'Receiving',
  'Sending',
  'Selected record',
  'Watch',
  'Lab',
  'Captures',
] as const;
export type CommandGroup = (typeof GROUPS)[number];

/** An action of the window. Palette, shortcut sheet and key handling all come from these. */
export interface Command {
  readonly id: string;
  /** What it does, as the palette lists it: "Export the log…". */
  readonly title: string;
  /** "Window" if omitted. */
  readonly group?: CommandGroup;
  /** Such as `Ctrl+Shift+P`, `Alt+Up`, `?`. Two commands may share them if they are never both available. */
  readonly keys?: string;
  /** The keys work where the focus is, not in the whole window; here they are only listed. */
  readonly local?: true;
  /** Omitted: the palette doesn't list it. */
  readonly run?: () => void;
  /** Whether it is available now; omitted: always. */
  readonly when?: () => boolean;
}

export const useCommands = create<{ readonly commands: readonly Command[] }>(() => ({ commands: [] }));

/** Adds commands and returns a function that removes them. Throws if an id is taken. */
export function registerCommands(added: readonly Command[]): () => void {
  const commands = [...useCommands.getState().commands, ...added];
  const taken = commands.find(({ id }, at) => commands.findIndex((one) => one.id === id) !== at);
  if (taken) throw new Error(`There are two commands with the id "${taken.id}".`);
  useCommands.setState({ commands });
  return () => useCommands.setState(({ commands }) => ({ commands: commands.filter((one) => !added.includes(one)) }));
}

/**
 * Registers `commands` while the component is mounted; `run` and `when` are always the latest, the rest is as at first.
 */
export function useRegistered(commands: readonly Command[]): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    const current = (id: string) => latest.current.find((one) => one.id === id);
    const bound = latest.current.map((command) => ({
      ...command,
      ...(command.run && { run: () => current(command.id)?.run?.() }),
      when: () => current(command.id)?.when?.() ?? true,
    }));
    return registerCommands(bound);
  }, []);
}

export const inGroup = (group: CommandGroup, commands: readonly Command[]): Command[] =>
  commands.map((command) => ({ ...command, group }));

export const canRun = (command: Command): boolean => command.run !== undefined && (command.when?.() ?? true);

/** The available command for a key press; `typing`: the focus is in a text field. */
export function commandFor(commands: readonly Command[], press: Press, typing: boolean): Command | undefined {
  const able = commands.filter(({ keys, local }) => keys !== undefined && !local && !(typing && isTyped(keys)));
  const found = (isIt: typeof isByKey) => able.find((one) => isIt(one.keys ?? '', press) && canRun(one));
  // What the key makes takes precedence over its position: a punctuation mark may be where a letter is.
  return found(isByKey) ?? found(isByPlace);
}

/** Available commands that share keys: the user can't know which of them will run. */
export function clashes(commands: readonly Command[]): Command[][] {
  const able = commands.filter((command) => command.keys !== undefined && !command.local && canRun(command));
  const groups = Object.groupBy(able, ({ keys }) => canonical(keys ?? ''));
  return Object.values(groups).filter((group): group is Command[] => (group?.length ?? 0) > 1);
}
