import { describe, expect, test } from 'vitest';
import type { FeedItem } from '../../../../shared/replay/feed.ts';
import type { ReplayPlan } from '../../../../shared/replay/replay.ts';
import { NO_TYPES } from '../../../../shared/types/compiled/compiled.ts';
import type { Sent } from '../outbox.ts';
import { ReplayRun } from './replay-run.ts';

const PLAN: ReplayPlan = {
  ...{ timing: { how: 'lockstep' }, loops: 1, step: false, compare: true, ignore: [], allowGaps: false },
  timeoutMs: 100,
};

/** `>text` is sent by the replayed end, `<text` by its peer; `>!` and `<!` are exits. Each 10 ms later. */
function itemsOf(script: readonly string[]): (FeedItem & { text: string })[] {
  return script.map((line, seq) => {
    const [arrow, text] = [line[0], line.slice(1)];
    const isExit = text === '!';
    const kind = arrow === '>' ? (isExit ? 'sendExit' : 'send') : isExit ? 'exit' : 'reply';
    return { kind, seq, at: seq * 10_000, offset: 0, size: text.length, text };
  });
}

/** A replay of a script, at times that the test sets; the peer reads at once unless the slot is held. */
function replayed(script: readonly string[], changes: Partial<ReplayPlan> = {}) {
  const items = itemsOf(script);
  const clock = { ms: 0, nextSeq: 100 };
  const sent: string[] = [];
  const notes: string[] = [];
  let held: (() => void)[] | null = null;
  let index = 0;
  const bytesOf = (text: string) => new TextEncoder().encode(text);
  const now = () => ({ mono: clock.ms * 1000, wall: 0 });
  const run = new ReplayRun({
    plan: { ...PLAN, ...changes },
    head: {
      ...{ capture: 'c.sqlite', session: 1, section: 'Local\\S', replies: 0, missed: 0, damage: null, types: NO_TYPES },
      ...{ sends: items.filter(({ kind }) => kind === 'send').length, largest: { seq: 0, size: 1 } },
      peerBegins: items[0]?.kind === 'reply',
    },
    feed: {
      get head() {
        const item = items[index];
        return item && { ...item, bytes: bytesOf(item.text) };
      },
      get isAtEnd() {
        return index >= items.length;
      },
      failure: null,
      next: () => void index++,
      close: () => notes.push('closed'),
    },
    outbox: {
      checkFits: () => {},
      send: (bytes, done) => {
        const go = (isHeld: boolean) => {
          sent.push(`${clock.ms} ${new TextDecoder().decode(bytes)}`);
          done({ seq: clock.nextSeq++, overwrote: false, waitedMs: 0 }, { at: now(), held: isHeld } as Sent);
        };
        if (held) held.push(() => go(true));
        else queueMicrotask(() => go(false));
        return { bytes } as never;
      },
      sendClose: (done) => {
        sent.push(`${clock.ms} exit`);
        done({ lastMessageRead: true });
      },
      awaitRead: (_limit, done) => done(true),
      withdraw: () => notes.push('withdrawn'),
    },
    now,
    decoderOf: () => undefined,
    onEnd: (summary) => notes.push(summary),
  });
  return {
    run,
    sent,
    notes,
    /** Steps once each millisecond, as the session's loop would. */
    until: async (ms: number) => {
      for (; clock.ms <= ms; clock.ms++) {
        run.step();
        await Promise.resolve();
        run.step();
        await Promise.resolve();
      }
    },
    replies: (...texts: string[]) => {
      for (const text of texts)
        if (text === '!') run.exited(clock.nextSeq++);
        else run.received(bytesOf(text), clock.nextSeq++);
    },
    hold: () => {
      held = [];
    },
    release: () => {
      for (const go of held?.splice(0) ?? []) go();
      held = null;
    },
  };
}

describe('in lockstep', () => {
  test('a message is sent when the recorded replies have come, and not before', async () => {
    const { run, sent, until, replies } = replayed(['>a', '<A', '>b', '<B']);
    await until(20);
    expect(sent).toEqual(['0 a']);
    replies('A');
    await until(30);
    expect(sent).toEqual(['0 a', '21 b']);
    replies('B');
    await until(200);
    expect(run.progress).toMatchObject({ result: 'same', sent: 2, replies: 2, expected: 2 });
  });

  test('a reply that does not come in time ends it, and is named', async () => {
    const { run, until } = replayed(['>a', '<A', '>b']);
    await until(150);
    expect(run.progress).toMatchObject({ result: 'timeout', sent: 1, first: { recorded: 1, came: null } });
  });

  test('messages that were sent without a reply between them are sent so again', async () => {
    const { sent, until } = replayed(['>a', '>b', '<A', '>c']);
    await until(5);
    expect(sent.map((line) => line.at(-1))).toEqual(['a', 'b']);
  });

  test('the peer that leaves before its time ends it', async () => {
    const { run, until, replies } = replayed(['>a', '<A', '>b', '<B']);
    await until(5);
    replies('A', '!');
    await until(10);
    expect(run.progress.result).toBe('peer-left');
  });

  test('a channel that another server has taken over ends it, with the reason', async () => {
    const { run, until, notes } = replayed(['>a', '<A', '>b', '<B']);
    await until(5);
    const failure = { code: 'header-changed', message: 'The server has changed the header.', os: null } as never;
    run.lost(failure);
    run.lost(failure);
    await until(150);
    expect(run.progress).toMatchObject({ result: 'peer-left', failure, first: { recorded: 1, came: null } });
    expect(notes).toEqual(['closed', 'Replay ended after 1 of 2 messages: The server has changed the header.']);
  });

  test('the peer may leave where it had left', async () => {
    const { run, until, replies } = replayed(['>a', '<A', '<!']);
    await until(5);
    replies('A', '!');
    await until(200);
    expect(run.progress.result).toBe('same');
  });
});

describe('in time', () => {
  const original = { timing: { how: 'original', speed: 1 }, compare: false } as const;

  test('messages are sent at their times, whatever the delay of one', async () => {
    const { run, sent, until, hold, release } = replayed(['>a', '>b', '>c', '>d'], original);
    await until(5);
    hold();
    await until(24);
    release();
    await until(200);
    expect(sent).toEqual(['0 a', '25 b', '25 c', '30 d']);
    expect(run.progress.held).toEqual({ count: 2, totalMicros: 20_000, longestMicros: 15_000 });
    expect(run.progress.late).toMatchObject({ count: 2, max: 0 });
  });

  test('twice as fast is half the time, and a rate is one of its own', async () => {
    const fast = replayed(['>a', '>b', '>c'], { ...original, timing: { how: 'original', speed: 2 } });
    const rate = replayed(['>a', '>b', '>c'], { ...original, timing: { how: 'rate', perSecond: 500 } });
    await fast.until(50);
    await rate.until(50);
    expect(fast.sent).toEqual(['0 a', '5 b', '10 c']);
    expect(rate.sent).toEqual(['0 a', '2 b', '4 c']);
  });

  test('where the peer had begun, time counts from its first message', async () => {
    const { sent, until, replies } = replayed(['<hi', '>a', '>b'], { ...original, timeoutMs: 1000 });
    await until(40);
    expect(sent).toEqual([]);
    replies('hi');
    await until(80);
    expect(sent).toEqual(['51 a', '61 b']);
  });

  test('replies may come before what was sent after them was sent', async () => {
    const { run, until, replies } = replayed(['>a', '>b', '<A', '<B'], { ...original, compare: true });
    await until(1);
    replies('A');
    await until(12);
    replies('B');
    await until(300);
    expect(run.progress.result).toBe('same');
  });
});

test('replies that differ, are missing or are too many are told, the first with its place', async () => {
  const { run, until, replies } = replayed(['>a', '<Anna', '>b', '<B']);
  await until(2);
  replies('Anne');
  await until(5);
  replies('B', 'more');
  await until(200);
  expect(run.progress).toMatchObject({
    result: 'differs',
    differences: 2,
    first: { reply: 1, recorded: 1, place: 'byte 3', expected: '61', actual: '65' },
  });
});

test('step by step, each message waits for its turn', async () => {
  const { run, sent, until } = replayed(['>a', '>b'], { timing: { how: 'fast' }, compare: false, step: true });
  await until(500);
  expect([sent, run.progress.next]).toEqual([[], { seq: 0, size: 1 }]);
  run.go();
  await until(505);
  expect([sent, run.progress.next]).toEqual([['501 a'], { seq: 1, size: 1 }]);
});

test('a stop takes back what has not gone out, and lets go of the recording', async () => {
  const { run, notes, until, hold } = replayed(['>a', '>b'], { timing: { how: 'fast' } });
  hold();
  await until(3);
  run.stop();
  run.stop();
  expect(notes).toEqual(['withdrawn', 'closed', 'Replay stopped after 0 of 2 messages.']);
});

test('our exit is sent where it was', async () => {
  const { run, sent, until } = replayed(['>a', '>!'], { timing: { how: 'fast' }, compare: false });
  await until(10);
  expect([sent, run.progress.result]).toEqual([['0 a', '0 exit'], 'sent']);
});
