import { Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { isCommandHeld } from '../../kit/commands/keys.ts';
import { LEAST_HEIGHT, MOST_HEIGHT, moveTrack, resizeTrack, toggleTrack, useTracks } from './track-store.ts';
import type { AxisMark, Track } from './tracks/track.ts';

interface Props {
  readonly track: Track;
  readonly height: number;
  readonly marks: readonly AxisMark[];
  readonly isOwn: boolean;
}

/** px that a tick of the axis needs. */
const MARK = 14;

/** The track's name, which is a menu; its axis; and the edge for resizing it. */
export function TrackHead({ track, height, marks, isOwn }: Props) {
  const room = Math.max(2, Math.floor(height / MARK));
  const shown = marks.length > room ? marks.filter(({ at }) => at === 0 || at === 1) : marks;
  return (
    <div className="track-head">
      {isOwn ? <TrackMenu track={track} height={height} /> : <span className="track-name">{track.label}</span>}
      <span className="track-axis number" aria-hidden="true">
        {shown.map((mark) => (
          <i key={mark.at} style={{ bottom: bottomOf(mark) }}>
            {mark.text}
          </i>
        ))}
      </span>
      {isOwn && <Edge track={track} height={height} />}
    </div>
  );
}

/** Half of a tick label's height, in px. */
const HALF = 6;

/** The top of a scale is slightly below that of the track, see {@link yOf}. */
const bottomOf = ({ at, isBand }: AxisMark): string =>
  `clamp(0px, calc(${at * 100}% - ${isBand ? HALF : at * HALF + HALF}px), calc(100% - ${2 * HALF}px))`;

const TALLER = 1.5;

function TrackMenu({ track: { id, label, title }, height }: { track: Track; height: number }) {
  const tracks = useTracks();
  const at = tracks.findIndex((track) => track.id === id);
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <button type="button" className="bare-button track-name" title={title} aria-label={`Track ${label}`}>
          {label}
        </button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem disabled={at === 0} onClick={() => moveTrack(id, -1)}>
            Move up
          </MenuItem>
          <MenuItem disabled={at === tracks.length - 1} onClick={() => moveTrack(id, 1)}>
            Move down
          </MenuItem>
          <MenuItem disabled={height >= MOST_HEIGHT} onClick={() => resizeTrack(id, height * TALLER)}>
            Taller
          </MenuItem>
          <MenuItem disabled={height <= LEAST_HEIGHT} onClick={() => resizeTrack(id, height / TALLER)}>
            Shorter
          </MenuItem>
          <MenuItem disabled={tracks[at]?.height == null} onClick={() => resizeTrack(id, null)}>
            Usual height
          </MenuItem>
          <MenuItem onClick={() => toggleTrack(id)}>Remove</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

/** px per step by keyboard. */
const STEP = 8;

function Edge({ track: { id, label }, height }: { track: Track; height: number }) {
  const began = useRef({ y: 0, height });
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    began.current = { y: event.clientY, height };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    resizeTrack(id, began.current.height + event.clientY - began.current.y);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isCommandHeld(event)) return;
    if (event.key === 'Enter') return resizeTrack(id, null);
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    resizeTrack(id, height + (event.key === 'ArrowDown' ? STEP : -STEP));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is no hr
    <div
      className="track-edge"
      role="separator"
      tabIndex={0}
      aria-label={`Height of ${label}`}
      aria-orientation="horizontal"
      aria-valuemin={LEAST_HEIGHT}
      aria-valuemax={MOST_HEIGHT}
      aria-valuenow={Math.round(height)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onDoubleClick={() => resizeTrack(id, null)}
      onKeyDown={onKeyDown}
    />
  );
}
