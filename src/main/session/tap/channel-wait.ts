import { type FailureCode, ShmscopeError } from '../../../shared/failure.ts';
import type { OpenTap } from '../../../shared/session.ts';
import { OpenedChannel } from '../../channel/tap/tapped-channel.ts';
import type { Kernel, KernelEvent } from '../../kernel/kernel.ts';
import type { Inbox } from '../inbox.ts';

/** ms between checks whether the channel is there. */
const POLL_MS = 10;
const QUIET_POLL_MS = 25;
const QUIET_AFTER_MS = 5000;

/** There is none, or nothing in it yet. */
const ABSENT: readonly FailureCode[] = ['no-such-section', 'section-not-committed'];

export interface Waiting {
  readonly kernel: Kernel;
  readonly wake: KernelEvent;
  readonly inbox: Inbox;
  /** ms; null waits without a limit. */
  readonly limitMs: number | null;
  /** Called once with why there is nothing to open yet. */
  readonly onWait: (why: string) => void;
  /** Called between two checks. */
  readonly onLook: () => void;
}

/**
 * Opens a channel as soon as it is there; undefined if a close command came first. Throws anything else that prevents
 * opening it, and `no-server` when the limit has passed.
 */
export function awaitChannel(options: OpenTap, waiting: Waiting): OpenedChannel | undefined {
  const began = performance.now();
  for (let isFirst = true; ; isFirst = false) {
    const found = open(waiting.kernel, options);
    if (found instanceof OpenedChannel) return found;
    const waited = performance.now() - began;
    if (waiting.limitMs !== null && waited >= waiting.limitMs) throw noChannel(waiting.limitMs, found);
    if (isFirst) waiting.onWait(found.message);
    const left = waiting.limitMs === null ? Number.POSITIVE_INFINITY : waiting.limitMs - waited;
    if (pause(waiting, Math.min(waited < QUIET_AFTER_MS ? POLL_MS : QUIET_POLL_MS, left))) return undefined;
  }
}

/** True if a close command came meanwhile. */
function pause({ kernel, wake, inbox, onLook }: Waiting, ms: number): boolean {
  const isWoken = kernel.waitAny([wake], Math.ceil(ms)) === 0;
  onLook();
  return isWoken && inbox.takeOnly('close') !== undefined;
}

function open(kernel: Kernel, options: OpenTap): OpenedChannel | ShmscopeError {
  try {
    return new OpenedChannel(kernel, options);
  } catch (error) {
    if (error instanceof ShmscopeError && ABSENT.includes(error.code)) return error;
    throw error;
  }
}

const noChannel = (limitMs: number, { message, failure }: ShmscopeError) =>
  new ShmscopeError(
    'no-server',
    `No channel appeared within ${limitMs.toLocaleString('en-US')} ms. ${message}`,
    failure.os,
  );
