import { StringDecoder } from 'node:string_decoder';
import type { OutputLine, OutputPage, OutputQuery } from '../../shared/peers.ts';
import { hasFolded } from '../../shared/text/fold.ts';

/** The most that is kept of a program's output: characters, and lines, which take some memory themselves. */
const MAX_CHARACTERS = 1024 * 1024;
const MAX_LINES = 20_000;
/** A longer line is split into several. */
const MAX_LINE = 4096;

type Stream = OutputLine['stream'];

/** The tail of a program's output, in lines: it doesn't grow with what the program writes. */
export class OutputLog {
  /** A ring: line number n is at n % {@link MAX_LINES}. */
  readonly #lines: OutputLine[] = [];
  readonly #open: Record<Stream, Unfinished> = { stdout: new Unfinished(), stderr: new Unfinished() };
  #first = 0;
  #end = 0;
  #characters = 0;

  /** Lines so far, including those no longer kept. */
  get end(): number {
    return this.#end;
  }

  add(stream: Stream, bytes: Uint8Array): void {
    for (const text of this.#open[stream].add(bytes)) this.#push({ number: this.#end, stream, text });
  }

  /** An unfinished last line counts as a line too. */
  finish(stream: Stream): void {
    const text = this.#open[stream].finish();
    if (text !== '') this.#push({ number: this.#end, stream, text });
  }

  read({ from, limit, search = '' }: Pick<OutputQuery, 'from' | 'limit' | 'search'>): OutputPage {
    const lines: OutputLine[] = [];
    for (let number = Math.max(from, this.#first); number < this.#end && lines.length < limit; number++) {
      const line = this.#lines[number % MAX_LINES] as OutputLine;
      if (hasFolded(line.text, search)) lines.push(line);
    }
    return { lines, first: this.#first, end: this.#end };
  }

  #push(line: OutputLine): void {
    while (this.#end - this.#first >= MAX_LINES || this.#characters + line.text.length > MAX_CHARACTERS) this.#drop();
    this.#lines[line.number % MAX_LINES] = line;
    this.#characters += line.text.length;
    this.#end++;
  }

  #drop(): void {
    const at = this.#first % MAX_LINES;
    const dropped = this.#lines[at] as OutputLine;
    this.#characters -= dropped.text.length;
    this.#lines[at] = { ...dropped, text: '' };
    this.#first++;
  }
}

/** The line that hasn't ended yet. */
class Unfinished {
  readonly #decoder = new StringDecoder('utf8');
  #text = '';

  /** The lines that end with these bytes, and full pieces of one that doesn't. */
  add(bytes: Uint8Array): string[] {
    const lines = (this.#text + this.#decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))).split(
      '\n',
    );
    const rest = cut(lines.pop() ?? '');
    this.#text = rest.pop() ?? '';
    return [...lines.flatMap((line) => cut(line.endsWith('\r') ? line.slice(0, -1) : line)), ...rest];
  }

  finish(): string {
    const text = this.#text + this.#decoder.end();
    this.#text = '';
    return text;
  }
}

function cut(line: string): string[] {
  if (line.length <= MAX_LINE) return [line];
  return Array.from({ length: Math.ceil(line.length / MAX_LINE) }, (_, i) =>
    line.slice(i * MAX_LINE, (i + 1) * MAX_LINE),
  );
}
