import { useEffect, useMemo, useRef } from 'react';
import 'uplot/dist/uPlot.min.css';
import type { Timeline } from '../../../shared/timeline.ts';
import { useChannel } from '../../host/host-store.ts';
import { useTheme } from '../../kit/theme/theme-store.ts';
import { useMedia } from '../../kit/theme/use-media.ts';
import { useLogViews, zoneOf } from '../../view/view-store.ts';
import type { Buffers } from './measures.ts';
import { zoomed } from './range.ts';
import { TimelinePlot } from './timeline-plot.ts';
import { showSpan, useTimelineViews } from './timeline-store.ts';
import type { TimelineView } from './use-timeline.ts';
import { wallAt } from './wall.ts';
import { clockMarks, timelineWords } from './words.ts';

interface Props {
  readonly session: number;
  /** Shows a record in the log. */
  readonly onJump: (seq: number) => void;
  readonly openedAt: number;
  readonly view: TimelineView | null;
  readonly setHovered: (bucket: number | null) => void;
  readonly setWidth: (width: number) => void;
}

/** The canvas. Its handlers see the newest view through a ref, so that the plot is made once. */
export function Plot({ session, openedAt, view, onJump, setHovered, setWidth }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<TimelinePlot | null>(null);
  const zone = useLogViews(zoneOf);
  const latest = useRef({ view, onJump, zone });
  latest.current = { view, onJump, zone };
  const theme = useTheme((state) => state.theme);
  const forced = useMedia('(forced-colors: active)');
  const measure = useTimelineViews((state) => state.measure);
  const buffers = useBuffers(session);

  useEffect(() => {
    const parent = frame.current;
    if (!parent) return;
    const size = () => ({ width: parent.clientWidth, height: parent.clientHeight });
    const made = new TimelinePlot(
      parent,
      size(),
      {
        onHover: setHovered,
        onClick: (bucket) => jump(latest.current.view?.timeline, bucket, latest.current.onJump),
        onSelect: (span) => showSpan(session, span),
        onWheel: (at, factor) => {
          const current = latest.current.view;
          if (current) showSpan(session, zoomed(current.span, current.whole, at, factor));
        },
      },
      (marks) => {
        const { view: current, zone: shown } = latest.current;
        const clock = { openedAt, clock: current?.timeline.clock ?? [] };
        return clockMarks(marks, (mono) => wallAt(clock, mono), shown);
      },
    );
    plot.current = made;
    const observer = new ResizeObserver(() => {
      made.resize(size());
      setWidth(parent.clientWidth);
    });
    observer.observe(parent);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, [session, openedAt, setHovered, setWidth]);

  useEffect(() => {
    if (view) plot.current?.show(view.timeline, view.span, measure, buffers);
  }, [view, measure, buffers]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read from the page
  useEffect(() => plot.current?.repaint(), [theme, forced, zone]);

  return (
    <div
      className="timeline-plot"
      ref={frame}
      role="img"
      aria-label={view ? timelineWords(view.timeline, { openedAt, zone }) : 'Timeline'}
    />
  );
}

function useBuffers(session: number): Buffers {
  const {
    capacity = 0,
    s2c = 0,
    c2s = 0,
  } = useChannel(session, (s) => ({
    capacity: s.capacity,
    s2c: s.slots.s2c.highWater,
    c2s: s.slots.c2s.highWater,
  })) ?? {};
  return useMemo(() => ({ capacity, highWater: { s2c, c2s } }), [capacity, s2c, c2s]);
}

/** The first record of the bucket, or of the next one that has any. */
export function jump(timeline: Timeline | undefined, bucket: number, onJump: (seq: number) => void): void {
  const seq = timeline?.firstSeq.slice(bucket).find((first) => first >= 0);
  if (seq !== undefined) onJump(seq);
}
