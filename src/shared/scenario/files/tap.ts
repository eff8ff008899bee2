import { safeJson } from '../../json-record.ts';
import { type ScenarioReport, titleOf } from '../report.ts';
import { whyLines } from './report-text.ts';

/** Reports as the Test Anything Protocol, version 14: each scenario a test, each step a subtest. */
export function tapText(reports: readonly ScenarioReport[]): string {
  const lines = reports.flatMap((report, at) => testLines(report, at + 1));
  return ['TAP version 14', `1..${reports.length}`, ...lines, ''].join('\n');
}

function testLines(report: ScenarioReport, number: number): string[] {
  const { state, steps, reason } = report;
  const top = steps.filter(({ depth }) => depth === 0);
  const inner = top.map(({ state: its, words, name, reason: why }, at) => {
    const title = escaped(name ?? words);
    return `    ${its === 'failed' ? 'not ok' : 'ok'} ${at + 1} - ${title}${its === 'skipped' ? ` # SKIP ${escaped(why ?? '')}` : ''}`;
  });
  const skipped = state === 'skipped' ? ` # SKIP ${escaped(reason ?? '')}` : '';
  const told = state === 'failed' ? whyLines(report) : [];
  return [
    `# Subtest: ${escaped(titleOf(report))}`,
    `    1..${top.length}`,
    ...inner,
    `${state === 'passed' || state === 'skipped' ? 'ok' : 'not ok'} ${number} - ${escaped(titleOf(report))}${skipped}`,
    ...(told.length > 0 ? ['  ---', `  message: ${safeJson(told.join('\n'))}`, '  ...'] : []),
  ];
}

/** On one line, with nothing that plays tricks on a terminal; `#` would start a directive. */
const escaped = (text: string) =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll('#', '\\#')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ');
