import { beforeEach, describe, expect, it } from 'vitest';
import { canRun, commandFor, registerCommand, useCommands } from './registry.ts';

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
