import { can } from '../../shared/session-kind.ts';
import { useSession } from '../host/host-store.ts';
import { Splitter } from '../kit/controls/Splitter.tsx';
import { useMedia } from '../kit/theme/use-media.ts';
import { PaneBoundary } from '../kit/trouble/PaneBoundary.tsx';
import type { Pane } from '../view/feature.ts';
import { useLogViews, viewOf } from '../view/view-store.ts';
import { PANES } from './features.ts';

/** As at 200 % zoom: too narrow for composer and detail side by side. */
const NARROW = '(max-width: 800px)';

/** Where a smaller share would leave the detail only a few rows. */
const LOW = '(max-height: 760px)';

/** One session: its header, its log, and below it the composer and the selected record. */
export function Workspace({ session }: { session: number }) {
  const narrow = useMedia(NARROW);
  const low = useMedia(LOW);
  const panes = usePanes(session);
  const at = (place: Pane['place']) => <Panes panes={panes} place={place} session={session} />;
  const hasLeft = panes.some(({ place }) => place === 'left');
  return (
    <div className="workspace">
      {at('top')}
      <Splitter
        key={narrow ? 'narrow' : 'wide'}
        name={narrow ? 'log-narrow' : 'log'}
        label="Height of the log"
        direction="column"
        initial={narrow ? 0.5 : low ? 0.5 : 0.68}
        least={narrow ? 240 : 120}
        first={at('main')}
        second={
          hasLeft ? (
            <Splitter
              name={narrow ? 'foot-narrow' : 'foot'}
              label={narrow ? 'Height of the composer' : 'Width of the composer'}
              direction={narrow ? 'column' : 'row'}
              initial={0.5}
              least={narrow ? 120 : 300}
              first={at('left')}
              second={at('right')}
            />
          ) : (
            at('right')
          )
        }
      />
    </div>
  );
}

/** Those that the session's abilities give it, in the same place as in others of its kind. */
function usePanes(id: number): readonly Pane[] {
  const kind = useSession(id, (session) => session.kind);
  const shown = useSession(id, ({ kind, role }) => PANES.filter(({ needs }) => !needs || can(kind, role, needs)));
  return (shown ?? []).flatMap((pane) => {
    const place = kind && pane.placeIn?.[kind];
    return place === null ? [] : { ...pane, place: place ?? pane.place };
  });
}

interface PanesProps {
  readonly panes: readonly Pane[];
  readonly place: Pane['place'];
  readonly session: number;
}

function Panes({ panes, place, session }: PanesProps) {
  return panes
    .filter((pane) => pane.place === place)
    .map((pane) => <Bounded key={pane.id} pane={pane} session={session} />);
}

function Bounded({ pane: { name, about, Pane }, session }: { pane: Pane; session: number }) {
  const tried = useLogViews(() => about?.(viewOf(session)));
  return (
    <PaneBoundary name={name} about={tried}>
      <Pane session={session} />
    </PaneBoundary>
  );
}
