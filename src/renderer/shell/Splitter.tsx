import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import './splitter.css';

interface Props {
  /** Names the remembered place, and the handle for assistive tech. */
  readonly name: string;
  readonly label: string;
  /** `row`: side by side. */
  readonly direction: 'row' | 'column';
  /** Share of the first pane, 0 to 1, until it is moved. */
  readonly initial: number;
  /** Least size of either pane in px. */
  readonly least: number;
  readonly first: ReactNode;
  readonly second: ReactNode;
}

const STEP = 0.02;
const key = (name: string) => `shmscope.split.${name}`;

function remembered(name: string, initial: number): number {
  const share = Number(localStorage.getItem(key(name)));
  return share > 0 && share < 1 ? share : initial;
}

/** Two panes and a handle between them, by pointer and by arrow keys; a double click or Enter puts it back. The place is remembered. */
export function Splitter({ name, label, direction, initial, least, first, second }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [share, setShare] = useState(() => remembered(name, initial));

  const put = (wanted: number) => {
    const rect = box.current?.getBoundingClientRect();
    const size = rect ? (direction === 'row' ? rect.width : rect.height) : 0;
    const margin = size > 0 ? Math.min(0.5, least / size) : 0;
    const next = Math.min(1 - margin, Math.max(margin, wanted));
    localStorage.setItem(key(name), String(next));
    setShare(next);
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    const rect = box.current?.getBoundingClientRect();
    if (!rect || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    put(direction === 'row' ? (event.clientX - rect.left) / rect.width : (event.clientY - rect.top) / rect.height);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') return put(initial);
    const back = direction === 'row' ? 'ArrowLeft' : 'ArrowUp';
    const on = direction === 'row' ? 'ArrowRight' : 'ArrowDown';
    if (event.key !== back && event.key !== on) return;
    event.preventDefault();
    put(share + (event.key === on ? STEP : -STEP));
  };

  // Hundreds of fr: where one pane is at its least, a lone factor below 1 would not fill the rest.
  const tracks = `minmax(${least}px, ${share * 100}fr) 0 minmax(${least}px, ${(1 - share) * 100}fr)`;
  return (
    <div
      ref={box}
      className={`splitter by-${direction}`}
      style={direction === 'row' ? { gridTemplateColumns: tracks } : { gridTemplateRows: tracks }}
    >
      <div className="splitter-pane">{first}</div>
      {/* biome-ignore lint/a11y/useSemanticElements: a splitter that can be moved is no hr */}
      <div
        className="splitter-handle"
        role="separator"
        tabIndex={0}
        aria-label={label}
        aria-orientation={direction === 'row' ? 'vertical' : 'horizontal'}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onDoubleClick={() => put(initial)}
        onKeyDown={onKeyDown}
      />
      <div className="splitter-pane">{second}</div>
    </div>
  );
}
