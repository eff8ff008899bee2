import { failedStep, type ScenarioReport, titleOf } from '../report.ts';
import { whyLines } from './report-text.ts';

/** What GitHub Actions shows beside the lines of the files: an error for each failed scenario. */
export function githubLines(reports: readonly ScenarioReport[]): string[] {
  return reports.flatMap((report) => {
    if (report.state !== 'failed') return [];
    const step = failedStep(report);
    const { file } = report;
    const told = whyLines(report).join('\n');
    const where = `file=${property(file)},line=${step?.line ?? 1},title=${property(titleOf(report))}`;
    return [`::error ${where}::${data(step ? `${step.words}: ${told}` : told)}`];
  });
}

const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
