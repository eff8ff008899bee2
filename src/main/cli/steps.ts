import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { UsageError } from './exit-status.ts';

/** What an endpoint does, in the order of the command line. */
export type Step =
  | { readonly type: 'send'; readonly bytes: () => Uint8Array }
  | { readonly type: 'receive'; readonly count: number }
  | { readonly type: 'send-close' };

/** Adds the options whose order counts to `command`; answers the list that they fill when it is parsed. */
export function stepOptions(command: Command): Step[] {
  const steps: Step[] = [];
  const add = (step: Step) => {
    steps.push(step);
    return steps;
  };
  const text = (value: string) => add({ type: 'send', bytes: () => new TextEncoder().encode(value) });
  const hex = (value: string) => {
    const bytes = parseHex(value);
    return add({ type: 'send', bytes: () => bytes });
  };
  const file = (value: string) => add({ type: 'send', bytes: () => readMessage(value) });
  command
    .option('--send <text>', 'send TEXT as UTF-8 (repeatable)', text)
    .option('--send-hex <hex>', 'send bytes, such as "de ad be ef" (repeatable)', hex)
    .option('--send-file <file>', 'send the bytes of FILE (repeatable)', file)
    .option('--receive <count>', 'receive COUNT messages (repeatable)', (value) =>
      add({ type: 'receive', count: wholeNumber('--receive', value, 1, 1e9) }),
    )
    .option('--send-close', 'say exit to the peer')
    .on('option:send-close', () => add({ type: 'send-close' }));
  return steps;
}

/** Throws {@link UsageError} naming the first place that isn't hex. */
export function parseHex(text: string): Uint8Array {
  const digits = text.replace(/\s+/g, '');
  const wrong = digits.search(/[^0-9a-fA-F]/);
  if (wrong >= 0) throw new UsageError(`--send-hex: "${digits[wrong]}" at digit ${wrong + 1} is not a hex digit.`);
  if (digits.length % 2) throw new UsageError(`--send-hex: ${digits.length} digits are no whole number of bytes.`);
  return new Uint8Array(Buffer.from(digits, 'hex'));
}

export function wholeNumber(option: string, value: string, min: number, max: number): number {
  const n = Number(value);
  if (/^\d+$/.test(value) && n >= min && n <= max) return n;
  throw new UsageError(`${option} takes a whole number from ${min} to ${max}; "${value}" is none.`);
}

function readMessage(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    throw new Error(`The file "${file}" could not be read: ${(error as Error).message}`);
  }
}
