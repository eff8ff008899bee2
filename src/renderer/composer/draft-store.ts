import { create } from 'zustand';
import type { Api } from '../../shared/api.ts';
import type { Failure } from '../../shared/failure.ts';
import type { SendReceipt } from '../../shared/session.ts';
import type { Draft } from './draft.ts';

/** What became of the last send. */
export type Outcome =
  | { readonly state: 'sent'; readonly receipt: SendReceipt; readonly size: number }
  | { readonly state: 'refused'; readonly failure: Failure };

export interface Composition {
  readonly draft: Draft;
  readonly sending: boolean;
  readonly outcome: Outcome | null;
}

const EMPTY: Composition = { draft: { mode: 'text', content: '' }, sending: false, outcome: null };

export const useCompositions = create<Readonly<Record<number, Composition>>>(() => ({}));
export const useComposition = (id: number): Composition => useCompositions((state) => state[id] ?? EMPTY);

const change = (id: number, part: Partial<Composition>): void =>
  useCompositions.setState((state) => ({ [id]: { ...(state[id] ?? EMPTY), ...part } }));

export const setDraft = (id: number, draft: Draft): void => change(id, { draft });

/** Sends `bytes`; the draft stays, whatever becomes of them. */
export async function sendBytes(api: Api, id: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  change(id, { sending: true, outcome: null });
  const result = await api.send(id, bytes);
  change(id, {
    sending: false,
    outcome: result.ok
      ? { state: 'sent', receipt: result.value, size: bytes.length }
      : { state: 'refused', failure: result.failure },
  });
}
