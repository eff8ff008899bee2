import { githubLines } from '../../../shared/scenario/files/github.ts';
import type { LoggedReport } from '../../../shared/scenario/files/logs.ts';
import { totalsOf, totalsText } from '../../../shared/scenario/files/summary.ts';
import { tapText } from '../../../shared/scenario/files/tap.ts';
import type { ScenarioReport } from '../../../shared/scenario/report.ts';
import { titleOf } from '../../../shared/scenario/report.ts';
import type { Value } from '../../../shared/scenario/schema-words.ts';
import { nameOnOneLine } from '../../capture/export/visible.ts';
import { skippedReport } from '../../scenario/book.ts';
import type { LoadedScenario } from '../../scenario/load.ts';
import { asTrouble, EXIT, type ExitStatus, UsageError } from '../exit-status.ts';
import { Progress } from '../progress.ts';
import { interruption } from '../run-session.ts';
import { written } from '../written.ts';
import { openHost, type ScenarioHost } from './host.ts';
import { filesAt, loadAll } from './load-all.ts';
import { checkReports, type ReportFiles } from './report-files.ts';
import { endedLines } from './run-text.ts';

export interface RunGiven {
  /** Scenarios, and folders with them. */
  readonly files: readonly string[];
  readonly reports: ReportFiles;
  readonly force: boolean;
  readonly tap: boolean;
  readonly github: boolean;
  readonly vars: ReadonlyMap<string, Value>;
  /** Empty: all. */
  readonly tags: readonly string[];
  readonly bail: boolean;
  readonly repeat: number;
  /** Nothing is run. */
  readonly check: boolean;
}

/** Reads all files, runs them one after another, and writes the reports. */
export function runScenarios(given: RunGiven): Promise<ExitStatus> {
  return readAndRun(given).catch((error: unknown) => {
    throw asTrouble(error);
  });
}

async function readAndRun(given: RunGiven): Promise<ExitStatus> {
  const files = given.files.flatMap(filesAt);
  const reports = await checkReports(given.reports, { force: given.force, inputs: files });
  if (given.tap && reports.useStdout) throw new UsageError('--tap takes stdout: write the report to a file.');
  const found = await loadAll({ ...given, files });
  if (found.problems.length > 0) {
    process.stderr.write(found.problems.map((line) => `${line}\n`).join(''));
    return EXIT.usage;
  }
  const { scenarios } = found;
  if (given.check) {
    const count = scenarios.length === 1 ? '1 scenario' : `${scenarios.length} scenarios`;
    return (await written(`${count}, nothing wrong.\n`)) ? EXIT.done : EXIT.pipeClosed;
  }
  const interrupted = interruption();
  const host = await openHost(reports.needLogs);
  try {
    const runs = await runAll(scenarios, { given, host, signal: interrupted.signal, isStdoutTaken: reports.useStdout });
    const unwritten = await reports.write(runs);
    const status = await conclude(runs, given, reports.useStdout);
    if (unwritten) throw unwritten;
    return status;
  } finally {
    interrupted.dispose();
    await host.close();
  }
}

interface Running {
  readonly given: RunGiven;
  readonly host: ScenarioHost;
  readonly signal: AbortSignal;
  /** A report goes to it. */
  readonly isStdoutTaken: boolean;
}

async function runAll(scenarios: readonly LoadedScenario[], running: Running): Promise<LoggedReport[]> {
  const { given, signal } = running;
  const runs: LoggedReport[] = [];
  let reason: string | null = null;
  for (let round = 0; round < given.repeat; round++)
    for (const scenario of scenarios) {
      if (signal.aborted) reason = 'The run was stopped.';
      const run: LoggedReport =
        reason === null ? await runOne(scenario, running) : { report: skippedReport(scenario, reason), logs: [] };
      // Of thousands of rounds, only failed ones keep their logs.
      runs.push(given.repeat > 1 && run.report.state === 'passed' ? { ...run, logs: [] } : run);
      if (given.bail && run.report.state === 'failed') reason ??= `--bail: ${titleOf(run.report)} has failed.`;
    }
  return runs;
}

async function runOne(
  scenario: LoadedScenario,
  { given, host, signal, isStdoutTaken }: Running,
): Promise<LoggedReport> {
  const progress = new Progress(true);
  const onChange = (report: () => ScenarioReport) => {
    if (!progress.isDue) return;
    const { steps } = report();
    const done = steps.filter(({ state }) => state === 'passed').length;
    const current = steps.findLast(({ state }) => state === 'running');
    progress.show(`${titleOf(scenario)}${current ? `: ${current.words}` : ''}`, done, steps.length);
  };
  const run = await host.run(scenario, { signal, onChange });
  progress.clear();
  if (!given.tap) print(endedLines(run.report), isStdoutTaken);
  return run;
}

async function conclude(runs: readonly LoggedReport[], given: RunGiven, isStdoutTaken: boolean): Promise<ExitStatus> {
  const reports = runs.map(({ report }) => report);
  if (given.tap && !(await written(tapText(reports)))) return EXIT.pipeClosed;
  if (!given.tap) print([totalsText(totalsOf(reports))], isStdoutTaken);
  if (given.github) print(githubLines(reports).map(nameOnOneLine), isStdoutTaken);
  return reports.every(({ state }) => state === 'passed') ? EXIT.done : EXIT.error;
}

/** Where people read it: not between the lines of a report. */
const print = (lines: readonly string[], isStdoutTaken: boolean) =>
  (isStdoutTaken ? process.stderr : process.stdout).write(lines.map((line) => `${line}\n`).join(''));
