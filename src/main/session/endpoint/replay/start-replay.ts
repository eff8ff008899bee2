import type { Lane } from '../../../../shared/domain.ts';
import { ShmscopeError } from '../../../../shared/failure.ts';
import { openTypes } from '../../../../shared/types/compiled/open.ts';
import type { ReplayCommand } from '../../protocol.ts';
import type { Recorder } from '../../recorder.ts';
import type { Outbox } from '../outbox.ts';
import { FeedQueue } from './feed-queue.ts';
import { ReplayRun } from './replay-run.ts';
import { beginningOf } from './words.ts';

interface Where {
  readonly outbox: Outbox;
  readonly recorder: Recorder;
  /** The rules that replies are compared by. */
  readonly incoming: Lane;
  /** Bytes of a slot. */
  readonly capacity: number;
}

/** Starts a replay on an open end, and says so in its log. Throws ShmscopeError `payload-too-large`. */
export function startReplay({ plan, head, feed, types }: ReplayCommand, where: Where): ReplayRun {
  const { outbox, recorder, incoming, capacity } = where;
  if (head.largest.size > capacity) throw new ShmscopeError('payload-too-large', tooLarge(head.largest, capacity));
  recorder.add({ kind: 'notice', detail: beginningOf(plan, head) });
  const declared = openTypes(types);
  return new ReplayRun({
    ...{ plan, head, feed: new FeedQueue(feed), outbox },
    now: () => recorder.now(),
    decoderOf: (bytes) => declared.match(head.section, incoming, bytes)?.decoder,
    onEnd: (summary) => recorder.add({ kind: 'notice', detail: summary }),
  });
}

function tooLarge({ seq, size }: ReplayCommand['head']['largest'], capacity: number): string {
  const n = (count: number) => count.toLocaleString('en-US');
  return `The capture can't be replayed on this channel: its message #${n(seq)} has ${n(size)} bytes, and the channel holds ${n(capacity)} in each direction. Nothing was sent. Use a channel with larger buffers, or leave such messages out with a filter such as size:<=${capacity}.`;
}
