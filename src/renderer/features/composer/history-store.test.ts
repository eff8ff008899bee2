import { expect, it } from 'vitest';
import { EMPTY_DRAFT } from './draft.ts';
import { KEPT, MAX_KEPT, withSent } from './history-store.ts';
import type { Written } from './templates.ts';

const sent = (...contents: string[]) =>
  contents.reduce<readonly Written[]>((list, content) => withSent(list, { ...EMPTY_DRAFT, content }), []);
const contents = (list: readonly Written[]) => list.map(({ content }) => content);

it('what was sent is kept newest first, each message once', () => {
  expect(contents(sent('a', 'b', 'a'))).toEqual(['a', 'b']);
});

it('what was sent is bounded in number and length; empty messages and files are left out', () => {
  const many = sent(...Array.from({ length: KEPT + 5 }, (_, i) => `m${i}`));
  expect(many).toHaveLength(KEPT);
  expect(many[0]?.content).toBe(`m${KEPT + 4}`);
  expect(sent('', 'x'.repeat(MAX_KEPT + 1))).toEqual([]);
  expect(withSent([], { ...EMPTY_DRAFT, mode: 'file', content: 'a' })).toEqual([]);
});
