import { ShmscopeError } from '../../../shared/failure.ts';
import { matrixHtml, matrixJson } from '../../../shared/matrix/files.ts';
import { countCells, type StartMatrix } from '../../../shared/matrix/matrix.ts';
import type { LoggedReport } from '../../../shared/scenario/files/logs.ts';
import { loadForMatrix } from '../../matrix/load.ts';
import { Matrix, type MatrixRun } from '../../matrix/run.ts';
import { missingPeers, peerRoots } from '../../peers/bundled.ts';
import type { LoadedScenario } from '../../scenario/load.ts';
import { TypesCompiler } from '../../types/compiler.ts';
import { workers } from '../../workers.ts';
import { asTrouble, EXIT, type ExitStatus, UsageError } from '../exit-status.ts';
import { Progress } from '../progress.ts';
import { interruption } from '../run-session.ts';
import { openHost } from '../scenario/host.ts';
import { checkReports, type ReportFiles } from '../scenario/report-files.ts';
import { matrixLines } from './matrix-text.ts';

export interface MatrixGiven {
  readonly start: StartMatrix;
  readonly reports: ReportFiles;
  readonly force: boolean;
}

/** Runs a scenario in every cell, prints the matrix, and writes the reports. */
export function runMatrix(given: MatrixGiven): Promise<ExitStatus> {
  return loadAndRun(given).catch((error: unknown) => {
    throw asTrouble(error);
  });
}

async function loadAndRun({ start, reports: files, force }: MatrixGiven): Promise<ExitStatus> {
  const inputs = start.file === undefined ? [] : [start.file];
  const reports = await checkReports(files, { force, inputs });
  const scenario = await loaded(start);
  const { run, logged } = await runAll(scenario, reports.needLogs);
  const { cells } = run;
  const json = matrixJson(scenario.name, cells, run.reports);
  const unwritten = await reports.write(logged, { json, intro: matrixHtml(cells) });
  const lines = matrixLines(cells);
  (reports.useStdout ? process.stderr : process.stdout).write(lines.map((line) => `${line}\n`).join(''));
  if (unwritten) throw unwritten;
  const { passed, failed, cancelled } = countCells(cells);
  if (failed + cancelled > 0) return EXIT.error;
  return passed > 0 ? EXIT.done : EXIT.usage;
}

async function loaded(start: StartMatrix): Promise<LoadedScenario> {
  const compiler = new TypesCompiler(workers.types);
  try {
    return await loadForMatrix(start, compiler);
  } catch (error) {
    throw error instanceof ShmscopeError ? new UsageError(error.message) : error;
  } finally {
    await compiler.close();
  }
}

async function runAll(
  scenario: LoadedScenario,
  needLogs: boolean,
): Promise<{ run: MatrixRun; logged: LoggedReport[] }> {
  const interrupted = interruption();
  const host = await openHost(needLogs);
  const progress = new Progress(true);
  const logs = new Map<string, LoggedReport['logs']>();
  const show = () => {
    const { cells } = matrix.state;
    const done = cells.filter(({ state }) => state !== 'pending' && state !== 'running').length;
    progress.show('matrix, cells', done, cells.length);
  };
  const onEnded = async (_place: unknown, report: LoggedReport['report']) => {
    logs.set(report.name, await host.logsOf(report));
  };
  let matrix: Matrix;
  try {
    matrix = openMatrix();
    const run = await matrix.all(interrupted.signal);
    const logged = run.reports.map((report) => ({ report, logs: logs.get(report.name) ?? [] }));
    return { run, logged };
  } finally {
    progress.clear();
    interrupted.dispose();
    await host.close();
  }

  function openMatrix(): Matrix {
    const missing = missingPeers(peerRoots(workers.session));
    try {
      return new Matrix(scenario, { ...host.parts, missing, onEnded }, show);
    } catch (error) {
      throw error instanceof ShmscopeError ? new UsageError(error.message) : error;
    }
  }
}
