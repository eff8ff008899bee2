import { expect, it } from 'vitest';
import { matching, shortcuts } from './match.ts';
import type { CommandGroup } from './registry.ts';

const command = (title: string, group?: CommandGroup) => ({ id: title, title, ...(group && { group }) });
const commands = [command('Show captures'), command('Open a server'), command('Export log', 'Log')];
const titles = (text: string) => matching(commands, text).map(({ title }) => title);

it('nothing typed lists every command as it stands', () => {
  expect(titles('')).toEqual(['Show captures', 'Open a server', 'Export log']);
});

it('a command is found by words of its title and group, in any order and case', () => {
  expect(titles('SERVER open')).toEqual(['Open a server']);
  expect(titles('log exp')).toEqual(['Export log']);
  expect(titles('zebra')).toEqual([]);
});

it('a title that begins with what is typed comes first', () => {
  expect(titles('o')).toEqual(['Open a server', 'Show captures', 'Export log']);
});

it('the sheet has what has keys, by group, in one order whatever was there first', () => {
  const keyed = (title: string, group?: CommandGroup) => ({ ...command(title, group), keys: 'F1' });
  const groups = shortcuts([
    keyed('own', 'Captures'),
    keyed('send', 'Sending'),
    command('none', 'Log'),
    keyed('palette'),
  ]);
  expect(groups.map(([group, found]) => [group, found.map(({ title }) => title)])).toEqual([
    ['Window', ['palette']],
    ['Sending', ['send']],
    ['Captures', ['own']],
  ]);
});
