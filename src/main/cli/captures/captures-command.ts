import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import type { CaptureInfo } from '../../../shared/captures.ts';
import { isoMicros, safeJson } from '../../../shared/json-record.ts';
import { capturesIn, describe } from '../../capture/store/describe.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { written } from '../written.ts';
import { captureTable, sessionTable } from './captures-text.ts';
import { addData, captureAt, capturesFolder, type GivenPlace } from './place.ts';

interface Given extends GivenPlace {
  readonly json?: boolean;
}

const HELP = `
Without CAPTURE, lists the captures of the data folder, newest first. With one, lists its sessions: their numbers are what
--session of "query", "export" and "replay" takes. A capture that can't be read is listed with the reason.

Examples:
  shmscope captures
  shmscope captures capture-20261127-031502.sqlite
  shmscope captures --json | jq -r 'select(.bytes > 1e9) | .path'

Exit status: 0 done, 1 the capture can't be read, 2 usage, 141 the output was closed.`;

/** `shmscope captures`. */
export function addCapturesCommand(program: Command, finish: (status: number) => void): void {
  addData(program.command('captures'))
    .description('list captures, or the sessions of one')
    .argument('[capture]', 'a capture: a file, or the name of one in the data folder')
    .option('--json', 'print a line of JSON for each capture')
    .addHelpText('after', HELP)
    .action(async (capture: string | undefined, given: Given) => finish(await list(capture, given)));
}

async function list(capture: string | undefined, given: Given): Promise<ExitStatus> {
  const folder = capturesFolder(given.data);
  const paths =
    capture !== undefined
      ? [captureAt(capture, given)]
      : existsSync(folder)
        ? capturesIn(folder).map((name) => path.join(folder, name))
        : [];
  const infos = paths.map((file) => ({ path: path.resolve(file), info: describe(file, 'closed') }));
  const lines = given.json ? infos.map(forPrograms) : forPeople(infos, capture !== undefined, folder);
  if (!(await written(lines.map((line) => `${line}\n`).join('')))) return EXIT.pipeClosed;
  const problems = infos.flatMap(({ info }) => (info.problem ? [info.problem.message] : []));
  for (const problem of problems) process.stderr.write(`shmscope: ${problem}\n`);
  return capture !== undefined && problems.length > 0 ? EXIT.error : EXIT.done;
}

interface Listed {
  readonly path: string;
  readonly info: CaptureInfo;
}

function forPeople(listed: readonly Listed[], isOne: boolean, folder: string): string[] {
  if (isOne) return listed.flatMap(({ info }) => (info.problem ? [] : sessionTable(info.sessions)));
  if (listed.length === 0) return [`No captures in ${folder}.`];
  return captureTable(listed.map(({ info }) => info));
}

function forPrograms({ path: file, info: { state: _, createdAt, writtenAt, sessions, ...info } }: Listed): string {
  return safeJson({
    path: file,
    ...info,
    created: isoMicros(createdAt),
    written: isoMicros(writtenAt),
    sessions: sessions.map(({ openedAt, ...session }) => ({ ...session, opened: isoMicros(openedAt) })),
  });
}
