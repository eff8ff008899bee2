import { useEffect, useRef, useState } from 'react';
import type { Api } from '../../../shared/api.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { OutputLine } from '../../../shared/peers.ts';
import { useApi } from '../../host/api-context.ts';
import { usePeer } from '../../host/host-store.ts';

const PAGE = 1000;

export interface Output {
  readonly lines: readonly OutputLine[];
  /** This many earlier ones are no longer kept. */
  readonly dropped: number;
  readonly failure: Failure | null;
}

const NOTHING: Output = { lines: [], dropped: 0, failure: null };

/** A program's output as far as it is still kept, or its lines with `search`; grows as it writes. */
export function useOutput(id: number, search: string): Output {
  const api = useApi();
  const written = usePeer(id, ({ lines }) => lines);
  const [output, setOutput] = useState(NOTHING);
  const reader = useRef<Reader>(null);
  useEffect(() => {
    const mine = new Reader(api, id, search, setOutput);
    reader.current = mine;
    return () => mine.close();
  }, [api, id, search]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever was written since is to be read
  useEffect(() => void reader.current?.read(), [written, id, search]);
  return output;
}

/** Fetches page after page, and each line once. */
class Reader {
  readonly #api: Api;
  readonly #query: { readonly peer: number; readonly limit: number; readonly search?: string };
  readonly #tell: (output: Output) => void;
  #lines: readonly OutputLine[] = [];
  #next = 0;
  #asking = false;
  #again = false;
  #closed = false;

  constructor(api: Api, peer: number, search: string, tell: (output: Output) => void) {
    this.#api = api;
    this.#query = { peer, limit: PAGE, ...(search !== '' && { search }) };
    this.#tell = tell;
  }

  close(): void {
    this.#closed = true;
  }

  async read(): Promise<void> {
    this.#again = true;
    if (this.#asking) return;
    this.#asking = true;
    while (this.#again && !this.#closed) await this.#readPage();
    this.#asking = false;
  }

  async #readPage(): Promise<void> {
    this.#again = false;
    const result = await this.#api.peerOutput({ ...this.#query, from: this.#next });
    if (this.#closed) return;
    if (!result.ok) return this.#tell({ lines: this.#lines, dropped: 0, failure: result.failure });
    const { lines, first, end } = result.value;
    const isFull = lines.length === PAGE;
    this.#next = isFull ? (lines.at(-1)?.number ?? end) + 1 : end;
    this.#again ||= isFull;
    this.#lines = [...this.#lines.filter(({ number }) => number >= first), ...lines];
    this.#tell({ lines: this.#lines, dropped: first, failure: null });
  }
}
