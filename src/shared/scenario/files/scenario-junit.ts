import { anomaliesReason, anomalyWords } from '../anomalies.ts';
import { failedStep, type ScenarioReport, type StepResult, titleOf } from '../report.ts';
import { type JunitCase, type JunitSuite, junitXml } from './junit.ts';
import { failureLines, reportText } from './report-text.ts';

/** Scenarios as JUnit: each is a suite, and its steps are the tests. `attachments`: full paths of other reports. */
export const scenarioJunit = (reports: readonly ScenarioReport[], attachments: readonly string[]): string =>
  junitXml(reports.map((report) => suiteOf(report, attachments)));

function suiteOf(report: ScenarioReport, attachments: readonly string[]): JunitSuite {
  const { file, tags, row, startedAt, tookMs } = report;
  const values = Object.entries(row?.values ?? {}).map(([name, value]) => [`var.${name}`, String(value)]);
  return {
    name: titleOf(report),
    file,
    startedAt: startedAt ?? Date.now(),
    seconds: tookMs / 1000,
    properties: { ...(tags.length > 0 && { tags: tags.join(' ') }), ...Object.fromEntries(values) },
    cases: [
      ...startCase(report),
      ...report.steps.filter(({ depth }) => depth === 0).map((step) => caseOf(step, report)),
      ...anomaliesCase(report),
    ],
    output: reportText(report),
    attachments,
  };
}

/** Only if there are unexpected ones: no step reports them. */
function anomaliesCase(report: ScenarioReport): JunitCase[] {
  const { anomalies, file, tookMs } = report;
  const body = anomaliesReason(anomalies);
  if (body === null) return [];
  const message = anomalies.map(anomalyWords).join(' ');
  const result = { kind: 'failure', message, type: 'anomaly', body } as const;
  return [{ name: 'No unexpected anomaly', group: titleOf(report), file, line: 1, seconds: tookMs / 1000, result }];
}

/** Only if starting went wrong: no step reports it. */
function startCase(report: ScenarioReport): JunitCase[] {
  const { state, reason, file, steps, anomalies } = report;
  if (state !== 'failed' || reason === null || failedStep({ steps })) return [];
  if (reason === anomaliesReason(anomalies)) return [];
  const result = { kind: 'error', message: reason, type: 'start', body: reason } as const;
  return [{ name: '0. start', group: titleOf(report), file, line: 1, seconds: report.tookMs / 1000, result }];
}

function caseOf(step: StepResult, report: ScenarioReport): JunitCase {
  const number = report.steps.filter(({ depth }) => depth === 0).indexOf(step) + 1;
  const { name, words, line, tookMs } = step;
  const base = { group: titleOf(report), file: report.file, line, seconds: tookMs / 1000 };
  return { ...base, name: `${number}. ${name ?? words}`, ...resultOf(step, report) };
}

function resultOf(step: StepResult, { steps }: ScenarioReport): Pick<JunitCase, 'result'> | undefined {
  if (step.state === 'passed') return undefined;
  if (step.state !== 'failed') return { result: { kind: 'skipped', message: step.reason ?? 'It was not run.' } };
  // What went wrong within it.
  const inner = steps.find(({ path, failure }) => failure && (path === step.path || path.startsWith(`${step.path}.`)));
  const failure = inner?.failure ?? { message: 'It failed.', expected: null, actual: null, diff: [] };
  const where = inner && inner !== step ? `${inner.words} (line ${inner.line}): ` : '';
  const { message, expected, actual } = failure;
  const payloads =
    expected === null || actual === null ? '' : ` Expected ${expected}; got ${actual.text ?? actual.hex}`;
  const body = `${where}${failureLines(failure).join('\n')}`;
  return {
    result: { kind: 'failure', message: `${where}${message}${payloads}`, type: inner?.words ?? step.words, body },
  };
}
