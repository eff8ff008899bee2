import { expect, test } from 'vitest';
import { FAULTS } from '../../../shared/peer-behaviours.ts';
import { checkPeerForm, emptyPeerForm, formOf, type PeerForm, whyNot } from './peer-form.ts';

const names = { section: 'Local\\A', eventS2c: 'Local\\A-S2C', eventC2s: 'Local\\A-C2S' };
const form = (change: Partial<PeerForm> = {}): PeerForm => ({ ...emptyPeerForm(names), ...change });
const behaviour = (change: Partial<PeerForm>) => {
  const { start } = checkPeerForm(form(change));
  return start?.kind === 'bundled' ? start.behaviour : null;
};

test('what is chosen is what the peer is told on its command line', () => {
  expect(behaviour({})).toEqual(['echo']);
  expect(behaviour({ does: 'talk', options: ' --interval  20 ' })).toEqual(['talk', '--interval', '20']);
  expect(behaviour({ does: 'send', texts: 'a b\n\nc' })).toEqual(['send', 'a b', 'c']);
  expect(behaviour({ does: 'lost-wake', seed: '7', onInput: true })).toEqual([
    ...['misbehave', 'lost-wake', '--on-input', '--seed', '7'],
  ]);
  expect(behaviour({ does: 'torn', seed: '0', options: '--seconds 1' })).toEqual([
    ...['misbehave', 'torn', '--seconds', '1'],
  ]);
});

test('an entry that is edited and not changed stays as it is', () => {
  const forms = [
    form({ bits: 32, role: 'server', layout: 'fixed', does: 'send', texts: 'a\nb c', options: '--interval 5' }),
    form({ role: 'server', bufferSize: '4096', does: 'greet', texts: '--odd', options: '--on-input' }),
    ...FAULTS.map(({ name }) => form({ role: 'server', does: name, seed: '12', onInput: true, options: '--delay 9' })),
    form({ kind: 'program', file: '/bin/x', args: 'a b\n"c"', env: 'A=1=2\nB=\nC', cwd: '/tmp', speaksOn: 'Local\\B' }),
  ];
  for (const one of forms) {
    const { start } = checkPeerForm(one);
    expect(start).not.toBeNull();
    expect(start && checkPeerForm(formOf(start, names)).start).toEqual(start);
  }
});

test('a variable is set, set to nothing, or taken away; a path may be in quotes', () => {
  const { start } = checkPeerForm(form({ kind: 'program', file: ' "C:\\a b.exe" ', env: 'A=1=2\nB=\nC' }));
  expect(start).toMatchObject({ file: 'C:\\a b.exe', env: { A: '1=2', B: '', C: null } });
  expect(start).not.toHaveProperty('cwd');
});

test.each<[Partial<PeerForm>, string, RegExp]>([
  [{ section: '' }, 'section', /Enter a name/],
  [{ eventC2s: 'A-S2C' }, 'eventC2s', /three different names/],
  [{ role: 'server', bufferSize: 'much' }, 'bufferSize', /Buffer size/],
  [{ does: 'hold', seed: '-1' }, 'seed', /whole number/],
  [{ does: 'greet', texts: ' ' }, 'texts', /what it should send/],
  [{ kind: 'program', file: '' }, 'file', /missing/],
  [{ kind: 'program', file: '/a', env: '=x' }, 'env', /name of a variable/],
  [{ kind: 'program', file: '/a', speaksOn: 'a\\b' }, 'speaksOn', /prefixes/],
])('%j is refused at its field', (change, field, sentence) => {
  const { start, fields } = checkPeerForm(form(change));
  expect(start).toBeNull();
  expect(fields[field as keyof typeof fields]).toMatch(sentence);
});

test('what only some ends can do can’t be chosen for others, and says for which', () => {
  expect(whyNot('huge-header', form(), 'posix')).toBe('a server only');
  expect(whyNot('huge-header', form({ role: 'server', layout: 'fixed' }), 'posix')).toBe('the layout sized only');
  expect(whyNot('manual-events', form({ role: 'server' }), 'posix')).toBe('Windows only');
  expect(whyNot('manual-events', form({ role: 'server' }), 'kernel32')).toBeNull();
  expect(whyNot('echo', form(), 'posix')).toBeNull();
});
