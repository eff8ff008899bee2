import type { Anomaly, Lane } from '../../shared/domain.ts';

/** ms until an anomaly that goes on gets its second record; further ones follow once every {@link STEADY_MS}. */
const FIRST_GAP_MS = 100;
const STEADY_MS = 1000;

export interface Repeated {
  readonly code: Anomaly;
  readonly lane: Lane;
  readonly detail: string;
}

/** One kind of anomaly in one lane. */
interface Series {
  last: Repeated;
  /** Occurrences that no record reports yet. */
  pending: number;
  reportedAt: number;
  gapMs: number;
}

/**
 * Decides which anomalies get a record of their own: the first of a series does; those that follow are counted and
 * reported together, more and more rarely, so that none of them can flood the log. No occurrence is lost: {@link take}
 * with `all` returns the rest.
 */
export class Repeats {
  readonly #series = new Map<string, Series>();
  #pending = 0;

  /** Counts one more. Returns whether it gets a record of its own at once. */
  add(anomaly: Repeated): boolean {
    const now = performance.now();
    const key = `${anomaly.code} ${anomaly.lane}`;
    const series = this.#series.get(key);
    if (!series || (series.pending === 0 && now - series.reportedAt >= series.gapMs)) {
      this.#series.set(key, { last: anomaly, pending: 0, reportedAt: now, gapMs: FIRST_GAP_MS });
      return true;
    }
    series.last = anomaly;
    series.pending++;
    this.#pending++;
    return false;
  }

  /** ms until {@link take} has something; Infinity while nothing is pending. */
  dueIn(): number {
    if (this.#pending === 0) return Number.POSITIVE_INFINITY;
    const now = performance.now();
    let due = Number.POSITIVE_INFINITY;
    for (const { pending, reportedAt, gapMs } of this.#series.values()) {
      if (pending > 0) due = Math.min(due, Math.max(0, reportedAt + gapMs - now));
    }
    return due;
  }

  /**
   * What should be reported now, with its count. `before`: a record of another kind is about to be written, and what
   * happened before it should precede it; that is granted as often as the shortest gap allows. `all`: whatever is
   * pending.
   */
  take(what: 'due' | 'before' | 'all'): readonly (Repeated & { readonly count: number })[] {
    if (this.#pending === 0) return NONE;
    const now = performance.now();
    const taken: (Repeated & { readonly count: number })[] = [];
    for (const series of this.#series.values()) {
      const gapMs = what === 'all' ? 0 : what === 'before' ? FIRST_GAP_MS : series.gapMs;
      if (series.pending === 0 || now - series.reportedAt < gapMs) continue;
      taken.push({ ...series.last, count: series.pending });
      this.#pending -= series.pending;
      Object.assign(series, { pending: 0, reportedAt: now, gapMs: STEADY_MS });
    }
    return taken;
  }
}

const NONE = [] as const;
