import * as v from 'valibot';
import type { TemplatePart } from '../../../shared/placeholders.ts';
import { type SendPlan, type SendProgress, sendPlanSchema } from '../../../shared/sending.ts';
import { formatInteger, percentOf, plural } from '../../kit/format/bytes.ts';
import { parseNumber } from '../../kit/format/number.ts';
import { formatMs, formatSpan } from '../../kit/format/time.ts';

/** How a message should be repeated, as its fields say. */
export interface Repeat {
  readonly until: 'count' | 'time';
  readonly count: string;
  readonly seconds: string;
  readonly intervalMs: string;
  readonly ramp: boolean;
  readonly rampToMs: string;
}

export const REPEAT: Repeat = {
  until: 'count',
  count: '1000',
  seconds: '60',
  intervalMs: '250',
  ramp: false,
  rampToMs: '10',
};

export type ReadPlan =
  | { readonly ok: true; readonly plan: SendPlan }
  | { readonly ok: false; readonly message: string };

/** The plan according to the fields, its messages numbered from 1; or what is wrong with them. */
export function readPlan(repeat: Repeat, template: readonly TemplatePart[]): ReadPlan {
  const parsed = v.safeParse(sendPlanSchema, {
    template,
    firstNumber: 1,
    until:
      repeat.until === 'count'
        ? { what: 'count', count: parseNumber(repeat.count) }
        : { what: 'time', durationMs: parseNumber(repeat.seconds) * 1000 },
    intervalMs: parseNumber(repeat.intervalMs),
    rampToMs: repeat.ramp ? parseNumber(repeat.rampToMs) : null,
  });
  return parsed.success ? { ok: true, plan: parsed.output } : { ok: false, message: parsed.issues[0].message };
}

/** Percentage of the plan that is done; `now` in µs since the session began. */
export function donePercent(
  { sent, refused, total, durationMs, startedAt, endedAt }: SendProgress,
  now: number,
): number {
  if (total !== null) return percentOf(sent + refused, total);
  return percentOf(Math.min((endedAt ?? now) - startedAt, (durationMs ?? 0) * 1000), (durationMs ?? 0) * 1000);
}

const STATES = { running: '', done: 'Done: ', stopped: 'Stopped: ', failed: 'Failed: ' } as const;

/** "412 of 1,000 sent, 3 refused · every 250 ms". */
export function progressWords(progress: SendProgress): string {
  const { state, sent, refused, total, intervalMs, durationMs } = progress;
  const of = total === null ? '' : ` of ${formatInteger(total)}`;
  const told = `${STATES[state]}${formatInteger(sent)}${of} sent${refused > 0 ? `, ${plural(refused, 'refused', 'refused')}` : ''}`;
  if (state === 'failed' && progress.failure) return `${told}. ${progress.failure.message}`;
  if (state !== 'running') return told;
  const pace = intervalMs === 0 ? 'as fast as it is read' : `every ${formatMs(intervalMs)}`;
  return `${told} · ${pace}${durationMs === null ? '' : ` for ${formatSpan(durationMs * 1000)}`}`;
}
