import { describe, expect, it } from 'vitest';
import type { SendPlan } from '../../../shared/sending.ts';
import { benchForAllTests, peerOptions, serverOptions, textOf, utf8 } from '../testing.ts';

const PLAN: SendPlan = {
  template: [{ type: 'bytes', bytes: utf8('message ') }, { type: 'n' }],
  firstNumber: 1,
  until: { what: 'count', count: 200 },
  intervalMs: 0,
  rampToMs: null,
};
const bench = benchForAllTests();

const startSending = (id: number, plan: SendPlan) =>
  bench().registry.get(id).call<void>({ type: 'startSending', plan });
const planEnded = (id: number) => bench().changed(id, ({ plan }) => plan !== null && plan.state !== 'running');
/** Closes the session and waits until its last record, which comes by another port, is here. */
const allTold = async (id: number) => {
  await bench().registry.get(id).close();
  await bench().sink.until(id, (records) => records.at(-1)?.kind === 'closed');
};

describe('sending by a plan, from the thread of the session', () => {
  it('reaches a peer that reads, every message once and in order', async () => {
    const options = serverOptions();
    const { id: sender } = await bench().registry.open(options);
    const continuous = { mode: 'continuous', timeoutMs: 60_000 } as const;
    const { id: reader } = await bench().registry.open(peerOptions(options, { receive: continuous }));
    await startSending(sender, PLAN);
    const { plan } = await planEnded(sender);
    expect(plan).toMatchObject({ state: 'done', sent: 200, refused: 0, total: 200, failure: null });
    await bench().sink.until(reader, (records) => records.filter(({ kind }) => kind === 'message').length === 200);
    expect(bench().sink.received(reader).map(textOf)).toEqual(
      Array.from({ length: 200 }, (_, i) => `message ${i + 1}`),
    );
  });

  it('counts each refused message, in rows that do not flood the log', async () => {
    const { id } = await bench().registry.open(serverOptions({ overrun: 'refuse' }));
    await startSending(id, { ...PLAN, until: { what: 'count', count: 4 }, intervalMs: 1 });
    const { plan } = await planEnded(id);
    expect(plan).toMatchObject({ state: 'done', sent: 1, refused: 3 });
    await allTold(id);
    const records = bench().sink.of(id);
    const overruns = records.filter(({ code }) => code === 'overrun');
    expect(overruns.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect([bench().registry.snapshot(id).counts.anomalies, records.at(-1)?.kind]).toEqual([3, 'closed']);
  });

  it('is stopped while a message waits for its slot; that one is neither sent nor refused', async () => {
    const { id } = await bench().registry.open(serverOptions());
    await startSending(id, PLAN);
    await bench().changed(id, ({ plan, sending }) => plan?.sent === 1 && sending);
    await bench().registry.get(id).call({ type: 'stopSending' });
    const { plan } = await planEnded(id);
    expect(plan).toMatchObject({ state: 'stopped', sent: 1, refused: 0 });
    expect(bench().endpoint(id).sending).toBe(false);
    await allTold(id);
    expect(bench().sink.told(id)).toEqual(['message', 'closed']);
  });

  it('is one at a time, and can begin again after its end', async () => {
    const { id } = await bench().registry.open(serverOptions());
    await startSending(id, PLAN);
    await expect(startSending(id, PLAN)).rejects.toMatchObject({ code: 'busy' });
    await bench().registry.get(id).call({ type: 'stopSending' });
    await expect(startSending(id, PLAN)).resolves.toBeUndefined();
  });

  it('ends with the session and says so', async () => {
    const { id } = await bench().registry.open(serverOptions());
    await startSending(id, { ...PLAN, intervalMs: 60_000 });
    await bench().changed(id, ({ plan }) => plan?.sent === 1);
    await bench().registry.get(id).close();
    expect(bench().endpoint(id).plan).toMatchObject({ state: 'stopped', sent: 1 });
  });

  it('of a message over the capacity is refused', async () => {
    const { id } = await bench().registry.open(serverOptions({ bufferSize: 64 }));
    const template: SendPlan['template'] = [{ type: 'random', digits: 65 }];
    await expect(startSending(id, { ...PLAN, template })).rejects.toMatchObject({ code: 'payload-too-large' });
    expect(bench().endpoint(id).plan).toBeNull();
  });
});
