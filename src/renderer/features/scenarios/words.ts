import type { ScenarioReport, ScenarioState, StepResult } from '../../../shared/scenario/report.ts';
import { plural } from '../../kit/format/bytes.ts';
import { formatSpan } from '../../kit/format/time.ts';

type StepState = StepResult['state'];

/** How a state is drawn: what passed is calm, and red is only for what is wrong. */
export type Tone = 'good' | 'bad' | 'busy' | 'calm';

const TONES: Readonly<Record<StepState | ScenarioState, Tone>> = {
  pending: 'calm',
  running: 'busy',
  passed: 'good',
  failed: 'bad',
  cancelled: 'calm',
  skipped: 'calm',
};
export const toneOf = (state: StepState | ScenarioState): Tone => TONES[state];

const MARKS: Readonly<Record<Tone, string>> = { good: '✓', bad: '✕', busy: '▸', calm: '–' };
export const markOf = (state: StepState | ScenarioState): string => (state === 'pending' ? '·' : MARKS[toneOf(state)]);

/** "12 ms"; empty if it hasn't begun. */
export const tookWords = ({ state, tookMs }: Pick<StepResult, 'state' | 'tookMs'>): string =>
  state === 'pending' || state === 'skipped' ? '' : formatSpan(Math.round(tookMs * 1000));

/** "3 of 12 steps passed, 1 failed". */
export function stepsWords({ steps }: Pick<ScenarioReport, 'steps'>): string {
  const count = (state: StepState) => steps.filter((step) => step.state === state).length;
  const failed = count('failed');
  const rest = failed > 0 ? `, ${failed} failed` : '';
  return `${count('passed')} of ${plural(steps.length, 'step')} passed${rest}`;
}
