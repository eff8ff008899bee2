import { type Failure, failureToError, type Result, toFailure } from './failure.ts';

/** Calls that wait for their answer, by id: shared by the clients of hosts and threads. */
export class PendingCalls {
  readonly #waiting = new Map<number, (result: Result<unknown>) => void>();
  #lastId: number;

  constructor(lastId = 0) {
    this.#lastId = lastId;
  }

  /** Posts a call under an id of its own; if it can't be posted, the call fails with that. */
  begin(post: (id: number) => void): Promise<Result<unknown>> {
    return new Promise((resolve) => {
      const id = ++this.#lastId;
      this.#waiting.set(id, resolve);
      try {
        post(id);
      } catch (error) {
        this.settle(id, { ok: false, failure: toFailure(error) });
      }
    });
  }

  /** Like {@link begin}; rejects with the failure as a ShmscopeError. */
  async call(post: (id: number) => void): Promise<unknown> {
    const result = await this.begin(post);
    if (result.ok) return result.value;
    throw failureToError(result.failure);
  }

  /** An answer that nobody waits for is ignored. */
  settle(id: number, result: Result<unknown>): void {
    const settle = this.#waiting.get(id);
    this.#waiting.delete(id);
    settle?.(result);
  }

  /** Ends every pending call. */
  failAll(failure: Failure): void {
    for (const id of [...this.#waiting.keys()]) this.settle(id, { ok: false, failure });
  }
}
