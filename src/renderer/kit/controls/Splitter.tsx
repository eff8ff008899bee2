import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import * as v from 'valibot';
import { type Preference, preference } from '../../host/storage/preference.ts';
import { isCommandHeld } from '../commands/keys.ts';
import './splitter.css';

type SplitName = 'log' | 'log-narrow' | 'foot' | 'foot-narrow' | 'lab';

interface Props {
  /** Under which its position is remembered. */
  readonly name: SplitName;
  /** Names the handle for assistive technology. */
  readonly label: string;
  /** `row`: side by side. */
  readonly direction: 'row' | 'column';
  /** Share of the first pane, 0 to 1, until it is moved. */
  readonly initial: number;
  /** Minimum size of either pane in px. */
  readonly least: number;
  readonly first: ReactNode;
  readonly second: ReactNode;
}

const STEP = 0.02;

/** Share of the first pane; null until it is moved. */
const place = (name: SplitName) =>
  preference<number | null>(`split.${name}`, v.pipe(v.number(), v.gtValue(0), v.ltValue(1)), null);
const PLACES: Readonly<Record<SplitName, Preference<number | null>>> = {
  log: place('log'),
  'log-narrow': place('log-narrow'),
  foot: place('foot'),
  'foot-narrow': place('foot-narrow'),
  lab: place('lab'),
};

/**
 * Two panes and a handle between them, moved with the pointer or arrow keys; a double click or Enter resets it. The
 * position is remembered.
 */
export function Splitter({ name, label, direction, initial, least, first, second }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const share = PLACES[name]() ?? initial;

  const put = (wanted: number) => {
    const rect = box.current?.getBoundingClientRect();
    const size = rect ? (direction === 'row' ? rect.width : rect.height) : 0;
    const margin = size > 0 ? Math.min(0.5, least / size) : 0;
    const next = Math.min(1 - margin, Math.max(margin, wanted));
    PLACES[name].setState(next);
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    const rect = box.current?.getBoundingClientRect();
    if (!rect || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    put(direction === 'row' ? (event.clientX - rect.left) / rect.width : (event.clientY - rect.top) / rect.height);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isCommandHeld(event)) return;
    if (event.key === 'Enter') return put(initial);
    const back = direction === 'row' ? 'ArrowLeft' : 'ArrowUp';
    const on = direction === 'row' ? 'ArrowRight' : 'ArrowDown';
    if (event.key !== back && event.key !== on) return;
    event.preventDefault();
    put(share + (event.key === on ? STEP : -STEP));
  };

  // Hundreds of fr: if one pane is at its minimum, a single factor below 1 wouldn't fill the rest.
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
