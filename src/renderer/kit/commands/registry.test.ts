import { beforeEach, describe, expect, it } from 'vitest';
import { canRun, clashes, commandFor, registerCommands, useCommands } from './registry.ts';

const ids = () => useCommands.getState().commands.map(({ id }) => id);
const press = { ctrlKey: false, metaKey: false, shiftKey: true, altKey: false, key: '?', code: 'Slash' };

describe('the table of commands', () => {
  beforeEach(() => useCommands.setState({ commands: [] }));

  it('holds one command for an id: a second one is refused, and nothing that came with it is added', () => {
    registerCommands([{ id: 'a', title: 'first' }]);
    const more = [
      { id: 'b', title: 'other' },
      { id: 'a', title: 'second' },
    ];
    expect(() => registerCommands(more)).toThrow('two commands with the id "a"');
    expect(ids()).toEqual(['a']);
  });

  it('takes a command again once it was removed, as a part of the window that is drawn again does', () => {
    const commands = [{ id: 'a', title: 'first' }];
    registerCommands(commands)();
    registerCommands(commands);
    expect(ids()).toEqual(['a']);
  });

  it('gives no command for a character that is typed into a field', () => {
    registerCommands([{ id: 'sheet', title: 'Shortcuts', keys: '?', run: () => {} }]);
    const { commands } = useCommands.getState();
    expect(commandFor(commands, press, false)?.id).toBe('sheet');
    expect(commandFor(commands, press, true)).toBeUndefined();
  });

  it('gives keys that two commands share to the one that can be done now', () => {
    let receiving = false;
    const run = () => {};
    registerCommands([{ id: 'start', title: 'Receive', keys: '?', run, when: () => !receiving }]);
    registerCommands([{ id: 'stop', title: 'Stop', keys: '?', run, when: () => receiving }]);
    const { commands } = useCommands.getState();
    expect(commandFor(commands, press, false)?.id).toBe('start');
    receiving = true;
    expect(commandFor(commands, press, false)?.id).toBe('stop');
  });

  it('takes the key by what it makes before where it is', () => {
    registerCommands([{ id: 'mark', title: 'Mark', keys: 'Ctrl+M', run: () => {} }]);
    registerCommands([{ id: 'settings', title: 'Settings', keys: 'Ctrl+,', run: () => {} }]);
    const french = { ...press, key: ',', code: 'KeyM', shiftKey: false, ctrlKey: true };
    expect(commandFor(useCommands.getState().commands, french, true)?.id).toBe('settings');
    expect(commandFor(useCommands.getState().commands, { ...french, key: 'ь' }, true)?.id).toBe('mark');
  });

  it('tells of commands that answer to one key at once', () => {
    const run = () => {};
    let both = false;
    registerCommands([{ id: 'a', title: 'A', keys: 'Ctrl+Shift+P', run }]);
    registerCommands([{ id: 'b', title: 'B', keys: 'Shift+Ctrl+P', run, when: () => both }]);
    registerCommands([{ id: 'c', title: 'C', keys: 'Ctrl+Shift+P', local: true, run }]);
    const found = () => clashes(useCommands.getState().commands).map((group) => group.map(({ id }) => id));
    expect(found()).toEqual([]);
    both = true;
    expect(found()).toEqual([['a', 'b']]);
  });

  it('leaves keys that belong to the place of the focus to that place', () => {
    registerCommands([{ id: 'end', title: 'Follow', keys: '?', local: true, run: () => {} }]);
    expect(commandFor(useCommands.getState().commands, press, false)).toBeUndefined();
  });

  it("runs nothing that can't be done now, nor what is only told", () => {
    expect(canRun({ id: 'a', title: 'a', run: () => {} })).toBe(true);
    expect(canRun({ id: 'a', title: 'a', run: () => {}, when: () => false })).toBe(false);
    expect(canRun({ id: 'a', title: 'a', keys: 'End' })).toBe(false);
  });
});
