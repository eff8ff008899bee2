import type { Command } from 'commander';
import { parseHex } from '../../shared/hex/hex.ts';
import { codecOf } from '../../shared/text/codecs.ts';
import type { Encoding } from '../../shared/text/encodings.ts';
import { UsageError } from './exit-status.ts';
import { checkMessageFile, isStdin } from './message-file.ts';

/** What an endpoint does, in the order of the command line. */
export type Step =
  | { readonly type: 'send'; readonly bytes: Uint8Array }
  | { readonly type: 'send-file'; readonly file: string }
  | { readonly type: 'receive'; readonly count: number }
  | { readonly type: 'send-close' };

/** The same as written: text is encoded once all options are known. */
export type WrittenStep = Step | { readonly type: 'send-text'; readonly text: string };

/** Adds the options whose order matters to `command`; returns the list that they fill during parsing. */
export function stepOptions(command: Command): WrittenStep[] {
  const steps: WrittenStep[] = [];
  const add = (step: WrittenStep) => {
    steps.push(step);
    return steps;
  };
  command
    .option('--send <text>', 'send TEXT in the encoding (repeatable)', (text) => add({ type: 'send-text', text }))
    .option('--send-hex <hex>', 'send bytes, such as "de ad be ef", 0xdeadbeef or a hex dump (repeatable)', (value) =>
      add({ type: 'send', bytes: bytesOf(value) }),
    )
    .option('--send-file <file>', 'send the bytes of FILE; - is stdin (repeatable)', (file) =>
      add({ type: 'send-file', file }),
    )
    .option('--receive <count>', 'receive COUNT messages (repeatable)', (value) =>
      add({ type: 'receive', count: wholeNumber('--receive', value, 1, 1e9) }),
    )
    .option('--send-close', 'send exit to the peer')
    .on('option:send-close', () => add({ type: 'send-close' }));
  return steps;
}

/** Those whose bytes are sent, stdin included. */
export const sentFiles = (steps: readonly Step[]): readonly string[] =>
  steps.flatMap((step) => (step.type === 'send-file' ? [step.file] : []));

/**
 * Throws what is wrong with a step, as far as it shows before the channel is open. `capacity`: the most bytes of a
 * message.
 */
export async function checkSteps(steps: readonly Step[], capacity: number): Promise<void> {
  const files = sentFiles(steps);
  if (files.filter(isStdin).length > 1) throw new UsageError('--send-file: stdin can be read only once.');
  for (const file of files) await checkMessageFile(file, capacity);
}

/** The steps with their text as bytes. Throws {@link UsageError} naming the first character that the encoding lacks. */
export function encodedSteps(steps: readonly WrittenStep[], encoding: Encoding): Step[] {
  return steps.map((step) => (step.type === 'send-text' ? { type: 'send', bytes: encode(step.text, encoding) } : step));
}

function encode(text: string, encoding: Encoding): Uint8Array {
  const encoded = codecOf(encoding).encode(text);
  if (encoded.ok) return encoded.bytes;
  const { at, length } = encoded;
  const character = text.slice(at, at + length);
  const what = character.isWellFormed() ? `has no "${character}"` : 'has no half of a surrogate pair';
  throw new UsageError(
    `--send: ${encoding} ${what}, which is character ${[...text.slice(0, at)].length + 1} of the text.`,
  );
}

/** Throws {@link UsageError} naming the first position that isn't hex. */
function bytesOf(text: string): Uint8Array {
  const parsed = parseHex(text);
  if (parsed.ok) return parsed.bytes;
  throw new UsageError(`--send-hex: ${parsed.message}`);
}

/** The number's unit, and a word that the option accepts too. */
interface Meaning {
  readonly unit?: 'ms' | 'bytes';
  readonly or?: string;
}

export function wholeNumber(
  option: string,
  value: string,
  min: number,
  max: number,
  { unit, or }: Meaning = {},
): number {
  const n = Number(value);
  if (/^\d+$/.test(value) && n >= min && n <= max) return n;
  const range = `a whole number ${unit ? `of ${unit} ` : ''}from ${min} to ${max}${or ? `, or ${or}` : ''}`;
  throw new UsageError(`${option} takes ${range}, not "${value}".`);
}
