import { expect, test } from 'vitest';
import type { AbiId } from '../../shared/types/abi.ts';
import { type CompiledTypes, FORM } from '../../shared/types/compiled/compiled.ts';
import { benchForAllTests, peerOptions, serverOptions } from './testing.ts';

const bench = benchForAllTests();
const receiving = { mode: 'continuous', timeoutMs: 60_000 } as const;

/** `struct order { long id; int n; }`: 8 bytes, and 16 on Linux x64. */
const TYPES: CompiledTypes = {
  form: FORM,
  libraries: (['windows-x64', 'linux-x64'] as const).map((abi: AbiId) => ({
    abi,
    types: [
      [
        'struct order',
        {
          kind: 'struct',
          members: [
            { name: 'id', type: { kind: 'scalar', name: 'long' } },
            { name: 'n', type: { kind: 'scalar', name: 'int' } },
          ],
        },
      ],
    ],
  })),
  proto: null,
  bindings: [{ type: 'order', abi: 'windows-x64', line: 1 }],
};

test('a message that was built for another ABI is told with what proves it, and one that fits is not', async () => {
  const { registry, peer, sink, endpoint } = bench();
  const server = serverOptions({ receive: receiving });
  const { id } = await registry.open(server);
  registry.get(id).setTypes(TYPES);
  await registry.get(id).setAlarms(['order.n:>6']);
  const client = peer(peerOptions(server));
  const anomalies = () => sink.of(id).filter(({ code }) => code === 'payload-layout-mismatch');
  const send = async (bytes: Uint8Array) => {
    client.send(bytes);
    await expect.poll(() => client.unread).toBe(false);
  };
  await send(Uint8Array.of(1, 0, 0, 0, 7, 0, 0, 0));
  await sink.until(id, (records) => records.some(({ kind }) => kind === 'alarm'));
  expect(anomalies()).toEqual([]);
  for (const size of [16, 16, 16, 5, 8, 16]) await send(new Uint8Array(size));
  await registry.get(id).close();
  await sink.until(id, (records) => records.at(-1)?.kind === 'closed');
  expect(anomalies()[0]).toMatchObject({
    lane: 'c2s',
    detail:
      'A message was not built as order@windows-x64. It fits Linux x64 and not Windows x64: the type has 8 bytes on Windows x64, the message 16.',
  });
  // The first, the two after it, and the first after one that fits; one that fits nothing proves nothing.
  expect(anomalies().map(({ count }) => count)).toEqual([1, 2, 1]);
  expect(endpoint(id).counts.anomalies).toBe(4);
});

test('an alarm on a field that no bound type has is refused', async () => {
  const { registry } = bench();
  const { id } = await registry.open(serverOptions());
  registry.get(id).setTypes(TYPES);
  await expect(registry.get(id).setAlarms(['order.m:1'])).rejects.toThrow('Known fields: order.id, order.n.');
});
