import type { Layout, Role } from '../../shared/domain.ts';
import type { LensVerdict, LensView } from '../../shared/lens.ts';
import { LayoutWatch } from '../channel/lens/layout-watch.ts';
import { lensView } from '../channel/lens/lens.ts';
import { LensSample } from '../channel/lens/sample.ts';
import type { ReadableSection } from '../kernel/kernel.ts';
import type { Recorder } from './recorder.ts';

/** A side of the channel that is ours, and the layout that it was opened with. */
interface OurSide {
  readonly role: Role;
  readonly layout: Layout;
}

/** Watches the layouts of a channel on its session's thread, and reports when the two sides don't match. */
export class SessionLens {
  readonly #section: ReadableSection;
  readonly #ours: OurSide | null;
  readonly #watch: LayoutWatch;
  readonly #recorder: Recorder;

  /** `ours`: null for a session that only looks. */
  constructor(section: ReadableSection, ours: OurSide | null, recorder: Recorder) {
    this.#section = section;
    this.#ours = ours;
    this.#watch = new LayoutWatch(section, ours ? { [ours.role]: ours.layout } : {});
    this.#recorder = recorder;
  }

  /** Both layouts are known: a look finds nothing new until a server starts over. */
  get isDone(): boolean {
    return this.#watch.isDone;
  }

  /** Another look at the same bytes would tell nothing new. */
  get isSettled(): boolean {
    return this.#watch.isSettled;
  }

  /** A sentence saying that both sides were seen using different layouts. */
  get mismatch(): string | null {
    const { verdict } = this.#watch;
    return verdict?.outcome === 'mismatch' ? verdict.sentence : null;
  }

  /** Call it now and then, and after each message until {@link isDone}: before anything is sent. */
  look(): void {
    const mismatch = this.#watch.look(performance.now());
    if (!mismatch) return;
    const { sentence, proof } = this.#with(mismatch);
    const detail = [sentence, ...proof.map(({ text }) => text)].join(' ');
    this.#recorder.add({ kind: 'anomaly', code: 'layout-mismatch', detail });
  }

  view(): LensView {
    const { verdict } = this.#watch;
    const { bytes } = new LensSample(this.#section);
    return lensView(bytes, this.#section.extent, verdict ? this.#with(verdict) : undefined);
  }

  /** With what to do about a mismatch here. */
  #with(verdict: LensVerdict): LensVerdict {
    const ours = this.#ours;
    if (!ours || verdict.outcome !== 'mismatch') return verdict;
    const peer = ours.role === 'server' ? 'client' : 'server';
    const [layout, ...others] = verdict.layouts[peer];
    if (layout === undefined || others.length > 0) return verdict;
    const way = `Or open this session with layout "${layout}", to talk with this ${peer}.`;
    return { ...verdict, sentence: `${verdict.sentence} ${way}` };
  }
}
