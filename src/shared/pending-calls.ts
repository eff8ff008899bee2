import { type Failure, failureToError, type Result, toFailure } from './failure.ts';

/** Calls that wait for their answer, by id: what the clients of a host and of threads have in common. */
export class PendingCalls {
  readonly #waiting = new Map<number, (result: Result<unknown>) => void>();
  #lastId: number;

  constructor(lastId = 0) {
    this.#lastId = lastId;
  }

  /** Posts a call under an id of its own; one that can't be posted ends with that as its failure. */
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

  /** As {@link begin}; rejects with the failure as a ShmscopeError. */
  async call(post: (id: number) => void): Promise<unknown> {
    const result = await this.begin(post);
    if (result.ok) return result.value;
    throw failureToError(result.failure);
  }

  /** An answer that nobody waits for is left alone. */
  settle(id: number, result: Result<unknown>): void {
    const settle = this.#waiting.get(id);
    this.#waiting.delete(id);
    settle?.(result);
  }

  /** Ends every call that still waits. */
  failAll(failure: Failure): void {
    for (const id of [...this.#waiting.keys()]) this.settle(id, { ok: false, failure });
  }
}
