import { useRef } from 'react';
import type { FieldPlots, FieldSlices } from './fields/use-field-plots.ts';
import type { Group } from './groups.ts';
import { Surface } from './Surface.tsx';
import { TimeAxis } from './TimeAxis.tsx';
import { TrackGroup } from './TrackGroup.tsx';
import { usePaint } from './use-paint.ts';
import type { TimelineView } from './use-timelines.ts';
import type { WallClock } from './wall.ts';
import './scope.css';
import { useWidth } from '../../kit/virtual/use-width.ts';

interface Props {
  readonly groups: readonly Group[];
  readonly view: TimelineView | null;
  readonly fields: FieldPlots['bySession'];
  readonly clock: WallClock;
  /** px of the tracks without their headers. */
  readonly width: number;
  readonly setWidth: (width: number) => void;
  readonly zoomBy: (factor: number) => void;
}

const NO_FIELDS: FieldSlices = new Map();

/** All tracks on one time axis, with a crosshair, cursors and selections through all of them. */
export function Scope({ groups, view, fields, clock, width, setWidth, zoomBy }: Props) {
  const ruler = useRef<HTMLDivElement>(null);
  const paint = usePaint();
  const session = groups[0]?.session ?? 0;
  useWidth(ruler, setWidth);
  return (
    <div className="scope">
      <div className="scope-scroll">
        <div className="scope-body">
          <div ref={ruler} className="scope-ruler" />
          {view &&
            groups.map((group) => (
              <TrackGroup
                key={group.session}
                own={session}
                group={group}
                span={view.span}
                width={width}
                paint={paint}
                view={view}
                fields={fields.get(group.session) ?? NO_FIELDS}
                isOwn={group.session === session}
                isNamed={groups.length > 1}
              />
            ))}
          {view && <Surface {...{ session, groups, view, clock, width, zoomBy }} />}
        </div>
      </div>
      {view && <TimeAxis {...{ session, view, clock, width }} />}
    </div>
  );
}
