import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type PackedBatch, unpackBatch } from '../../shared/batch-form.ts';
import type { RecordDraft } from '../../shared/log.ts';
import { Recorder } from './recorder.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const spurious = { code: 'spurious-wake', lane: 'c2s', detail: 'The event was set.' } as const;

/** A recorder, and everything that it has handed over. */
function recording() {
  const { port1, port2 } = new MessageChannel();
  const recorder = new Recorder(1, port1);
  const records: RecordDraft[] = [];
  const told = () => {
    for (let got = receiveMessageOnPort(port2); got; got = receiveMessageOnPort(port2))
      records.push(...unpackBatch(got.message as PackedBatch).records);
    return records;
  };
  /** Like a session: checks whether something is due, a millisecond at a time. */
  const pass = (ms: number, each: () => void = () => {}) => {
    for (let n = 0; n < ms; n++) {
      each();
      vi.advanceTimersByTime(1);
      if (recorder.dueIn() <= 0) recorder.flush();
    }
  };
  return { recorder, told, pass, counts: () => told().map(({ kind, count }) => `${kind} ${count}`) };
}

describe('an anomaly that repeats', () => {
  test('is reported at once, after 100 ms, and then once a second with how often it was', () => {
    const { recorder, pass, told } = recording();
    pass(3200, () => recorder.anomaly(spurious));
    const anomalies = told();
    expect(anomalies.map(({ count }) => count)).toEqual([1, 99, 1000, 1000, 1000]);
    expect(recorder.tally.counts.anomalies).toBe(3100);
    recorder.close();
    expect(told().reduce((sum, { count }) => sum + count, 0)).toBe(3200);
  });

  test('is reported one by one where it comes once in a while', () => {
    const { recorder, pass, counts } = recording();
    for (let n = 0; n < 5; n++) {
      recorder.anomaly(spurious);
      pass(150);
    }
    expect(counts()).toEqual(Array(5).fill('anomaly 1'));
  });

  test('stands before the record that came after it, ten times a second at most', () => {
    const { recorder, pass, counts, told } = recording();
    recorder.anomaly(spurious);
    recorder.anomaly(spurious);
    pass(99);
    recorder.add({ kind: 'exit' });
    pass(1);
    recorder.anomaly(spurious);
    vi.advanceTimersByTime(100);
    recorder.add({ kind: 'message' });
    pass(20);
    expect(counts()).toEqual(['anomaly 1', 'exit 1', 'anomaly 1', 'anomaly 1', 'message 1']);
    pass(1000, () => {
      recorder.anomaly(spurious);
      recorder.add({ kind: 'message' });
    });
    const rows = told().filter(({ kind }) => kind === 'anomaly').length;
    expect(rows).toBeGreaterThan(9);
    expect(rows).toBeLessThan(15);
  });

  test('does not hold back another, nor the same in the other direction', () => {
    const { recorder, pass, told } = recording();
    recorder.anomaly(spurious);
    recorder.anomaly({ ...spurious, lane: 's2c' });
    recorder.anomaly({ ...spurious, code: 'torn-read' });
    pass(20);
    expect(told().map(({ code, lane }) => [code, lane])).toEqual([
      ['spurious-wake', 'c2s'],
      ['spurious-wake', 's2c'],
      ['torn-read', 'c2s'],
    ]);
  });

  test('is counted to the last before the session ends', () => {
    const { recorder, counts } = recording();
    for (let n = 0; n < 7; n++) recorder.anomaly(spurious);
    recorder.end({ kind: 'closed' });
    recorder.close();
    expect(counts()).toEqual(['anomaly 1', 'anomaly 6', 'closed 1']);
  });

  test('keeps the numbers and the clock of the log in order', () => {
    const { recorder, pass, told } = recording();
    // Some time passes between any two looks at the clock.
    const now = performance.now.bind(performance);
    let looks = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now() + ++looks / 1000);
    pass(500, () => {
      recorder.anomaly(spurious);
      recorder.add({ kind: 'timeout' });
    });
    const records = told();
    expect(records.map(({ seq }) => seq)).toEqual(records.map((_, n) => n));
    expect(records.map(({ mono }) => mono)).toEqual(records.map(({ mono }) => mono).sort((a, b) => a - b));
  });
});
