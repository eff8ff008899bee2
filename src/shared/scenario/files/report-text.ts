import { type Difference, inBytes } from '../match-verdict.ts';
import { failedStep, type ScenarioReport, type ShownBytes, type StepFailure, type StepResult } from '../report.ts';

/** Reports as plain text: what a terminal, JUnit and TAP show. */

export const secondsOf = (ms: number): string => `${(ms / 1000).toFixed(ms < 1000 ? 3 : 1)} s`;

const shownText = ({ size, text, hex }: ShownBytes): string => `${inBytes(size)}: ${text ?? hex}`;

/** What was expected, what arrived, and what differs, a line each; a single difference is already in the message. */
export function failureLines({ message, expected, actual, diff }: StepFailure): string[] {
  return [
    message,
    ...(expected === null ? [] : [`expected: ${expected}`]),
    ...(actual === null ? [] : [`actual: ${shownText(actual)}`]),
    ...(actual === null || actual.text === null ? [] : [`actual in hex: ${actual.hex}`]),
    ...(diff.length > 1 ? diff.map(differenceLine) : []),
  ];
}

const differenceLine = ({ path, expected, actual }: Difference): string =>
  `  ${path || 'message'}: expected ${expected}, got ${actual}`;

/** Why a scenario didn't pass: its step, and what no step says. */
export const whyLines = ({ steps, reason }: ScenarioReport): string[] => [
  ...failureLinesOf(failedStep({ steps })),
  ...(reason === null ? [] : [reason]),
];

const failureLinesOf = (step: StepResult | undefined) => (step?.failure ? failureLines(step.failure) : []);

const SIGNS = { pending: ' ', running: '…', passed: '✓', failed: '✗', skipped: '–' } as const;

export function stepLine({ depth, state, name, words, runs, tookMs, reason }: StepResult): string {
  const times = runs > 1 ? ` (${runs.toLocaleString('en')} times)` : '';
  const took = state === 'skipped' ? (reason ?? '') : secondsOf(tookMs);
  return `${'  '.repeat(depth)}${SIGNS[state]} ${name === null ? words : `${name}: ${words}`}${times}, ${took}`;
}

/** The whole report. */
export const reportText = ({ steps, sessions, peers, reason }: ScenarioReport): string =>
  [
    ...sessions.map(({ name, role, section }) => `session ${name}: ${role}${section === '' ? '' : ` on ${section}`}`),
    ...peers.map(({ name, program, pid }) => `peer ${name}: ${program}${pid === null ? '' : `, process ${pid}`}`),
    ...steps.flatMap((step) => [stepLine(step), ...failureLinesOf(step).map(indented)]),
    ...(reason === null ? [] : [reason]),
  ].join('\n');

const indented = (line: string) => `    ${line}`;
