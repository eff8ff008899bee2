import uPlot from 'uplot';
import type { Role } from '../../shared/domain.ts';
import type { Timeline, TimelineLane } from '../../shared/timeline.ts';
import type { Span } from './range.ts';

/** Pixels: a lane, the space around it, and the time axis. */
const LANE = 7;
const LANE_GAP = 4;
const LANES = 2 * (LANE + LANE_GAP) + LANE_GAP;
const AXIS = 18;
/** Room for the words "rate", "S→C", "C→S". */
const LEFT = 44;
/** A slot that held an unread message for more of a bucket than this is shown as waiting. */
const WAITING = 0.5;

export interface PlotEvents {
  /** The bucket under the pointer, null when it left. */
  readonly onHover: (bucket: number | null) => void;
  readonly onClick: (bucket: number) => void;
  readonly onSelect: (span: Span) => void;
  readonly onWheel: (at: number, factor: number) => void;
}

interface Paint {
  readonly bars: string;
  readonly read: string;
  readonly waiting: string;
  readonly empty: string;
  readonly bad: string;
  readonly timeout: string;
  readonly dim: string;
  readonly font: string;
}

/** The rate as bars, both slots as lanes below, anomalies and errors as lines through all of it. */
export class TimelinePlot {
  readonly #plot: uPlot;
  readonly #role: Role;
  #timeline: Timeline | null = null;
  #paint: Paint;

  constructor(
    parent: HTMLElement,
    size: { width: number; height: number },
    role: Role,
    events: PlotEvents,
    clock: (marks: readonly number[]) => string[],
  ) {
    this.#role = role;
    this.#paint = paintOf(parent);
    this.#plot = new uPlot(this.#options(size, events, clock), [[], []], parent);
    this.#plot.over.addEventListener('wheel', (event) => this.#wheel(event, events), { passive: false });
    this.#plot.over.addEventListener('mouseleave', () => events.onHover(null));
  }

  show(timeline: Timeline, span: Span): void {
    this.#timeline = timeline;
    const { fromMono, width, in: incoming, out } = timeline;
    const xs = incoming.messages.map((_, i) => fromMono + (i + 0.5) * width);
    const perSecond = incoming.messages.map((n, i) => ((n + (out.messages[i] ?? 0)) * 1_000_000) / width);
    this.#plot.batch(() => {
      this.#plot.setData([xs, perSecond], false);
      this.#plot.setScale('x', { min: span.from, max: span.to });
      this.#plot.setScale('y', yScale(Math.max(1, ...perSecond) * 1.05, this.#plot.over.clientHeight));
    });
  }

  resize(size: { width: number; height: number }): void {
    this.#plot.setSize(size);
  }

  /** Takes the theme's colours anew. */
  repaint(): void {
    this.#paint = paintOf(this.#plot.root.parentElement ?? this.#plot.root);
    this.#plot.redraw(false, true);
  }

  destroy(): void {
    this.#plot.destroy();
  }

  #options(
    size: { width: number; height: number },
    events: PlotEvents,
    clock: (marks: readonly number[]) => string[],
  ): uPlot.Options {
    const axis = {
      stroke: () => this.#paint.dim,
      font: this.#paint.font,
      grid: { show: false },
      ticks: { show: false },
    };
    return {
      ...size,
      padding: [2, 0, 0, LEFT],
      legend: { show: false },
      scales: { x: { time: false, auto: false }, y: { auto: false } },
      axes: [
        {
          ...axis,
          size: AXIS,
          space: 90,
          values: (plot, marks) => clock(marks).map((mark, i) => (fits(plot, marks[i]) ? mark : '')),
        },
        { ...axis, show: false },
      ],
      series: [
        {},
        {
          fill: () => this.#paint.bars,
          width: 0,
          points: { show: false },
          paths: uPlot.paths.bars?.({ size: [0.8, 40], gap: 1 }) ?? (() => null),
        },
      ],
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false, dist: 5 } },
      hooks: {
        draw: [(plot) => this.#drawOver(plot)],
        setCursor: [(plot) => events.onHover(plot.cursor.idx ?? null)],
        setSelect: [(plot) => select(plot, events)],
        ready: [(plot) => onClick(plot, events)],
      },
    };
  }

  #drawOver(plot: uPlot): void {
    const timeline = this.#timeline;
    if (!timeline) return;
    const { ctx, bbox } = plot;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.font = scaled(this.#paint.font, ratio);
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    ctx.fillStyle = this.#paint.dim;
    ctx.fillText('rate', 0, bbox.top + (bbox.height - LANES * ratio) / 2);
    const first = bbox.top + bbox.height - LANES * ratio;
    const lanes: [string, TimelineLane][] = [
      ['S→C', this.#role === 'server' ? timeline.out : timeline.in],
      ['C→S', this.#role === 'server' ? timeline.in : timeline.out],
    ];
    lanes.forEach(([name, lane], i) => {
      const top = first + (LANE_GAP + i * (LANE + LANE_GAP)) * ratio;
      ctx.fillStyle = this.#paint.dim;
      ctx.fillText(name, 0, top + (LANE * ratio) / 2);
      this.#drawLane(plot, timeline, lane, top, LANE * ratio);
    });
    this.#drawMoments(plot, timeline, first);
    ctx.restore();
  }

  #drawLane(plot: uPlot, { fromMono, width }: Timeline, lane: TimelineLane, top: number, height: number): void {
    const { ctx, bbox } = plot;
    ctx.fillStyle = this.#paint.empty;
    ctx.fillRect(bbox.left, top, bbox.width, height);
    lane.unread.forEach((unread, i) => {
      if (!lane.messages[i] && !unread) return;
      const left = Math.max(bbox.left, plot.valToPos(fromMono + i * width, 'x', true));
      const right = Math.min(bbox.left + bbox.width, plot.valToPos(fromMono + (i + 1) * width, 'x', true));
      ctx.fillStyle = unread > width * WAITING ? this.#paint.waiting : this.#paint.read;
      ctx.fillRect(left, top, Math.max(1, right - left), height);
    });
  }

  /** Timeouts tick at the bars' foot; anomalies and errors go through everything. */
  #drawMoments(plot: uPlot, timeline: Timeline, foot: number): void {
    const { ctx, bbox } = plot;
    const { fromMono, width, timeouts, anomalies, errors } = timeline;
    const ratio = devicePixelRatio;
    timeouts.forEach((count, i) => {
      const bad = (anomalies[i] ?? 0) + (errors[i] ?? 0) > 0;
      if (!count && !bad) return;
      const x = plot.valToPos(fromMono + (i + 0.5) * width, 'x', true);
      if (x < bbox.left || x > bbox.left + bbox.width) return;
      ctx.fillStyle = bad ? this.#paint.bad : this.#paint.timeout;
      if (bad) ctx.fillRect(x, bbox.top, ratio, bbox.height);
      else ctx.fillRect(x - ratio, foot - 4 * ratio, 2 * ratio, 4 * ratio);
    });
  }

  #wheel(event: WheelEvent, events: PlotEvents): void {
    event.preventDefault();
    const at = this.#plot.posToVal(event.offsetX, 'x');
    events.onWheel(at, event.deltaY > 0 ? 1.4 : 1 / 1.4);
  }
}

/** px that half a mark of the time axis takes. */
const HALF_MARK = 30;

/** A mark is centred under its place: at the right edge it would be cut off. */
function fits(plot: uPlot, at = 0): boolean {
  return plot.valToPos(at, 'x') <= plot.over.clientWidth - HALF_MARK;
}

/** Bars stand on zero; below it there is room for the lanes, so that a selection covers both. */
function yScale(max: number, height: number): { min: number; max: number } {
  return { min: (-max * LANES) / Math.max(1, height - LANES), max };
}

function select(plot: uPlot, { onSelect }: PlotEvents): void {
  const { left, width } = plot.select;
  if (width < 5) return;
  onSelect({ from: Math.round(plot.posToVal(left, 'x')), to: Math.round(plot.posToVal(left + width, 'x')) });
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
}

function onClick(plot: uPlot, events: PlotEvents): void {
  let downAt = 0;
  plot.over.addEventListener('mousedown', (event) => {
    downAt = event.clientX;
  });
  plot.over.addEventListener('mouseup', (event) => {
    const bucket = plot.cursor.idx;
    if (Math.abs(event.clientX - downAt) < 5 && bucket !== null && bucket !== undefined) events.onClick(bucket);
  });
}

function paintOf(element: Element): Paint {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    bars: colour('--timeline-bar'),
    read: colour('--timeline-read'),
    waiting: colour('--timeline-waiting'),
    empty: colour('--track'),
    bad: colour('--bad'),
    timeout: colour('--warn'),
    dim: colour('--dim'),
    font: `11px ${colour('--sans')}`,
  };
}

const scaled = (font: string, ratio: number) => font.replace(/^\d+/, (size) => String(Number(size) * ratio));
