/** `shmscope completion` as built, in a Bash that runs what it prints. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { commandLine } from '../testing.ts';

vi.setConfig({ testTimeout: 30_000 });

const { close, file, run } = commandLine('completion');
afterAll(close);

let script = '';
beforeAll(async () => {
  script = (await run('completion', 'bash')).output;
});

/** What Bash offers for the last of the words. */
function offered(...words: string[]): string[] {
  const call = `compopt() { :; }
COMP_WORDS=(shmscope ${words.map((word) => `'${word}'`).join(' ')}) COMP_CWORD=${words.length}
_shmscope; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const output = execFileSync('bash', ['--norc', '-c', `${script}\n${call}`], { cwd: file('.'), encoding: 'utf8' });
  return output.split('\n').filter(Boolean);
}

test('commands are completed', () => {
  expect(offered('')).toEqual(expect.arrayContaining(['server', 'tap', 'export', 'completion']));
  expect(offered('ex')).toEqual(['export']);
});

test('the options of the command are completed, and those of no other', () => {
  expect(offered('export', '--fo')).toEqual(['--format', '--force']);
  expect(offered('list', '--')).not.toContain('--format');
});

test('values are completed: of an option, of a command, and after another option', () => {
  expect(offered('server', '--overrun', 'w')).toEqual(['wait']);
  expect(offered('completion', 'z')).toEqual(['zsh']);
  expect(offered('tap', '--follow', '--layout', 'fixed')).toEqual(['fixed64', 'fixed']);
});

test('files are completed where a file is wanted, with blanks in their names', () => {
  writeFileSync(file('my orders.sqlite'), '');
  mkdirSync(file('my folder'));
  expect(offered('export', 'my o')).toEqual(['my orders.sqlite']);
  expect(offered('query', 'x.sqlite', '--data', 'my')).toEqual(['my folder']);
  expect(offered('server', '--name', 'my')).toEqual([]);
});

test.each(['zsh', 'fish', 'powershell'])('for %s, every command and option is in the script', async (shell) => {
  const { status, output } = await run('completion', shell);
  expect(status).toBe(0);
  for (const word of ['captures', 'export', 'format', 'overrun', 'fixed64']) expect(output).toContain(word);
});

test('a shell that it does not know is a mistake', async () => {
  const { status, complaint } = await run('completion', 'tcsh');
  expect([status, complaint]).toEqual([2, expect.stringContaining('bash, zsh, fish, powershell')]);
});
