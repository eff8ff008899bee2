import { Splitter } from '../kit/controls/Splitter.tsx';
import { useMedia } from '../kit/theme/use-media.ts';
import { PaneBoundary } from '../kit/trouble/PaneBoundary.tsx';
import type { Pane } from '../view/feature.ts';
import { useLogViews, viewOf } from '../view/view-store.ts';
import { PANES } from './features.ts';

/** As at 200 % zoom: too narrow for composer and detail side by side. */
const NARROW = '(max-width: 800px)';

/** One session: its header, its log, and below it what is sent and what was selected. */
export function Workspace({ session }: { session: number }) {
  const narrow = useMedia(NARROW);
  return (
    <div className="workspace">
      <Panes place="top" session={session} />
      <Splitter
        key={narrow ? 'narrow' : 'wide'}
        name={narrow ? 'log-narrow' : 'log'}
        label="Height of the log"
        direction="column"
        initial={narrow ? 0.5 : 0.68}
        least={narrow ? 240 : 120}
        first={<Panes place="main" session={session} />}
        second={
          <Splitter
            name={narrow ? 'foot-narrow' : 'foot'}
            label={narrow ? 'Height of the composer' : 'Width of the composer'}
            direction={narrow ? 'column' : 'row'}
            initial={0.5}
            least={narrow ? 120 : 300}
            first={<Panes place="left" session={session} />}
            second={<Panes place="right" session={session} />}
          />
        }
      />
    </div>
  );
}

function Panes({ place, session }: { place: Pane['place']; session: number }) {
  return PANES.filter((pane) => pane.place === place).map((pane) => (
    <Bounded key={pane.id} pane={pane} session={session} />
  ));
}

function Bounded({ pane: { name, about, Pane }, session }: { pane: Pane; session: number }) {
  const tried = useLogViews(() => about?.(viewOf(session)));
  return (
    <PaneBoundary name={name} about={tried}>
      <Pane session={session} />
    </PaneBoundary>
  );
}
