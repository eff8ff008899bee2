import type { Services } from '../../shared/api.ts';
import { ShmscopeError } from '../../shared/failure.ts';
import { ruleFromPair } from '../../shared/responder/from-pair.ts';
import { mistakeIn } from '../../shared/responder/read.ts';
import type { ResponderRules } from '../../shared/responder/schema.ts';
import type { EndpointSnapshot } from '../../shared/session.ts';
import type { CompiledTypes } from '../../shared/types/compiled/compiled.ts';
import type { CaptureLibrary } from '../capture/library/library.ts';
import type { SessionRegistry } from '../session/registry.ts';
import type { Session } from '../session/session.ts';
import { MACHINE_ABI } from '../types/machine-abi.ts';

/** Bytes of a message that becomes a rule. */
const MAX_PAIRED = 256 * 1024;
const LISTEN = { mode: 'continuous', timeoutMs: 24 * 60 * 60 * 1000 } as const;

interface Parts {
  readonly sessions: SessionRegistry;
  readonly library: CaptureLibrary;
  /** Everything that the user has declared. */
  readonly types: () => CompiledTypes;
}

export function responderServices({ sessions, library, types }: Parts) {
  const set = new WeakMap<Session, ResponderRules>();

  async function setResponder(id: number, rules: ResponderRules | null): Promise<void> {
    const session = sessions.get(id);
    const mistake = rules && mistakeIn(rules);
    if (mistake) throw new ShmscopeError('invalid-argument', mistake);
    const responder = rules && { rules, types: types(), abi: rules.abi ?? MACHINE_ABI };
    await session.call({ type: 'setResponder', responder });
    if (rules) set.set(session, rules);
    else set.delete(session);
    // What isn't received can't be answered.
    const { receiving } = session.snapshot(0) as EndpointSnapshot;
    if (rules && receiving?.mode !== 'continuous') await session.call({ type: 'receive', mode: LISTEN });
  }

  async function payload(session: number, seq: number): Promise<Uint8Array> {
    const bytes = await library.ask('payload', { session, seq, offset: 0, length: MAX_PAIRED + 1 });
    if (bytes.length <= MAX_PAIRED) return bytes;
    const most = MAX_PAIRED.toLocaleString('en-US');
    throw new ShmscopeError('invalid-argument', `#${seq} has more than ${most} bytes: too many for a rule.`);
  }

  return {
    setResponder,
    responder: (id) => set.get(sessions.get(id)) ?? null,
    ruleFromPair: async ({ session, request, reply }) =>
      ruleFromPair(await payload(session, request), await payload(session, reply)),
  } satisfies Partial<Services>;
}
