import { useEffect } from 'react';
import { create } from 'zustand';
import type { Api } from '../../shared/api.ts';
import type { Failure } from '../../shared/failure.ts';
import type { TypesSnapshot } from '../../shared/type-files.ts';
import { type OpenTypes, openTypes, type TypeMatch } from '../../shared/types/compiled/open.ts';
import { useApi } from '../host/api-context.ts';
import { useHost } from '../host/host-store.ts';

interface SessionTypes {
  /** Of the host's types that were last requested. */
  readonly asked: string;
  readonly types: OpenTypes;
}

interface TypesState {
  /** The user's files and what they declare; null until the host has answered. */
  readonly snapshot: TypesSnapshot | null;
  readonly failure: Failure | null;
  /** The types that viewed sessions' messages are read with. */
  readonly sessions: Readonly<Record<number, SessionTypes>>;
}

export const useTypes = create<TypesState>(() => ({ snapshot: null, failure: null, sessions: {} }));

/** Takes over an answer from the host. */
export const tookTypes = (snapshot: TypesSnapshot): void => useTypes.setState({ snapshot, failure: null });

const questionOf = ({ epoch, typesVersion }: { epoch: number; typesVersion: number }) => `${epoch} ${typesVersion}`;
const questionNow = (): string => questionOf(useHost.getState());
const pending = new Map<number, string>();

/** Keeps the user's types in step with the host. Returns a function that stops it. */
export function followTypes(api: Pick<Api, 'types'>): () => void {
  let asked = '';
  const ask = async () => {
    const { epoch, typesVersion, connection } = useHost.getState();
    const question = questionOf({ epoch, typesVersion });
    if (connection !== 'connected' || question === asked) return;
    asked = question;
    const answer = await api.types();
    if (question !== asked) return;
    if (answer.ok) tookTypes(answer.value);
    else useTypes.setState({ failure: answer.failure });
  };
  void ask();
  return useHost.subscribe(() => void ask());
}

/**
 * The types that a session's messages are read with; undefined until known. After a change the previous types stay
 * until the new ones are here.
 */
export function useSessionTypes(session: number): OpenTypes | undefined {
  const api = useApi();
  const question = useHost(questionOf);
  const known = useTypes((state) => state.sessions[session]);
  useEffect(() => {
    if (known?.asked !== question) void askSession(api, session, question);
  }, [api, session, question, known]);
  return known?.types;
}

async function askSession(api: Pick<Api, 'sessionTypes'>, session: number, question: string): Promise<void> {
  if (pending.get(session) === question) return;
  pending.set(session, question);
  const answer = await api.sessionTypes(session);
  if (pending.get(session) === question) pending.delete(session);
  // A later request is under way, or the session is gone.
  if (!answer.ok || question !== questionNow()) return;
  const types = openTypes(answer.value);
  useTypes.setState(({ sessions }) => ({ sessions: { ...sessions, [session]: { asked: question, types } } }));
}

/** What the window knows about how a message is read. */
export type { OpenTypes, TypeMatch };
