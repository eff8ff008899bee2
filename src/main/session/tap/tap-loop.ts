import { LANES, type Lane } from '../../../shared/domain.ts';
import { ShmscopeError, toFailure } from '../../../shared/failure.ts';
import type { StepProgram } from '../../../shared/scenario/program.ts';
import type { SlotSnapshot, TapMode, TapSnapshot } from '../../../shared/session.ts';
import type { Geometry } from '../../channel/layout.ts';
import { type Spot, Tap } from '../../channel/tap/tap.ts';
import type { OpenedChannel } from '../../channel/tap/tapped-channel.ts';
import type { Kernel, KernelEvent } from '../../kernel/kernel.ts';
import { idleTap } from '../live.ts';
import type { SessionParts } from '../parts.ts';
import type { Command, Live } from '../protocol.ts';
import { SessionLens } from '../session-lens.ts';
import { SlotWatch } from '../slot-watch.ts';
import { isStillHeld } from '../still-held.ts';
import { changedMode, located, opened, unlocated } from './sentences.ts';
import { TapLog } from './tap-log.ts';
import { TapPace } from './tap-pace.ts';

/** ms between messages to the main thread, and between checks whether the ends still hold the channel, at least. */
const SNAPSHOT_MS = 33;
/** When quiet: on Windows a section that nobody else holds lives on until we let go of it. */
const QUIET_HELD_MS = { kernel32: 100, posix: 1000 } as const;
/** ms between attempts to open events that weren't there. */
const EVENTS_MS = 500;
/** ms between checks for commands in a loop that doesn't wait for its wake. */
const COMMANDS_MS = 1;
/** At full speed this many looks are taken between two turns of everything else: a few hundred microseconds. */
const LOOKS_AT_ONCE = 64;
/** How long a header must be wrong before it is reported, in ms: its server may just be starting. */
const SETTLE_MS = 500;

/** Why a loop ends: it was told to; both ends have let go of the channel. */
export type TapEnd = 'close' | 'abandoned';

type Ports = Pick<SessionParts, 'wake' | 'inbox' | 'post' | 'recorder' | 'steps' | 'rest'>;

/** A tap of one open channel at work: looks, records, takes commands, until it is closed. Blocks its thread. */
export class TapLoop {
  readonly #kernel: Kernel;
  readonly #ports: Ports;
  readonly #wakeOnly: readonly KernelEvent[];
  readonly #channel: OpenedChannel;
  readonly #log: TapLog;
  readonly #tap: Tap;
  readonly #lens: SessionLens;
  readonly #pace: TapPace;
  readonly #onLeases: () => void;
  #watches: Record<Lane, SlotWatch> | null = null;
  #sampled = { s2c: false, c2s: false };
  #isOpen = false;
  #end: TapEnd | null = null;
  #snapshotAt = Number.NEGATIVE_INFINITY;
  #eventsAt = Number.NEGATIVE_INFINITY;
  #commandsAt = Number.NEGATIVE_INFINITY;
  #reported = '';
  /** What was reported since it became quiet; null while it isn't. */
  #quiet: string | null = null;
  /** Why the layout is unknown, since when, and whether that was reported. */
  #problem: { code: string; since: number; isTold: boolean } | null = null;
  /** Since when the capture hasn't kept up, so that the tap doesn't look; null while it does. */
  #awaySince: number | null = null;

  /** `onLeases` is called when the channel gains or loses an event. */
  constructor(
    kernel: Kernel,
    channel: OpenedChannel,
    options: { section: string; layout: Geometry['layout'] | 'auto'; mode: TapMode },
    ports: Ports,
    onLeases: () => void,
  ) {
    this.#kernel = kernel;
    this.#ports = ports;
    this.#wakeOnly = [ports.wake];
    this.#channel = channel;
    this.#onLeases = onLeases;
    this.#pace = new TapPace(options.mode);
    this.#lens = new SessionLens(channel.section, null, ports.recorder);
    this.#log = new TapLog(ports.recorder, {
      message: (lane, length) => this.#watches?.[lane].passed(length),
      located: (geometry) => this.#located(geometry),
    });
    this.#tap = new Tap(channel, { name: options.section, layout: options.layout }, this.#log);
  }

  /** Runs until a close command, or until both ends are gone. `waitedMs`: how long the channel was waited for. */
  run(waitedMs: number | null): TapEnd {
    this.#open(waitedMs);
    while (!this.#end) {
      const hasChanged = this.#look();
      this.#ports.steps?.step();
      const now = performance.now();
      this.#tellIfDue(now);
      if (this.#ports.recorder.dueIn() <= 0) this.#ports.recorder.flush();
      this.#wait(now, hasChanged);
    }
    this.#tap.end();
    return this.#end;
  }

  get mode(): TapMode {
    return this.#pace.mode;
  }

  /** In which lanes messages may have passed without a trace since it was opened. */
  get sampled(): TapSnapshot['sampled'] {
    for (const lane of LANES) if (this.#tap.lanes?.[lane].isSampled) this.#sampled[lane] = true;
    return { ...this.#sampled };
  }

  get live(): Live<TapSnapshot> {
    const { recorder } = this.#ports;
    const geometry = this.#tap.geometry;
    const idle = idleTap({ mode: this.#pace.mode });
    return {
      ...idle,
      layout: geometry?.layout ?? null,
      capacity: geometry?.capacity ?? 0,
      slots: this.#slots() ?? idle.slots,
      problem: this.#lens.mismatch ?? this.#unlocated,
      signalled: this.#tap.signalled,
      rights: this.#channel.rights,
      sampled: this.sampled,
      abandoned: this.#end === 'abandoned',
      counts: recorder.tally.counts,
      rate: recorder.tally.rate,
      records: recorder.count,
    };
  }

  /** The first look reports what was there before, so the record that opens the log must precede it. */
  #open(waitedMs: number | null): void {
    const { recorder, post } = this.#ports;
    const { section, problems, rights } = this.#channel;
    const add = (geometry: Geometry | null) => {
      this.#isOpen = true;
      recorder.add({
        kind: 'opened',
        detail: opened({ mode: this.mode, geometry, extent: section.extent, waitedMs, rights, problems }),
      });
    };
    this.#onFirstLocated = add;
    this.#tap.look();
    if (!this.#isOpen) add(null);
    post({ type: 'opened', live: this.live });
    this.#takeCommands();
  }

  #onFirstLocated: (geometry: Geometry) => void = () => {};

  #located(geometry: Geometry): void {
    this.#watches = null;
    this.#problem = null;
    if (this.#isOpen) this.#ports.recorder.add({ kind: 'notice', detail: located(geometry) });
    else this.#onFirstLocated(geometry);
  }

  #look(): boolean {
    const { recorder } = this.#ports;
    if (recorder.stalled) {
      this.#awaySince ??= performance.now();
      return false;
    }
    if (this.#awaySince !== null) this.#isBack(performance.now() - this.#awaySince);
    if (!this.#pace.isQuiet) this.#ports.rest.end();
    try {
      const spots = this.#mayRest ? this.#tap.spots : null;
      const hasChanged = this.#pace.mode === 'full' ? this.#lookRepeatedly() : this.#tap.look();
      if (hasChanged && !this.#lens.isDone) this.#lens.look();
      if (spots && !hasChanged) this.#rest(spots);
      return hasChanged;
    } catch (error) {
      // Once both ends have let go of it, it may disappear at any moment.
      if (this.#channel.section.isHeldByOthers()) throw error;
      this.#end = 'abandoned';
      return false;
    }
  }

  /** Messages may be large: it stops as soon as too much is on its way to the capture. */
  #lookRepeatedly(): boolean {
    const { recorder } = this.#ports;
    let hasChanged = false;
    for (let looks = 0; looks < LOOKS_AT_ONCE && !recorder.stalled; looks++) if (this.#tap.look()) hasChanged = true;
    return hasChanged;
  }

  /** Not while bytes have yet to prove to be a message. */
  get #mayRest(): boolean {
    return this.#pace.isQuiet && !this.#ports.rest.isResting && !this.#tap.isPassing;
  }

  /** Only if nothing has changed since `spots` were copied. */
  #rest(spots: readonly Spot[]): void {
    const { rest, post } = this.#ports;
    post({ type: 'rests', outlook: { ticket: rest.begin(), view: this.#channel.section.lease, spots } });
  }

  #isBack(ms: number): void {
    this.#awaySince = null;
    this.#sampled = { s2c: true, c2s: true };
    const detail = `The capture fell behind, so the tap did not look for ${Math.round(ms).toLocaleString('en-US')} ms: messages in that time were not seen.`;
    this.#ports.recorder.add({ kind: 'notice', detail });
  }

  #wait(now: number, hasChanged: boolean): void {
    const { recorder, steps } = this.#ports;
    const ms = recorder.stalled ? SNAPSHOT_MS : this.#restOr(this.#pace.next(now, hasChanged, this.#tap.isPassing));
    if (ms === 0 && now - this.#commandsAt < COMMANDS_MS) return;
    this.#commandsAt = now;
    if (this.#isWoken(Math.min(ms, recorder.dueIn(), steps?.dueIn() ?? ms))) this.#takeCommands();
  }

  /**
   * Whether there may be a command, as there always may after a short pause: checking for one is faster than a wait.
   */
  #isWoken(ms: number): boolean {
    if (ms > COMMANDS_MS) return this.#kernel.waitAny(this.#wakeOnly, ms) === 0;
    if (ms > 0) this.#kernel.pause(ms);
    return true;
  }

  #restOr(ms: number): number {
    return this.#ports.rest.isResting ? QUIET_HELD_MS[this.#kernel.platform] : ms;
  }

  #tellIfDue(now: number): void {
    const { isQuiet } = this.#pace;
    if (now < this.#snapshotAt + (isQuiet ? QUIET_HELD_MS[this.#kernel.platform] : SNAPSHOT_MS)) return;
    this.#snapshotAt = now;
    const progress = this.#ports.steps?.takeProgress() ?? [];
    if (progress.length > 0) this.#ports.post({ type: 'steps', progress });
    this.#lookAtChannel(now);
    this.#tellProblem(now);
    if (!this.#isNews(isQuiet)) return;
    const live = this.live;
    const reported = JSON.stringify(live);
    if (reported === this.#reported) return;
    this.#reported = reported;
    this.#ports.post({ type: 'snapshot', live });
  }

  /** Whether there may be something to report: when quiet only the events and the log can change. */
  #isNews(isQuiet: boolean): boolean {
    const { s2c, c2s } = this.#tap.signalled;
    const quiet = isQuiet && this.#end === null ? `${s2c} ${c2s} ${this.#ports.recorder.count}` : null;
    const isNews = quiet === null || quiet !== this.#quiet;
    this.#quiet = quiet;
    return isNews;
  }

  #lookLast(): void {
    try {
      this.#tap.lookLast();
    } catch {
      // Once both ends have let go of it, it may disappear at any moment.
    }
  }

  /** Checks that the ends still hold the channel; throws if it was taken from them. */
  #lookAtChannel(now: number): void {
    if (!isStillHeld(this.#channel.section)) {
      this.#lookLast();
      this.#end = 'abandoned';
      return;
    }
    // If nothing has changed for long, it has seen everything there is.
    if (!this.#pace.isQuiet || !this.#lens.isSettled) this.#lens.look();
    if (now < this.#eventsAt + EVENTS_MS) return;
    this.#eventsAt = now;
    this.#channel.checkEvents(this.#onLeases);
    if (this.#channel.openEvents()) this.#onLeases();
  }

  /** Why the slots aren't found, once it is more than a step of a starting server. */
  #tellProblem(now: number): void {
    const { problem } = this.#tap;
    if (!problem) return;
    const { recorder } = this.#ports;
    if (this.#problem?.code !== problem.code) this.#problem = { code: problem.code, since: now, isTold: false };
    if (this.#problem.isTold || now - this.#problem.since < SETTLE_MS) return;
    this.#problem.isTold = true;
    const detail = unlocated(problem.message);
    if (problem.code === 'section-too-small') recorder.anomaly({ code: problem.code, lane: 's2c', detail });
    else recorder.add({ kind: 'notice', detail });
  }

  get #unlocated(): string | null {
    const { problem } = this.#tap;
    return problem && this.#problem?.isTold ? unlocated(problem.message) : null;
  }

  #slots(): Readonly<Record<Lane, SlotSnapshot>> | null {
    const lanes = this.#tap.lanes;
    if (!lanes) return null;
    const now = this.#ports.recorder.now();
    this.#watches ??= { s2c: new SlotWatch(lanes.s2c.slot), c2s: new SlotWatch(lanes.c2s.slot) };
    for (const lane of LANES) this.#watches[lane].look(now);
    return { s2c: this.#watches.s2c.snapshot, c2s: this.#watches.c2s.snapshot };
  }

  #perform(id: number, program: StepProgram): void {
    const { post, steps } = this.#ports;
    const fail = (error: unknown) => post({ type: 'reply', id, result: { ok: false, failure: toFailure(error) } });
    try {
      if (!steps) throw ofNone();
      steps.perform(program, (value) => post({ type: 'reply', id, result: { ok: true, value } }), fail);
    } catch (error) {
      fail(error);
    }
  }

  #takeCommands(): void {
    while (this.#end !== 'close') {
      const command = this.#ports.inbox.take();
      if (!command) return;
      this.#execute(command);
    }
  }

  #execute(command: Command): void {
    const { post, recorder } = this.#ports;
    switch (command.type) {
      case 'close':
        this.#end = 'close';
        break;
      case 'setTapMode':
        if (command.mode !== this.mode) recorder.add({ kind: 'notice', detail: changedMode(command.mode) });
        this.#pace.mode = command.mode;
        this.#snapshotAt = Number.NEGATIVE_INFINITY;
        this.#quiet = null;
        post({ type: 'reply', id: command.id, result: { ok: true, value: undefined } });
        break;
      case 'lens':
        post({ type: 'reply', id: command.id, result: { ok: true, value: this.#lens.view() } });
        break;
      case 'note':
        recorder.add({ kind: 'notice', detail: command.detail });
        post({ type: 'reply', id: command.id, result: { ok: true, value: undefined } });
        break;
      case 'crosstalk':
        recorder.add({ kind: 'anomaly', code: 'event-crosstalk', detail: command.detail });
        post({ type: 'reply', id: command.id, result: { ok: true, value: undefined } });
        break;
      case 'perform':
        this.#perform(command.id, command.program);
        break;
      case 'stopPerforming':
        this.#ports.steps?.stop();
        post({ type: 'reply', id: command.id, result: { ok: true, value: undefined } });
        break;
      default:
        post({ type: 'reply', id: command.id, result: { ok: false, failure: toFailure(onlyLooks()) } });
    }
  }
}

const ofNone = () => new ShmscopeError('invalid-argument', 'The session is of no scenario.');
const onlyLooks = () => new ShmscopeError('invalid-argument', 'A tap only looks: it neither sends nor receives.');
