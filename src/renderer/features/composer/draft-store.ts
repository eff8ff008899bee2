import { create } from 'zustand';
import type { Api } from '../../../shared/api.ts';
import type { Failure } from '../../../shared/failure.ts';
import { type ExpansionSource, expand, type TemplatePart } from '../../../shared/placeholders.ts';
import type { SendReceipt } from '../../../shared/session.ts';
import { hostNow } from '../../host/host-clock.ts';
import { type Draft, EMPTY_DRAFT } from './draft.ts';
import { remember } from './history-store.ts';

/** The result of the last send. */
export type Outcome =
  | { readonly state: 'sent'; readonly receipt: SendReceipt; readonly size: number }
  | { readonly state: 'refused'; readonly failure: Failure };

export interface Composition {
  readonly draft: Draft;
  /** `{{n}}` of the next message that is sent on its own. */
  readonly n: number;
  readonly sending: boolean;
  readonly outcome: Outcome | null;
}

const EMPTY: Composition = { draft: EMPTY_DRAFT, n: 1, sending: false, outcome: null };

const useCompositions = create<Readonly<Record<number, Composition>>>(() => ({}));
export const useComposition = (id: number): Composition => useCompositions((state) => state[id] ?? EMPTY);
const compositionOf = (id: number): Composition => useCompositions.getState()[id] ?? EMPTY;

const change = (id: number, part: Partial<Composition>): void =>
  useCompositions.setState((state) => ({ [id]: { ...(state[id] ?? EMPTY), ...part } }));

export const setDraft = (id: number, draft: Draft): void => change(id, { draft });

/** The values that this page gives to placeholders, for message `n` now. */
export const expansionSource = (n: number): ExpansionSource => ({
  n,
  wall: hostNow().wall,
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
});

/** Sends the draft once, as `parts` say; the draft stays, whatever the result. */
export async function sendDraft(api: Api, id: number, parts: readonly TemplatePart[]): Promise<void> {
  const { draft, n } = compositionOf(id);
  remember(draft);
  if (await sendBytes(api, id, expand(parts, expansionSource(n)))) change(id, { n: n + 1 });
}

/** Sends `bytes`, and shows the result in the composer. Resolves to whether they were sent. */
export async function sendBytes(api: Api, id: number, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  change(id, { sending: true, outcome: null });
  const result = await api.send(id, bytes);
  change(id, {
    sending: false,
    outcome: result.ok
      ? { state: 'sent', receipt: result.value, size: bytes.length }
      : { state: 'refused', failure: result.failure },
  });
  return result.ok;
}
