import { FLAG } from '../../../shared/domain.ts';
import { ABSENT, type FailureCode, ShmscopeError } from '../../../shared/failure.ts';
import type { OpenEndpoint } from '../../../shared/session.ts';
import { type Channel, openChannel } from '../../channel/channel.ts';
import type { Kernel, KernelEvent } from '../../kernel/kernel.ts';
import type { Inbox } from '../inbox.ts';

/** ms between checks whether the server has come. */
const POLL_MS = 25;
/**
 * A starting server first creates its section, then writes the header and creates its events: how long that may take,
 * in ms.
 */
const SETTLE_MS = 1000;

/** While there is no server, or its first message has yet to reveal the layout. */
const AWAITED: readonly FailureCode[] = [...ABSENT, 'layout-ambiguous'];
/** Of a server that hasn't got further, or of something else. */
const UNFINISHED: readonly FailureCode[] = ['layout-unknown', 'section-too-small'];

export interface Waiting {
  readonly kernel: Kernel;
  readonly wake: KernelEvent;
  readonly inbox: Inbox;
  /** ms; null waits without a limit. */
  readonly limitMs: number | null;
  /** There was a server before: a section whose server has said exit is what is left of it. */
  readonly isReconnect: boolean;
  /**
   * Called with why there is nothing to open yet; for another reason, once it is more than a step of a starting server.
   */
  readonly onWait: (why: string) => void;
  /** Called between two checks. */
  readonly onLook: () => void;
}

/**
 * Opens the channel as soon as its server is there; undefined if a close command came first. Throws anything else that
 * prevents opening it, and `no-server` when the limit has passed.
 */
export function awaitServer(options: OpenEndpoint, waiting: Waiting): Channel | undefined {
  const began = performance.now();
  // A server that comes and goes at every check must not fill the log.
  if (waiting.isReconnect && pause(waiting, POLL_MS)) return undefined;
  let reason = { code: null as FailureCode | null, since: began };
  const reported = new Set<FailureCode>();
  for (;;) {
    const found = look(options, waiting);
    if ('section' in found) return found;
    const now = performance.now();
    const { code, message } = found.error;
    if (reason.code !== code) reason = { code, since: now };
    const isSettled = now - reason.since >= SETTLE_MS;
    if (found.isUnfinished && isSettled) throw found.error;
    const waited = now - began;
    if (waiting.limitMs !== null && waited >= waiting.limitMs) throw noServer(waiting.limitMs, found.error);
    if (reported.size === 0 || (isSettled && !reported.has(code))) {
      waiting.onWait(message);
      reported.add(code);
    }
    const left = waiting.limitMs === null ? POLL_MS : waiting.limitMs - waited;
    if (pause(waiting, Math.min(POLL_MS, left))) return undefined;
  }
}

/** True if a close command came meanwhile. */
function pause({ kernel, wake, inbox, onLook }: Waiting, ms: number): boolean {
  const isWoken = kernel.waitAny([wake], Math.ceil(ms)) === 0;
  onLook();
  return isWoken && inbox.takeOnly('close') !== undefined;
}

interface NotThere {
  readonly error: ShmscopeError;
  /** A section exists, and may still be incomplete. */
  readonly isUnfinished: boolean;
}

function look(options: OpenEndpoint, { kernel, isReconnect }: Waiting): Channel | NotThere {
  try {
    const channel = openChannel(kernel, options);
    if (!isReconnect || channel.section.loadU32(channel.geometry.spec.flag.s2c) !== FLAG.exit) return channel;
    channel.close();
    return { error: exited(options.section), isUnfinished: false };
  } catch (error) {
    if (!(error instanceof ShmscopeError)) throw error;
    const isUnfinished = UNFINISHED.includes(error.code);
    if (!isUnfinished && !AWAITED.includes(error.code)) throw error;
    return { error, isUnfinished };
  }
}

const exited = (name: string) =>
  new ShmscopeError(
    'no-server',
    `The server of the section "${name}" has sent exit, but another program still holds its objects. The next server may take them over.`,
  );

const noServer = (limitMs: number, { message, failure }: ShmscopeError) =>
  new ShmscopeError(
    'no-server',
    `No joinable server appeared within ${limitMs.toLocaleString('en-US')} ms. ${message}`,
    failure.os,
    failure.layouts,
  );
