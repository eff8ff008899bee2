import { expect, test } from 'vitest';
import type { OpenRaw, OpenTap } from '../../shared/session.ts';
import { benchForAllTests, serverOptions } from './testing.ts';

const bench = benchForAllTests();

test('what is learnt of a section is a record in each open session on it, of any kind, and in no other', async () => {
  const { registry, sink } = bench();
  const options = serverOptions();
  const { section, eventS2c, eventC2s } = options;
  const tap: OpenTap = {
    ...{ kind: 'tap', role: 'tap', section, eventS2c, eventC2s, layout: 'auto', mode: 'gentle', follow: false },
  };
  const raw: OpenRaw = { kind: 'raw', role: 'raw', section, eventS2c: '', eventC2s: '', snapshotMs: null };
  const on = [await registry.open(options), await registry.open({ ...tap, layout: 'sized' }), await registry.open(raw)];
  const other = await registry.open(serverOptions());
  registry.noteOn(section.replace('Local\\', ''), 'The peer has ended.');
  for (const { id } of on)
    await sink.until(id, (records) =>
      records.some(({ kind, detail }) => kind === 'notice' && detail === 'The peer has ended.'),
    );
  expect(sink.told(other.id)).toEqual([]);
});
