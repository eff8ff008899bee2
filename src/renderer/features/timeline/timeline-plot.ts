import uPlot from 'uplot';
import type { Timeline } from '../../../shared/timeline.ts';
import { drawLanes, LANES_HEIGHT } from './lanes.ts';
import { type Buffers, type Measure, type Measured, measured } from './measures.ts';
import { type Paint, paintOf } from './paint.ts';
import type { Span } from './range.ts';

/** Pixels: above the bars, the time axis, and the axis of the bars. */
const ABOVE = 8;
const AXIS = 18;
const LEFT = 60;
/** Bars of at least this height have a mark at their middle too. */
const ROOM_FOR_MIDDLE = 36;

export interface PlotEvents {
  /** The bucket under the pointer, null when it left. */
  readonly onHover: (bucket: number | null) => void;
  readonly onClick: (bucket: number) => void;
  readonly onSelect: (span: Span) => void;
  readonly onWheel: (at: number, factor: number) => void;
}

/** A measure as bars, both slots as lanes below, anomalies and errors as lines through all of it. */
export class TimelinePlot {
  readonly #plot: uPlot;
  #timeline: Timeline | null = null;
  #measured: Measured | null = null;
  /** px of the bars and the lanes. */
  #height: number;
  #paint: Paint;

  constructor(
    parent: HTMLElement,
    size: { width: number; height: number },
    events: PlotEvents,
    clock: (marks: readonly number[]) => string[],
  ) {
    this.#height = inner(size.height);
    this.#paint = paintOf(parent);
    this.#plot = new uPlot(this.#options(size, events, clock), [[], [], []], parent);
    this.#plot.over.addEventListener('wheel', (event) => this.#wheel(event, events), { passive: false });
    this.#plot.over.addEventListener('mouseleave', () => events.onHover(null));
  }

  show(timeline: Timeline, span: Span, measure: Measure, buffers: Buffers): void {
    const { fromMono, width } = timeline;
    const shown = measured(measure, timeline, buffers);
    this.#timeline = timeline;
    this.#measured = shown;
    const xs = timeline.timeouts.map((_, i) => fromMono + (i + 0.5) * width);
    const [bars = [], others = []] = shown.bars;
    this.#plot.batch(() => {
      this.#plot.setData([xs, [...bars], [...others]], false);
      this.#plot.setScale('x', { min: span.from, max: span.to });
      this.#plot.setScale('y', yScale(shown.top, this.#height));
    });
  }

  resize(size: { width: number; height: number }): void {
    this.#height = inner(size.height);
    this.#plot.batch(() => {
      this.#plot.setSize(size);
      if (this.#measured) this.#plot.setScale('y', yScale(this.#measured.top, this.#height));
    });
  }

  /** Takes the theme's colours anew. */
  repaint(): void {
    this.#paint = paintOf(this.#plot.root.parentElement ?? this.#plot.root);
    this.#plot.redraw(true, true);
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
      padding: [ABOVE, 0, 0, 0],
      legend: { show: false },
      scales: { x: { time: false, auto: false }, y: { auto: false } },
      axes: [
        {
          ...axis,
          size: AXIS,
          space: 90,
          values: (plot, marks) => clock(marks).map((mark, i) => (fits(plot, marks[i]) ? mark : '')),
        },
        {
          ...axis,
          size: LEFT,
          gap: 6,
          grid: { stroke: () => this.#paint.line, width: 1 },
          splits: () => this.#marks(),
          values: (_plot, marks) => marks.map((mark) => (mark === 0 ? '0' : (this.#measured?.say(mark) ?? ''))),
        },
      ],
      series: [{}, this.#bars(0), this.#bars(1)],
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false, dist: 5 } },
      hooks: {
        draw: [(plot) => this.#drawOver(plot)],
        setCursor: [(plot) => events.onHover(plot.cursor.idx ?? null)],
        setSelect: [(plot) => select(plot, events)],
        ready: [(plot) => onClick(plot, events)],
      },
    };
  }

  /** The row `of` of the measure; where there are two, they stand side by side. */
  #bars(of: 0 | 1): uPlot.Series {
    const paths = (align: -1 | 0 | 1, share: number) =>
      uPlot.paths.bars?.({ size: [share, 40], align, gap: align === 0 ? 1 : 0 });
    const [alone, beside] = [paths(0, 0.8), paths(of === 0 ? -1 : 1, 0.4)];
    return {
      fill: () => (this.#isPaired ? [this.#paint.s2c, this.#paint.c2s][of] : this.#paint.bars) ?? '',
      width: 0,
      points: { show: false },
      paths: (...given) => (this.#isPaired ? beside : alone)?.(...given) ?? null,
    };
  }

  get #isPaired(): boolean {
    return this.#measured?.bars.length === 2;
  }

  #marks(): number[] {
    const top = this.#measured?.top ?? 0;
    return this.#height - LANES_HEIGHT < ROOM_FOR_MIDDLE ? [0, top] : [0, top / 2, top];
  }

  #drawOver(plot: uPlot): void {
    if (!this.#timeline || !this.#measured) return;
    drawLines(plot, this.#measured.lines, [this.#paint.s2c, this.#paint.c2s]);
    drawLanes(plot, this.#timeline, this.#paint);
  }

  #wheel(event: WheelEvent, events: PlotEvents): void {
    event.preventDefault();
    const at = this.#plot.posToVal(event.offsetX, 'x');
    events.onWheel(at, event.deltaY > 0 ? 1.4 : 1 / 1.4);
  }
}

const inner = (height: number): number => height - ABOVE - AXIS;

/** px that half a mark of the time axis takes. */
const HALF_MARK = 30;

/** A mark is centred under its place: at the right edge it would be cut off. */
function fits(plot: uPlot, at = 0): boolean {
  return plot.valToPos(at, 'x') <= plot.bbox.width / devicePixelRatio - HALF_MARK;
}

/** Bars stand on zero; below it there is room for the lanes, so that a selection covers both. */
function yScale(max: number, height: number): { min: number; max: number } {
  return { min: (-max * LANES_HEIGHT) / Math.max(1, height - LANES_HEIGHT), max };
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

/** Dashed across all of the time; none at zero. */
function drawLines({ ctx, bbox, valToPos }: uPlot, lines: readonly number[], colours: readonly string[]): void {
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  for (const [i, value] of lines.entries()) {
    if (value === 0) continue;
    const y = Math.round(valToPos(value, 'y', true)) + 0.5;
    ctx.strokeStyle = colours[i] ?? '';
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
}
