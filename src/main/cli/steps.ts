import type { Command } from 'commander';
import { parseHex } from '../../shared/hex/hex.ts';
import { UsageError } from './exit-status.ts';
import { checkMessageFile, isStdin } from './message-file.ts';

/** What an endpoint does, in the order of the command line. */
export type Step =
  | { readonly type: 'send'; readonly bytes: Uint8Array }
  | { readonly type: 'send-file'; readonly file: string }
  | { readonly type: 'receive'; readonly count: number }
  | { readonly type: 'send-close' };

/** Adds the options whose order counts to `command`; answers the list that they fill when it is parsed. */
export function stepOptions(command: Command): Step[] {
  const steps: Step[] = [];
  const add = (step: Step) => {
    steps.push(step);
    return steps;
  };
  command
    .option('--send <text>', 'send TEXT as UTF-8 (repeatable)', (value) =>
      add({ type: 'send', bytes: new TextEncoder().encode(value) }),
    )
    .option('--send-hex <hex>', 'send bytes, such as "de ad be ef", 0xdeadbeef or a hex dump (repeatable)', (value) =>
      add({ type: 'send', bytes: bytesOf(value) }),
    )
    .option('--send-file <file>', 'send the bytes of FILE; - is stdin (repeatable)', (file) =>
      add({ type: 'send-file', file }),
    )
    .option('--receive <count>', 'receive COUNT messages (repeatable)', (value) =>
      add({ type: 'receive', count: wholeNumber('--receive', value, 1, 1e9) }),
    )
    .option('--send-close', 'say exit to the peer')
    .on('option:send-close', () => add({ type: 'send-close' }));
  return steps;
}

/** Throws what is wrong with a step, as far as that can be seen before the channel is open. `capacity`: most bytes of a message. */
export async function checkSteps(steps: readonly Step[], capacity: number): Promise<void> {
  const files = steps.flatMap((step) => (step.type === 'send-file' ? [step.file] : []));
  if (files.filter(isStdin).length > 1) throw new UsageError('--send-file: stdin can be read only once.');
  for (const file of files) await checkMessageFile(file, capacity);
}

/** Throws {@link UsageError} naming the first place that isn't hex. */
function bytesOf(text: string): Uint8Array {
  const parsed = parseHex(text);
  if (parsed.ok) return parsed.bytes;
  throw new UsageError(`--send-hex: ${parsed.message}`);
}

/** `or`: a word that the option takes as well. */
export function wholeNumber(option: string, value: string, min: number, max: number, or?: string): number {
  const n = Number(value);
  if (/^\d+$/.test(value) && n >= min && n <= max) return n;
  const range = `a whole number from ${min} to ${max}${or ? `, or ${or}` : ''}`;
  throw new UsageError(`${option} takes ${range}; "${value}" is ${or ? 'neither' : 'none'}.`);
}
