import type { Command } from 'commander';

type AddCommand = (program: Command, finish: (status: number) => void) => void;

/** By the names of what each adds, in the order of the help. Loading all of them takes longer than most of them run. */
const COMMANDS: readonly (readonly [names: readonly string[], load: () => Promise<AddCommand>])[] = [
  [['serve'], async () => (await import('./serve-command.ts')).addServeCommand],
  [['url'], async () => (await import('./url-command.ts')).addUrlCommand],
  [['server', 'client'], async () => (await import('./endpoint-program.ts')).addEndpointCommands],
  [['tap'], async () => (await import('./tap-program.ts')).addTapCommand],
  [['watch'], async () => (await import('./watch-program.ts')).addWatchCommand],
  [['list'], async () => (await import('./list-command.ts')).addListCommand],
  [['lens'], async () => (await import('./lens-command.ts')).addLensCommand],
  [['types'], async () => (await import('./types-command.ts')).addTypesCommand],
  [['decode'], async () => (await import('./decode-command.ts')).addDecodeCommand],
  [['run'], async () => (await import('./scenario/run-command.ts')).addRunCommand],
  [['captures'], async () => (await import('./captures/captures-command.ts')).addCapturesCommand],
  [['query'], async () => (await import('./captures/query-command.ts')).addQueryCommand],
  [['export'], async () => (await import('./captures/export-command.ts')).addExportCommand],
  [['replay'], async () => (await import('./replay/replay-program.ts')).addReplayCommand],
  [['matrix'], async () => (await import('./matrix/matrix-program.ts')).addMatrixCommand],
  [['completion'], async () => (await import('./completion/completion-command.ts')).addCompletionCommand],
];
/** It lists all the others. */
const ABOUT_ALL = 'completion';

/** Adds the command named by `first`, the first word of a command line; otherwise all of them. */
export async function addCommands(
  program: Command,
  finish: (status: number) => void,
  first: string | undefined,
): Promise<void> {
  const named = COMMANDS.filter(([names]) => first !== undefined && first !== ABOUT_ALL && names.includes(first));
  for (const [, load] of named.length > 0 ? named : COMMANDS) (await load())(program, finish);
}
