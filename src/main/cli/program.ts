import { setImmediate as turn } from 'node:timers/promises';
import { Command, CommanderError } from 'commander';
import packageJson from '../../../package.json' with { type: 'json' };
import { withMarks } from '../capture/export/visible.ts';
import { addCapturesCommand } from './captures/captures-command.ts';
import { addExportCommand } from './captures/export-command.ts';
import { addQueryCommand } from './captures/query-command.ts';
import { addCompletionCommand } from './completion/completion-command.ts';
import { addDecodeCommand } from './decode-command.ts';
import { addEndpointCommands } from './endpoint-program.ts';
import { EXIT, isPipeClosed, PipeClosed, statusOf } from './exit-status.ts';
import { addLensCommand } from './lens-command.ts';
import { addListCommand } from './list-command.ts';
import { addMatrixCommand } from './matrix/matrix-program.ts';
import { checkOptionValues } from './option-values.ts';
import { STDOUT } from './output-target.ts';
import { addReplayCommand } from './replay/replay-program.ts';
import { addRunCommand } from './scenario/run-command.ts';
import { addServeCommand } from './serve-command.ts';
import { addTapCommand } from './tap-program.ts';
import { addTypesCommand } from './types-command.ts';
import { addUrlCommand } from './url-command.ts';
import { addWatchCommand } from './watch-program.ts';

const program = new Command('shmscope')
  .description('The oscilloscope for shared-memory channels.')
  .version(packageJson.version)
  .exitOverride()
  .showHelpAfterError('(run with --help for the options)')
  .addHelpText(
    'after',
    '\nExit status: 0 done, 1 error, 2 usage, 3 timeout, 4 the peer sent exit first, 5 the two sides use different layouts (lens), 141 the output was closed.',
  );
/** Why something that was printed is not there, such as that its disk is full. */
let lost: Error | undefined;
const finish = (status: number) => {
  process.exitCode = status;
};
// Who reads what is printed may leave, as `head` does. Whose work it is to print ends then; for all others it is
// nothing.
process.stdout.on('error', (error) => {
  if (!isPipeClosed(error)) lost ??= error;
});
process.stderr.on('error', () => {});
program.hook('preAction', (_, command) => checkOptionValues(command, process.argv.slice(2)));
addServeCommand(program, finish);
addUrlCommand(program, finish);
addEndpointCommands(program, finish);
addTapCommand(program, finish);
addWatchCommand(program, finish);
addListCommand(program, finish);
addLensCommand(program, finish);
addTypesCommand(program, finish);
addDecodeCommand(program, finish);
addRunCommand(program, finish);
addCapturesCommand(program, finish);
addQueryCommand(program, finish);
addExportCommand(program, finish);
addReplayCommand(program, finish);
addMatrixCommand(program, finish);
addCompletionCommand(program, finish);

/** Carries out the command line of this process, and sets its exit status. */
export async function runProgram(): Promise<void> {
  let hasFailed = false;
  try {
    await program.parseAsync();
  } catch (error) {
    hasFailed = !(error instanceof CommanderError);
    finish(reportError(error));
  }
  // A stream tells only later what became of the last that was written.
  await turn();
  if (lost && !hasFailed) process.exitCode = reportError(STDOUT.failure(lost));
  // Native waits and sockets are closed by now; whatever else still runs must not hold a finished command back.
  if (!process.exitCode) process.exitCode = EXIT.done;
}

function reportError(error: unknown): number {
  // Commander has printed what was wrong, or the requested help.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  const message = error instanceof Error ? error.message : String(error);
  // It may hold a name that somebody else chose, and is not to move the cursor.
  const seen = withMarks(message, (code) => `<${code}>`);
  if (!(error instanceof PipeClosed)) process.stderr.write(`shmscope: ${seen}\n`);
  return statusOf(error);
}
