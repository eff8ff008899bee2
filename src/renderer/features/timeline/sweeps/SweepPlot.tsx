import { useEffect, useMemo, useRef, useState } from 'react';
import { LANES } from '../../../../shared/domain.ts';
import { LANE_VIEW_WORDS } from '../../../../shared/session-kind.ts';
import type { Sweeps } from '../../../../shared/sweeps.ts';
import { formatSize } from '../../../kit/format/bytes.ts';
import { formatSpan } from '../../../kit/format/time.ts';
import { useWidth } from '../../../kit/virtual/use-width.ts';
import { sayNumber } from '../tracks/field-number.ts';
import { usePaint } from '../use-paint.ts';
import { drawSweeps, frameOf, MARGIN, marksOf, xOf, yOf } from './draw-sweeps.ts';
import { momentWords, sweepWords } from './sweep-words.ts';

const HEIGHT = 240;
/** Share of the sweep that counts as about a moment. */
const ABOUT = 0.01;
const MARKS = [0, 0.25, 0.5, 0.75, 1];

interface Props {
  readonly sweeps: Sweeps;
  /** µs. */
  readonly length: number;
  readonly isField: boolean;
}

/** Sweeps on top of each other, on the time since each began. */
export function SweepPlot({ sweeps, length, isField }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [at, setAt] = useState<number | null>(null);
  const paint = usePaint();
  const frame = useMemo(
    () => frameOf(sweeps, { width, height: HEIGHT, length, isLog: !isField }),
    [sweeps, length, width, isField],
  );
  const say = isField ? sayNumber : formatSize;

  useWidth(box, setWidth);
  useEffect(() => {
    const element = canvas.current;
    const ctx = element?.getContext('2d');
    if (!element || !ctx || width === 0) return;
    const ratio = devicePixelRatio;
    Object.assign(element, { width: Math.round(width * ratio), height: Math.round(HEIGHT * ratio) });
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawSweeps(ctx, frame, sweeps, paint);
  }, [frame, sweeps, paint, width]);

  const hover = (clientX: number) => {
    const left = (box.current?.getBoundingClientRect().left ?? 0) + MARGIN.left;
    const share = (clientX - left) / Math.max(1, width - MARGIN.left - MARGIN.right);
    setAt(share >= 0 && share <= 1 ? share * length : null);
  };
  return (
    <div
      ref={box}
      className="sweep-plot number"
      style={{ height: HEIGHT }}
      onPointerMove={(event) => hover(event.clientX)}
      onPointerLeave={() => setAt(null)}
    >
      <canvas ref={canvas} role="img" aria-label={`Sweeps: ${sweepWords(sweeps)}`} style={{ width, height: HEIGHT }}>
        {null}
      </canvas>
      {marksOf(frame).map((value) => (
        <span key={value} className="sweep-y" style={{ top: yOf(frame, value) }}>
          {say(value)}
        </span>
      ))}
      {MARKS.map((share) => (
        <span key={share} className="sweep-x" style={{ left: xOf(frame, share * length) }}>
          {formatSpan(share * length)}
        </span>
      ))}
      <p className="sweep-keys" aria-hidden="true">
        {LANES.map((lane) => (
          <b key={lane} className={lane}>
            {LANE_VIEW_WORDS[lane]}
          </b>
        ))}
      </p>
      {at !== null && <div className="sweep-cross" style={{ left: xOf(frame, at) }} />}
      <p className="sweep-words">{at === null ? sweepWords(sweeps) : momentWords(sweeps, at, length * ABOUT)}</p>
    </div>
  );
}
