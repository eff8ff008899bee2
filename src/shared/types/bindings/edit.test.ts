import { describe, expect, it } from 'vitest';
import { readBindings } from './bindings.ts';
import { withBinding, withChanged, withLast, withMoved, withoutBinding, writtenBindings } from './edit.ts';

const FILE = `# of our team
types: [../order.h]
abi: windows-x86
bindings:
  # the old client
  - channel: Local\\Orders*   # all of them
    when: size == 40
    type: order
  - channel: Local\\Other
    type: header
`;

describe('changing a file of bindings', () => {
  it('puts a new one in front, and leaves comments and the rest as they are', () => {
    expect(withBinding(FILE, { channel: 'Local\\New', type: 'quote', abi: 'linux-x64' })).toBe(`# of our team
types: [ ../order.h ]
abi: windows-x86
bindings:
  - channel: Local\\New
    type: quote
    abi: linux-x64
  # the old client
  - channel: Local\\Orders* # all of them
    when: size == 40
    type: order
  - channel: Local\\Other
    type: header
`);
  });

  it('replaces the one about the same messages, and no other', () => {
    const text = withBinding(FILE, { channel: 'Local\\Other', type: 'order', abi: 'windows-x64' });
    expect(writtenBindings(text ?? '')).toEqual([
      { channel: 'Local\\Orders*', when: 'size == 40', type: 'order' },
      { channel: 'Local\\Other', type: 'order', abi: 'windows-x64' },
    ]);
  });

  it('changes, moves, removes and appends', () => {
    const changed = withChanged(FILE, 0, { channel: 'Local\\Orders*', lane: 's2c', type: 'order' }) ?? '';
    expect(changed).toContain('# all of them');
    expect(writtenBindings(changed)?.[0]).toEqual({ channel: 'Local\\Orders*', lane: 's2c', type: 'order' });
    expect(writtenBindings(withMoved(FILE, 1, -1) ?? '')?.map(({ type }) => type)).toEqual(['header', 'order']);
    expect(writtenBindings(withoutBinding(FILE, 0) ?? '')?.map(({ type }) => type)).toEqual(['header']);
    expect(writtenBindings(withLast(FILE, { type: 'json' }) ?? '')?.at(-1)).toEqual({ type: 'json' });
  });

  it('begins a file, and empties one, so that it can be read', () => {
    const text = withBinding('', { channel: 'Local\\A?', type: 'order', abi: 'windows-x86' }) ?? '';
    expect(readBindings(text, 'f').problems).toEqual([]);
    expect(text.startsWith('#')).toBe(true);
    expect(readBindings(withoutBinding(text, 0) ?? '', 'f').problems).toEqual([]);
  });

  it('does not touch what it can’t read', () => {
    expect(withBinding('bindings: [', { type: 'order' })).toBeUndefined();
    expect(withBinding('- a list', { type: 'order' })).toBeUndefined();
    expect(writtenBindings('"text"')).toBeUndefined();
  });
});
