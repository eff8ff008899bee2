import type { Step } from '../../../shared/scenario/model.ts';
import type { StepFailure, StepProgress } from '../../../shared/scenario/report.ts';

/** The results of the steps so far; changes are reported together. */
export class StepResults {
  readonly #all = new Map<string, { -readonly [K in keyof StepProgress]: StepProgress[K] }>();
  readonly #changed = new Set<string>();

  begin({ path }: Step): void {
    const result = this.#of(path);
    result.state = 'running';
    result.startedAt = performance.timeOrigin + performance.now();
    this.#changed.add(path);
  }

  end({ path }: Step, state: 'passed' | 'failed' | 'skipped', seq: number | null, failure: StepFailure | null): void {
    const result = this.#of(path);
    result.state = state;
    if (state !== 'skipped') result.runs += 1;
    if (seq !== null) result.seq = seq;
    result.failure = failure;
    result.tookMs += performance.timeOrigin + performance.now() - (result.startedAt ?? 0);
    this.#changed.add(path);
  }

  /** Changes since the last call. */
  takeChanged(): StepProgress[] {
    const changed = [...this.#changed].map((path) => ({ ...this.#of(path) }));
    this.#changed.clear();
    return changed;
  }

  #of(path: string) {
    const known = this.#all.get(path);
    if (known) return known;
    const fresh = { path, state: 'pending' as const, runs: 0, seq: null, startedAt: null, tookMs: 0, failure: null };
    this.#all.set(path, fresh);
    return fresh;
  }
}
