import { setImmediate as turn } from 'node:timers/promises';
import { Command, CommanderError, Help, type Option } from 'commander';
import packageJson from '../../../package.json' with { type: 'json' };
import { ABSENT, ShmscopeError } from '../../shared/failure.ts';
import { withMarks } from '../capture/export/visible.ts';
import { addCommands } from './commands.ts';
import { EXIT, isPipeClosed, PipeClosed, statusOf } from './exit-status.ts';
import { checkOptionValues } from './option-values.ts';
import { STDOUT } from './output-target.ts';

/** Leaves out an empty default. */
function optionDescription(this: Help, option: Option): string {
  const { defaultValue } = option;
  const isEmpty = defaultValue === '' || (Array.isArray(defaultValue) && defaultValue.length === 0);
  const shown = isEmpty ? Object.assign(Object.create(option), { defaultValue: undefined }) : option;
  return Help.prototype.optionDescription.call(this, shown);
}

const program = new Command('shmscope')
  .description('The oscilloscope for shared-memory channels.')
  .version(packageJson.version)
  .exitOverride()
  .configureHelp({ optionDescription })
  .showHelpAfterError('(run with --help for the options)')
  .addHelpText(
    'after',
    '\nExit status: 0 done, 1 error, 2 usage, 3 timeout, 4 the peer sent exit first, 5 the two sides use different layouts (lens), 141 the output was closed.',
  );
/** Why something printed didn't arrive, such as a full disk. */
let lost: Error | undefined;
const finish = (status: number) => {
  process.exitCode = status;
};
// Whoever reads the output may leave, as `head` does. The command that prints ends then; for all others it is
// nothing.
process.stdout.on('error', (error) => {
  if (!isPipeClosed(error)) lost ??= error;
});
process.stderr.on('error', () => {});
program.hook('preAction', (_, command) => checkOptionValues(command, process.argv.slice(2)));

/** Runs the command line of this process, and sets its exit status. */
export async function runProgram(): Promise<void> {
  let hasFailed = false;
  try {
    await carryOut(process.argv.slice(2));
  } catch (error) {
    hasFailed = !(error instanceof CommanderError);
    finish(reportError(error));
  }
  // A stream reports only later what became of the last write.
  await turn();
  if (lost && !hasFailed) process.exitCode = reportError(STDOUT.failure(lost));
  // Native waits and sockets are closed by now; nothing else that still runs may hold up a finished command.
  if (!process.exitCode) process.exitCode = EXIT.done;
}

/** `help` alone would answer an unknown name with the list of all commands; as a command it suggests one. */
async function carryOut(args: readonly string[]): Promise<void> {
  const about = args[0] === 'help' ? args[1] : undefined;
  await addCommands(program, finish, about ?? args[0]);
  const isUnknown = about !== undefined && !program.commands.some((command) => command.name() === about);
  await program.parseAsync(isUnknown ? [about] : args, { from: 'user' });
}

function reportError(error: unknown): number {
  // Commander has printed what was wrong, or the requested help.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  const message = error instanceof Error ? error.message : String(error);
  // It may contain a name that somebody else chose, and must not move the cursor.
  const seen = withMarks(message, (code) => `<${code}>`);
  if (!(error instanceof PipeClosed)) process.stderr.write(`shmscope: ${seen}${waitHint(error)}\n`);
  return statusOf(error);
}

/** For a channel that doesn't exist, when the command could have waited for it. */
function waitHint(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (!(cause instanceof ShmscopeError && ABSENT.includes(cause.failure.code))) return '';
  const command = program.commands.find((each) => each.name() === program.args[0]);
  const canWait = command?.options.some(({ long }) => long === '--wait');
  return canWait && command?.getOptionValue('wait') === undefined ? ' Add --wait none to wait for it.' : '';
}
