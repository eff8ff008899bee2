import { create } from 'zustand';
import type { Api } from '../../../shared/api.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { ResponderRule, ResponderRules } from '../../../shared/responder/schema.ts';
import { useHost } from '../../host/host-store.ts';
import { notify } from '../../host/notices-store.ts';
import { selectedRecords } from '../../view/selected-records.ts';
import { viewOf } from '../../view/view-store.ts';

interface Asked {
  /** The end whose rules are edited. */
  readonly session: number;
  /** Its current rules, and one to be added. */
  readonly rules: ResponderRules;
}

/** What the dialog was opened for; null while it is closed. */
export const useResponderDialog = create<{ readonly asked: Asked | null }>(() => ({ asked: null }));
export const closeResponder = (): void => useResponderDialog.setState({ asked: null });

const NONE: ResponderRules = { rules: [] };

/** Opens an end's rules, with one more if given. */
export async function editResponder(api: Api, session: number, added?: ResponderRule): Promise<void> {
  const result = await api.responder(session);
  if (!result.ok) return notify("Couldn't read the rules", result.failure);
  const has = result.value ?? NONE;
  const rules = added ? { ...has, rules: [...has.rules, added] } : has;
  useResponderDialog.setState({ asked: { session, rules } });
}

const TITLE = "Couldn't make a rule";

/** Opens an end's rules with one more, which answers the first of two selected records with the other. */
export async function ruleFromSelection(api: Api, session: number): Promise<void> {
  const ranges = await selectedRecords(api, session, viewOf(session));
  if (!ranges.ok) return notify(TITLE, ranges.failure);
  const numbers = [...new Set(ranges.value.flat())].sort((a, b) => a - b);
  const [request, reply] = numbers;
  if (request === undefined || reply === undefined) return;
  const rule = await api.ruleFromPair({ session, request, reply });
  if (!rule.ok) return notify(TITLE, rule.failure);
  const end = endFor(session);
  if (end === undefined) return notify(TITLE, NO_END);
  await editResponder(api, end, rule.value);
}

const NO_END: Failure = {
  code: 'closed',
  message: 'No server or client session is open that could answer by it. Open one first.',
};

/** The session itself if it is an open end, else another open end of its channel, else any. */
function endFor(session: number): number | undefined {
  const { sessions } = useHost.getState();
  const section = sessions.find(({ id }) => id === session)?.section;
  const ends = sessions.filter(({ kind, state }) => kind === 'endpoint' && state === 'open');
  const best = ends.find(({ id }) => id === session) ?? ends.find((end) => end.section === section) ?? ends[0];
  return best?.id;
}
