import * as v from 'valibot';
import type { SeqRange } from '../../../shared/export.ts';
import { DEFAULT_REPLY_TIMEOUT_MS, type ReplayPlan, replayPlanSchema } from '../../../shared/replay/replay.ts';
import type { ReplayTiming } from '../../../shared/replay/timing.ts';
import type { EncodingChoice } from '../../../shared/text/encodings.ts';
import { parseNumber } from '../../kit/format/number.ts';

/** The contents of the dialog's fields; numbers as typed. */
export interface ReplayForm {
  readonly selected: boolean;
  readonly filtered: boolean;
  readonly how: ReplayTiming['how'];
  readonly speed: string;
  readonly perSecond: string;
  readonly loops: string;
  readonly step: boolean;
  readonly compare: boolean;
  /** Fields that may differ, separated by commas or one per line. */
  readonly ignore: string;
  readonly allowGaps: boolean;
  readonly timeoutMs: string;
}

export const emptyReplayForm = (selected: boolean): ReplayForm => ({
  ...{ selected, filtered: false, how: 'lockstep', speed: '1', perSecond: '100', loops: '1', step: false },
  ...{ compare: true, ignore: '', allowGaps: false, timeoutMs: String(DEFAULT_REPLY_TIMEOUT_MS) },
});

/** The log that is replayed. */
export interface Recorded {
  /** Record numbers of the selection; null without one. */
  readonly selection: SeqRange | null;
  /** Records so far: later ones of a session that still goes on aren't replayed. */
  readonly committed: number;
  readonly filter: string;
  readonly encoding: EncodingChoice;
}

type ReplayField = 'timing' | 'loops' | 'timeoutMs' | 'ignore';

export interface CheckedReplay {
  /** null while something is wrong. */
  readonly plan: ReplayPlan | null;
  readonly fields: Readonly<Partial<Record<ReplayField, string>>>;
}

/** Checks the form against the contract's own schema. */
export function checkReplayForm(form: ReplayForm, recorded: Recorded): CheckedReplay {
  const parsed = v.safeParse(replayPlanSchema, planOf(form, recorded));
  if (parsed.success) return { plan: parsed.output, fields: {} };
  const fields: Partial<Record<ReplayField, string>> = {};
  for (const issue of parsed.issues) {
    const name = v.getDotPath(issue)?.split('.')[0] as ReplayField | undefined;
    if (name) fields[name] ??= issue.message;
  }
  return { plan: null, fields };
}

function planOf(form: ReplayForm, { selection, committed, filter, encoding }: Recorded): unknown {
  const { selected, filtered, loops, step, compare, ignore, allowGaps, timeoutMs } = form;
  const [from, to] = selected && selection ? selection : [0, committed - 1];
  return {
    ...{ timing: timingOf(form), from, to: Math.max(0, to) },
    ...(filtered && filter !== '' && { filter, encoding }),
    ...{ loops: parseNumber(loops), step, compare, ignore: fieldsIn(ignore) },
    ...{ allowGaps, timeoutMs: parseNumber(timeoutMs) },
  };
}

const fieldsIn = (text: string): string[] => text.split(/[,\n]/).flatMap((field) => field.trim() || []);

function timingOf({ how, speed, perSecond }: ReplayForm): object {
  if (how === 'original') return { how, speed: numberOf(speed) };
  return how === 'rate' ? { how, perSecond: numberOf(perSecond) } : { how };
}
const numberOf = (text: string): number => parseNumber(text.replace(/[x×]/g, ''));
