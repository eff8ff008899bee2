import { ShmscopeError } from '../../shared/failure.ts';
import type { LensView } from '../../shared/lens.ts';
import { LayoutWatch } from '../channel/lens/layout-watch.ts';
import { lensView } from '../channel/lens/lens.ts';
import { LensSample } from '../channel/lens/sample.ts';
import { channelFailure, openFailure } from '../channel/open-failure.ts';
import type { Kernel, WatchedSection } from '../kernel/kernel.ts';

/** ms between two looks at a channel that somebody asks about: a message may disappear with its reply. */
const LOOK_MS = 10;
/** Nobody asks any more, in ms. */
const FORGET_MS = 3000;

interface Lens {
  readonly section: WatchedSection;
  readonly watch: LayoutWatch;
  askedAt: number;
}

/** Channels by name, looked at through the lens for as long as somebody asks. */
export class Lenses {
  readonly #kernel: Kernel;
  readonly #lenses = new Map<string, Lens>();
  #timer: NodeJS.Timeout | undefined;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Throws {@link ShmscopeError} if there is no such section or it can't be read, `channel-lost` once it is gone. */
  view(name: string): LensView {
    const known = this.#lenses.get(name);
    const lens = known ?? this.#open(name);
    lens.askedAt = performance.now();
    try {
      lens.section.check();
      // What nobody else holds would only live on because of us.
      if (known && !lens.section.isHeldByOthers()) throw gone(name);
      lens.watch.look(performance.now());
      const { bytes } = new LensSample(lens.section);
      return lensView(bytes, lens.section.extent, lens.watch.verdict ?? undefined);
    } catch (error) {
      this.#close(name);
      throw channelFailure(error);
    }
  }

  close(): void {
    for (const name of [...this.#lenses.keys()]) this.#close(name);
  }

  #open(name: string): Lens {
    try {
      const section = this.#kernel.openSection(name, 'read');
      const lens = { section, watch: new LayoutWatch(section), askedAt: 0 };
      this.#lenses.set(name, lens);
      this.#timer ??= setInterval(() => this.#lookAtAll(), LOOK_MS);
      return lens;
    } catch (error) {
      throw openFailure(error, 'section');
    }
  }

  #lookAtAll(): void {
    const now = performance.now();
    for (const [name, { watch, askedAt }] of this.#lenses) {
      try {
        if (now - askedAt > FORGET_MS) this.#close(name);
        else watch.look(now);
      } catch {
        // Whoever asks next is told why.
        this.#close(name);
      }
    }
  }

  #close(name: string): void {
    this.#lenses.get(name)?.section.close();
    this.#lenses.delete(name);
    if (this.#lenses.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

const gone = (name: string) =>
  new ShmscopeError('channel-lost', `The programs that used the channel "${name}" have closed it.`);
