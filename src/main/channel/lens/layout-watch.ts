import { FLAG, type Layout, type Role } from '../../../shared/domain.ts';
import type { LensVerdict } from '../../../shared/lens.ts';
import type { ReadableSection } from '../../kernel/kernel.ts';
import { SectionBytes } from '../section-bytes.ts';
import { alwaysAgainst, type Fit, fitOf, HEADER, HOLDS } from './fit.ts';
import { LensSample } from './sample.ts';
import { judge, pairsOf } from './verdict.ts';
import type { Pair } from './writes.ts';

/** ms between looks for a caller that looks at full speed. */
const LOOK_MS = 0.5;
/** The slots are looked at this rarely at most, in ms: the header tells most, and is cheap. */
const PACE_MS = 20;
/** While somebody writes all the time, this often at most: copying the slots takes longer than a message. */
const RETRY_MS = 5;
/** And this rarely while the header doesn't change: two messages of one length can look alike in it. */
const RECHECK_MS = 100;
/** A pair that hasn't fitted for this long, in ms, while nobody was seen writing, is excluded. */
const SETTLED_MS = 30;

/**
 * Tracks which layouts a channel's two sides use. A message often overwrites the evidence of the one before, so what
 * was once excluded stays excluded until a server writes a fresh header. Done when both sides are known: from then on
 * it only looks at the header.
 */
export class LayoutWatch {
  readonly #section: ReadableSection;
  readonly #known: Partial<Record<Role, Layout>>;
  #header = new Uint8Array(HEADER.to);
  #next = new Uint8Array(HEADER.to);
  #sample: LensSample | null = null;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #sampledAt = Number.NEGATIVE_INFINITY;
  #isSettled = false;
  readonly #excluded = new Map<string, Fit>();
  /** Pairs that don't fit, and since when, in ms. */
  readonly #doubts = new Map<string, number>();
  #verdict: LensVerdict | null = null;
  #told = '';

  /** `known`: the layout of our own side. */
  constructor(section: ReadableSection, known: Partial<Record<Role, Layout>> = {}) {
    this.#section = section;
    this.#known = known;
  }

  /** What all looks together say; null before the first. */
  get verdict(): LensVerdict | null {
    return this.#verdict;
  }

  /** Further looks at the same bytes would tell nothing new: nobody is writing right now. */
  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** Both sides' layouts are known. */
  get isDone(): boolean {
    const verdict = this.#isSettled ? this.#verdict : null;
    return verdict?.certainty === 'certain' && ['same', 'mismatch'].includes(verdict.outcome);
  }

  /** Looks, at `now` in ms; cheap while nothing changes. Returns the verdict if it is a new mismatch. */
  look(now: number): LensVerdict | null {
    if (this.#section.extent < HEADER.to || now - this.#lookedAt < LOOK_MS) return null;
    this.#lookedAt = now;
    this.#section.read(0, this.#next);
    if (!this.#verdict || Buffer.compare(this.#next, this.#header) !== 0) this.#headerChanged();
    const pace = this.#isSettled ? RECHECK_MS : PACE_MS;
    if (this.isDone || now - this.#sampledAt < pace) return null;
    const sample = new LensSample(this.#section);
    const isKnown = this.#isSettled && this.#sample?.equals(sample);
    // Somebody is writing right now: the next look will see what.
    if (!isKnown && !sample.equals(new LensSample(this.#section))) {
      this.#sampledAt = now - pace + RETRY_MS;
      return null;
    }
    this.#sampledAt = now;
    this.#sample = sample;
    if (!isKnown) this.#weigh(sample.bytes, now);
    return this.#news();
  }

  /** What the header excludes by itself is excluded at once. */
  #headerChanged(): void {
    const [bytes, before] = [this.#next, this.#header].map((one) => new SectionBytes({ from: 0, bytes: one }));
    [this.#header, this.#next] = [this.#next, this.#header];
    if (!bytes || !before) return;
    const { extent } = this.#section;
    const wasDone = this.isDone;
    this.#isSettled = false;
    const isRefuted = (pair: Pair) => this.#isLeft(pair) && alwaysAgainst(pair, bytes, extent) !== null;
    const pairs = pairsOf(bytes, this.#known);
    if (isFresh(before, bytes) || (wasDone && pairs.some(isRefuted))) this.#forget();
    else if (wasDone) this.#isSettled = true;
    if (this.isDone) return;
    for (const pair of pairs) {
      const why = alwaysAgainst(pair, bytes, extent);
      if (why) this.#excluded.set(keyOf(pair), { fits: false, holds: 'always', of: null, why });
    }
  }

  #isLeft(pair: Pair): boolean {
    return !this.#excluded.has(keyOf(pair));
  }

  #forget(): void {
    this.#excluded.clear();
    this.#doubts.clear();
    this.#verdict = null;
    this.#isSettled = false;
    this.#told = '';
  }

  #weigh(bytes: SectionBytes, now: number): void {
    const { extent } = this.#section;
    const found = pairsOf(bytes, this.#known).map((pair) => ({ pair, fit: fitOf(pair, bytes, extent) }));
    // A server has started over unseen.
    if (found.some(({ fit }) => fit.fits) && found.every(({ pair, fit }) => !fit.fits || !this.#isLeft(pair)))
      this.#forget();
    const fits = found.map(({ pair, fit }) => ({ pair, fit: this.#weighed(pair, fit, now) }));
    this.#isSettled = this.#doubts.size === 0;
    this.#verdict = judge(fits, bytes);
  }

  /** What to make of a pair that fits now or doesn't, given everything that was seen. */
  #weighed(pair: Pair, fit: Fit, now: number): Fit {
    const key = keyOf(pair);
    const excluded = this.#excluded.get(key);
    const since = this.#doubts.get(key) ?? now;
    // Also of one that the header has excluded meanwhile: a doubt that stays would keep the watch from settling.
    this.#doubts.delete(key);
    if (excluded) return stronger(excluded, fit);
    if (fit.fits) return fit;
    if (fit.holds === 'always' || now - since >= SETTLED_MS) this.#excluded.set(key, fit);
    else this.#doubts.set(key, since);
    return this.#doubts.has(key) ? UNSETTLED : fit;
  }

  #news(): LensVerdict | null {
    const verdict = this.#isSettled ? this.#verdict : null;
    if (verdict?.outcome !== 'mismatch') return null;
    const told = JSON.stringify(verdict.layouts);
    if (told === this.#told) return null;
    this.#told = told;
    return verdict;
  }
}

/** Nobody ever stores 0 in a flag again: a server has started over. The same if its buffers have another size. */
function isFresh(before: SectionBytes, now: SectionBytes): boolean {
  const isZeroed = (at: number) => before.u32(at) !== 0 && now.u32(at) === 0;
  const [was, is] = [before.u32(0), now.u32(0)];
  return isZeroed(0) || isZeroed(4) || (was !== is && was !== 0 && Math.max(was, is) > FLAG.exit);
}

/** Somebody may be writing right now. */
const UNSETTLED: Fit = { fits: true, orders: [] };
const keyOf = ({ server, client }: Pair) => `${server.layout} ${client.layout}`;

/** Why a pair is excluded: for what is seen now, unless what was seen earlier is stronger. */
function stronger(earlier: Fit, now: Fit): Fit {
  if (earlier.fits) return now;
  if (!now.fits && HOLDS.indexOf(now.holds) <= HOLDS.indexOf(earlier.holds)) return now;
  return { ...earlier, why: { ...earlier.why, text: `Seen earlier: ${earlier.why.text}` } };
}
