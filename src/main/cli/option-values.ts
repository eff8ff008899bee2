import type { Command } from 'commander';
import { UsageError } from './exit-status.ts';

/**
 * Refuses an option that took the next option as its value, as in `--output --force`. Commander takes whatever follows.
 * Throws {@link UsageError}.
 */
export function checkOptionValues(command: Command, args: readonly string[]): void {
  const flags = new Map(
    command.options.flatMap(({ long, short, required }) =>
      [long, short].flatMap((flag) => (flag ? [[flag, required] as const] : [])),
    ),
  );
  const end = args.indexOf('--');
  const given = end < 0 ? args : args.slice(0, end);
  const at = given.findIndex(
    (flag, n) => flags.get(flag) && flags.has(given[n + 1] ?? '') && !isValue(given, n, flags),
  );
  if (at < 0) return;
  const [flag, next] = given.slice(at);
  throw new UsageError(
    `${flag} needs a value, and ${next} follows it. For a value of that name write ${flag}=${next}.`,
  );
}

/** Whether the word is itself the value of the option before it. */
const isValue = (given: readonly string[], at: number, flags: ReadonlyMap<string, boolean>): boolean =>
  at > 0 && Boolean(flags.get(given[at - 1] ?? '')) && !isValue(given, at - 1, flags);
