import { styleText } from 'node:util';
import { failureLines, secondsOf, stepLine } from '../../../shared/scenario/files/report-text.ts';
import { failedStep, type ScenarioReport, titleOf } from '../../../shared/scenario/report.ts';
import { nameOnOneLine } from '../../capture/export/visible.ts';

const SIGNS = { passed: '✓', failed: '✗', cancelled: '✗', skipped: '–', pending: '–', running: '–' } as const;
const COLOURS = {
  passed: 'green',
  failed: 'red',
  cancelled: 'red',
  skipped: 'gray',
  pending: 'gray',
  running: 'gray',
} as const;

/** What a terminal shows of a finished scenario: a line and, if it failed, what went wrong and where. */
export function endedLines(report: ScenarioReport): string[] {
  const { state, steps, tookMs, reason, file } = report;
  const sign = styleText(COLOURS[state], SIGNS[state], { stream: process.stdout });
  const count = steps.length === 1 ? '1 step' : `${steps.length} steps`;
  const head = `${sign} ${safe(titleOf(report))}  ${state === 'skipped' ? safe(reason ?? '') : `${count}, ${secondsOf(tookMs)}`}`;
  if (state === 'passed' || state === 'skipped') return [head];
  const step = failedStep(report);
  const unsaid = reason === null ? [] : [`    ${safe(reason)}`];
  if (!step?.failure) return [head, ...unsaid];
  const place = styleText('bold', `${safe(file)}:${step.line}`, { stream: process.stdout });
  const why = failureLines(step.failure).map((line) => `      ${safe(line)}`);
  return [head, `    ${place} ${safe(stepLine({ ...step, depth: 0 }))}`, ...why, ...unsaid];
}

/** Nothing in it can play tricks on a terminal. */
const safe = nameOnOneLine;
