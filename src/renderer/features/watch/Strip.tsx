import { useEffect, useRef, useState } from 'react';
import { LANES, type Lane } from '../../../shared/domain.ts';
import { isOnChannel } from '../../../shared/session.ts';
import { useHost, useLive } from '../../host/host-store.ts';
import { useTheme } from '../../kit/theme/theme-store.ts';
import { useMedia } from '../../kit/theme/use-media.ts';
import { paintOf } from '../timeline/paint.ts';
import { drawStrip, type StripView, scaleOf } from './strip-plot.ts';
import { momentAt, type Strips } from './use-strips.ts';
import { showCross, useWatch } from './watch-store.ts';
import { momentWords, stripWords } from './words.ts';

interface Props {
  readonly id: number;
  readonly strips: Strips | null;
  /** Shows the session at a moment, in µs since it began. */
  readonly open: (mono: number) => void;
}

/** A session's traffic over the time that all strips share. */
export function Strip({ id, strips, open }: Props) {
  const view = useView(id, strips);
  const moment = (event: React.MouseEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return (event.clientX - left) / width;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: by keyboard the list's own arrows and Enter do the same
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div
      className="watch-strip"
      onMouseMove={(event) => showCross(moment(event))}
      onMouseLeave={() => showCross(null)}
      onClick={(event) => view && open(momentAt(view, moment(event)))}
    >
      <StripCanvas view={view} />
      <Readout view={view} />
    </div>
  );
}

/** What the strip shows, on the session's own time; null if it is empty. */
function useView(id: number, strips: Strips | null): StripView | null {
  const life = useLive(id, (s) => ({
    began: s.began,
    lasted: s.lasted,
    s2c: isOnChannel(s) ? s.slots.s2c.unreadSince : null,
    c2s: isOnChannel(s) ? s.slots.c2s.unreadSince : null,
  }));
  const timeline = strips?.timelines.get(id);
  if (!strips || !life || !timeline) return null;
  const { began, lasted: ended, s2c, c2s } = life;
  return { timeline, from: strips.from - began, to: strips.to - began, ended, unreadSince: { s2c, c2s } };
}

function StripCanvas({ view }: { view: StripView | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const theme = useTheme((state) => state.theme);
  const forced = useMedia('(forced-colors: active)');

  useEffect(() => {
    const parent = canvas.current?.parentElement;
    if (!parent) return;
    const observer = new ResizeObserver(() => setSize({ width: parent.clientWidth, height: parent.clientHeight }));
    observer.observe(parent);
    return () => observer.disconnect();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read from the page
  useEffect(() => {
    const element = canvas.current;
    const ctx = element?.getContext('2d');
    if (!element || !ctx) return;
    const ratio = devicePixelRatio;
    element.width = Math.round(size.width * ratio);
    element.height = Math.round(size.height * ratio);
    ctx.scale(ratio, ratio);
    if (view) drawStrip(ctx, size, view, paintOf(element));
  }, [view, size, theme, forced]);

  return (
    <canvas ref={canvas} role="img" aria-label={stripWords(view?.timeline)}>
      {null}
    </canvas>
  );
}

/** What is under the crosshair; without one, what the strip's height means. */
function Readout({ view }: { view: StripView | null }) {
  const cross = useWatch((state) => state.cross);
  const lost = useHost((state) => state.connection !== 'connected');
  if (!view || lost) return null;
  const { timeline } = view;
  if (cross === null)
    return <span className="watch-scale number">{scaleWords(scaleOf(timeline), timeline.width)}</span>;
  const moment = momentAt(view, cross);
  const bucket = Math.floor((moment - timeline.fromMono) / timeline.width);
  const isThere = bucket >= 0 && bucket < timeline.timeouts.length;
  return (
    <span className="watch-readout number" data-side={cross > 0.5 ? 'left' : 'right'}>
      {isThere ? momentWords(timeline, bucket, standingAt(view, moment)) : 'not open'}
    </span>
  );
}

/** The lanes with an unread message that no record reports yet. */
const standingAt = ({ unreadSince }: StripView, moment: number): readonly Lane[] =>
  LANES.filter((lane) => (unreadSince[lane] ?? Number.POSITIVE_INFINITY) <= moment);

/** Messages per second that fill a lane's half. */
function scaleWords(messages: number, width: number): string {
  const rate = (messages * 1_000_000) / width;
  return `${rate >= 10 ? Math.round(rate) : Number(rate.toPrecision(2))}/s`;
}
