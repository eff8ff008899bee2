import type { Layout } from '../../../shared/domain.ts';
import { ShmscopeError } from '../../../shared/failure.ts';
import type { ReadableSection } from '../../kernel/kernel.ts';
import type { Geometry } from '../layout.ts';
import { claimedGeometry, recogniseLayout } from '../recognise.ts';

const HEADER_BYTES = 24;
/** If the header doesn't change, the buffers may: they are weighed again this often, in ms. */
const AGAIN_MS = 250;

/** Finds out where a section's slots are, as soon as its bytes tell. */
export class LayoutSearch {
  readonly #section: ReadableSection;
  readonly #name: string;
  readonly #layout: Layout | 'auto';
  readonly #header = Buffer.alloc(HEADER_BYTES);
  readonly #seen = Buffer.alloc(HEADER_BYTES);
  #weighedAt = Number.NEGATIVE_INFINITY;
  #problem: ShmscopeError | null = null;

  constructor(section: ReadableSection, name: string, layout: Layout | 'auto') {
    this.#section = section;
    this.#name = name;
    this.#layout = layout;
  }

  /** Why it is unknown; null before the first look, and once it is known. */
  get problem(): ShmscopeError | null {
    return this.#problem;
  }

  look(now: number): Geometry | null {
    this.#section.read(0, this.#header);
    if (this.#header.equals(this.#seen) && now - this.#weighedAt < AGAIN_MS) return null;
    this.#header.copy(this.#seen);
    this.#weighedAt = now;
    try {
      const found = this.#find();
      this.#problem = null;
      return found;
    } catch (error) {
      if (!(error instanceof ShmscopeError)) throw error;
      this.#problem = error;
      return null;
    }
  }

  #find(): Geometry {
    return this.#layout === 'auto'
      ? recogniseLayout(this.#section, this.#name)
      : claimedGeometry(this.#layout, this.#section, this.#name);
  }
}
