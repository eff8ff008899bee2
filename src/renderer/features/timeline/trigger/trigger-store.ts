import { create } from 'zustand';
import type { Failure } from '../../../../shared/failure.ts';
import type { Edge, TriggerHit } from '../../../../shared/trigger/query.ts';

/** `armed`: it waits. `waiting`: it has triggered, and the records after it aren't all there yet. */
type TriggerState = 'off' | 'armed' | 'waiting' | 'triggered';

/** The trigger of one session's view. */
export interface Trigger {
  /** The text in the line. */
  readonly text: string;
  /** Repeatedly, as long as the session goes on. */
  readonly repeats: boolean;
  /** Records before and after the one that triggers. */
  readonly around: number;
  readonly state: TriggerState;
  /** What is requested from the host while it is armed: a filter without local times, and when it triggers. */
  readonly asked: { readonly filter: string; readonly edge: Edge } | null;
  /** Records below it haven't triggered. */
  readonly next: number;
  readonly hit: TriggerHit | null;
  /** How often it has triggered since it was armed. */
  readonly count: number;
  readonly failure: Failure | null;
}

const FRESH: Trigger = {
  text: '',
  repeats: false,
  around: 20,
  state: 'off',
  asked: null,
  next: 0,
  hit: null,
  count: 0,
  failure: null,
};

interface Triggers {
  readonly triggers: Readonly<Record<number, Trigger>>;
  /** Sessions whose line is shown. */
  readonly open: readonly number[];
}

export const useTriggers = create<Triggers>(() => ({ triggers: {}, open: [] }));

const triggerIn = ({ triggers }: Triggers, session: number): Trigger => triggers[session] ?? FRESH;
export const triggerOf = (session: number): Trigger => triggerIn(useTriggers.getState(), session);
export const useTrigger = (session: number): Trigger => useTriggers((state) => triggerIn(state, session));
export const useTriggerOpen = (session: number): boolean => useTriggers(({ open }) => open.includes(session));

export const changeTrigger = (session: number, part: Partial<Trigger>): void =>
  useTriggers.setState((state) => ({
    triggers: { ...state.triggers, [session]: { ...triggerIn(state, session), ...part } },
  }));

/** Shows the line, or hides it and disarms the trigger. */
export function toggleTriggerLine(session: number): void {
  const { open } = useTriggers.getState();
  if (open.includes(session)) disarm(session);
  useTriggers.setState({ open: open.includes(session) ? open.filter((id) => id !== session) : [...open, session] });
}

/** Waits for the first record from `from` on that triggers. */
export const arm = (session: number, asked: NonNullable<Trigger['asked']>, from: number): void =>
  changeTrigger(session, { state: 'armed', asked, next: from, hit: null, count: 0, failure: null });

export const disarm = (session: number): void => changeTrigger(session, { state: 'off', failure: null });
