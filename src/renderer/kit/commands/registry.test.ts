import { beforeEach, describe, expect, it } from 'vitest';
import { canRun, clashes, commandFor, registerCommand, useCommands } from './registry.ts';

const ids = () => useCommands.getState().commands.map(({ id }) => id);
const press = { ctrlKey: false, metaKey: false, shiftKey: true, altKey: false, key: '?', code: 'Slash' };

describe('the table of commands', () => {
  beforeEach(() => useCommands.setState({ commands: [] }));

  it('holds one command for an id: the last that was registered', () => {
    registerCommand({ id: 'a', title: 'first' });
    registerCommand({ id: 'a', title: 'second' });
    expect(useCommands.getState().commands.map(({ title }) => title)).toEqual(['second']);
  });

  it('is not robbed of a command by the undo of the one that it took the place of', () => {
    const undo = registerCommand({ id: 'a', title: 'first' });
    registerCommand({ id: 'a', title: 'second' });
    undo();
    expect(ids()).toEqual(['a']);
  });

  it('gives no command for a character that is typed into a field', () => {
    registerCommand({ id: 'sheet', title: 'Shortcuts', keys: '?', run: () => {} });
    const { commands } = useCommands.getState();
    expect(commandFor(commands, press, false)?.id).toBe('sheet');
    expect(commandFor(commands, press, true)).toBeUndefined();
  });

  it('gives keys that two commands share to the one that can be done now', () => {
    let receiving = false;
    const run = () => {};
    registerCommand({ id: 'start', title: 'Receive', keys: '?', run, when: () => !receiving });
    registerCommand({ id: 'stop', title: 'Stop', keys: '?', run, when: () => receiving });
    const { commands } = useCommands.getState();
    expect(commandFor(commands, press, false)?.id).toBe('start');
    receiving = true;
    expect(commandFor(commands, press, false)?.id).toBe('stop');
  });

  it('takes the key by what it makes before where it is', () => {
    registerCommand({ id: 'mark', title: 'Mark', keys: 'Ctrl+M', run: () => {} });
    registerCommand({ id: 'settings', title: 'Settings', keys: 'Ctrl+,', run: () => {} });
    const french = { ...press, key: ',', code: 'KeyM', shiftKey: false, ctrlKey: true };
    expect(commandFor(useCommands.getState().commands, french, true)?.id).toBe('settings');
    expect(commandFor(useCommands.getState().commands, { ...french, key: 'ь' }, true)?.id).toBe('mark');
  });

  it('tells of commands that answer to one key at once', () => {
    const run = () => {};
    let both = false;
    registerCommand({ id: 'a', title: 'A', keys: 'Ctrl+Shift+P', run });
    registerCommand({ id: 'b', title: 'B', keys: 'Shift+Ctrl+P', run, when: () => both });
    registerCommand({ id: 'c', title: 'C', keys: 'Ctrl+Shift+P', local: true, run });
    const found = () => clashes(useCommands.getState().commands).map((group) => group.map(({ id }) => id));
    expect(found()).toEqual([]);
    both = true;
    expect(found()).toEqual([['a', 'b']]);
  });

  it('leaves keys that belong to the place of the focus to that place', () => {
    registerCommand({ id: 'end', title: 'Follow', keys: '?', local: true, run: () => {} });
    expect(commandFor(useCommands.getState().commands, press, false)).toBeUndefined();
  });

  it('runs nothing that can not be done now, nor what is only told', () => {
    expect(canRun({ id: 'a', title: 'a', run: () => {} })).toBe(true);
    expect(canRun({ id: 'a', title: 'a', run: () => {}, when: () => false })).toBe(false);
    expect(canRun({ id: 'a', title: 'a', keys: 'End' })).toBe(false);
  });
});
