import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EXIT, type ExitStatus } from './exit-status.ts';
import { checkOutput, type OutputOptions } from './output-target.ts';
import { interruption } from './run-session.ts';

/** Characters collected for one write. */
const WRITE_CHARS = 64 * 1024;

type Piece = string | Uint8Array;

export interface Output {
  readonly isStdout: boolean;
  /** Aborts when the user ends it. */
  readonly signal: AbortSignal;
  /** Opens the output once the first piece is there: a failing request creates no file. A piece is taken at once. */
  readonly write: (pieces: AsyncIterable<Piece> | Iterable<Piece>) => Promise<void>;
}

/**
 * Lets `work` write to where the user wants it, which is none of the `inputs`. If the user ends it, what was written so
 * far stays, and stderr says so.
 */
export async function pourTo(
  to: OutputOptions,
  inputs: readonly string[],
  work: (output: Output) => Promise<void>,
): Promise<ExitStatus> {
  const { isStdout, open, failure } = await checkOutput(to, inputs);
  const { signal, dispose } = interruption();
  const write: Output['write'] = async (pieces) => {
    const gathered = gather(pieces);
    const first = await gathered.next();
    const out = await open(signal);
    let lost: Error | undefined;
    out.once('error', (error) => {
      lost = error;
    });
    const all = async function* () {
      if (!first.done) yield first.value;
      yield* gathered;
    };
    await pipeline(Readable.from(all()), out, { end: !isStdout, signal }).catch((error: Error) => {
      throw error === lost ? failure(error) : error;
    });
  };
  try {
    await work({ isStdout, signal, write });
    return EXIT.done;
  } catch (error) {
    if (!signal.aborted) throw error;
    process.stderr.write('shmscope: stopped; the output is incomplete.\n');
    return EXIT.error;
  } finally {
    dispose();
  }
}

/** Many short pieces as a few long ones; bytes as they are. */
async function* gather(pieces: AsyncIterable<Piece> | Iterable<Piece>): AsyncGenerator<Piece> {
  let text = '';
  for await (const piece of pieces) {
    if (typeof piece === 'string') text += piece;
    if (text.length >= WRITE_CHARS || (typeof piece !== 'string' && text !== '')) {
      yield text;
      text = '';
    }
    if (typeof piece !== 'string') yield piece;
  }
  if (text !== '') yield text;
}
