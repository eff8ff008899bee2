import { Button } from '@fluentui/react-components';
import {
  AddRegular,
  ChevronDownRegular,
  ChevronRightRegular,
  DataHistogramRegular,
  SubtractRegular,
} from '@fluentui/react-icons';
import { useState } from 'react';
import type { Viewpoint } from '../../../shared/session-kind.ts';
import { useApi } from '../../host/api-context.ts';
import { useSession } from '../../host/host-store.ts';
import { useRegistered } from '../../kit/commands/registry.ts';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { useLogViews, viewOf, zoneOf } from '../../view/view-store.ts';
import { jumpTo } from '../log/jump.ts';
import { changeFilter } from '../log/relist.ts';
import { FiguresDialog } from './FiguresDialog.tsx';
import { Legend } from './Legend.tsx';
import { Measures } from './Measures.tsx';
import { jump, Plot } from './Plot.tsx';
import { filteredToSpan } from './span-filter.ts';
import './timeline.css';
import { spanCommands, zoom } from './timeline-commands.ts';
import { showSpan, toggleTimeline, useSpan, useTimelineViews } from './timeline-store.ts';
import { type TimelineView, useTimeline } from './use-timeline.ts';
import { wallAt } from './wall.ts';
import { bucketWords, spanWords } from './words.ts';

/** px of a bar and the gap beside it. */
const BAR = 6;

/** Rate, bytes or fill, slots, timeouts and anomalies over time; folds away to its title. */
export function TimelinePane({ session }: { session: number }) {
  const open = useTimelineViews((state) => state.open);
  const life = useSession(session, (s) => ({ role: s.role, openedAt: s.openedAt }));
  useRegistered([
    { id: 'timeline', title: 'Show or hide the timeline', group: 'Timeline', keys: 'Alt+T', run: toggleTimeline },
  ]);
  if (!life) return null;
  return (
    <section className="timeline" data-pane="timeline" aria-label="Timeline">
      {open ? (
        <OpenTimeline session={session} {...life} />
      ) : (
        <div className="timeline-bar">
          <Fold />
          <p className="timeline-words">Timeline</p>
        </div>
      )}
    </section>
  );
}

function Fold() {
  const open = useTimelineViews((state) => state.open);
  return (
    <IconButton
      label={open ? 'Hide the timeline' : 'Show the timeline'}
      keys="Alt+T"
      className="timeline-fold"
      icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
      aria-expanded={open}
      onClick={toggleTimeline}
    />
  );
}

function OpenTimeline({ session, role, openedAt }: { session: number; role: Viewpoint; openedAt: number }) {
  const api = useApi();
  const onJump = (seq: number) => void jumpTo(api, session, seq);
  const span = useSpan(session);
  const [width, setWidth] = useState(0);
  const view = useTimeline(session, span, Math.floor(Math.max(0, width - 60) / BAR));
  const [hovered, setHovered] = useState<number | null>(null);
  const [figures, setFigures] = useState(false);
  const zone = useLogViews(zoneOf);
  const clock = { openedAt, clock: view?.timeline.clock ?? [] };
  const filterBySpan = () => {
    if (span) void changeFilter(api, session, filteredToSpan(viewOf(session).filter, span, clock));
  };
  useRegistered(
    spanCommands(session, view, span !== null, [
      {
        ...{ id: 'filter-span', title: 'Filter the log by this span', when: () => span !== null },
        run: filterBySpan,
      },
      {
        ...{ id: 'span-record', title: 'Go to the first record of the span', keys: 'Alt+Enter' },
        run: () => jump(view?.timeline, 0, onJump),
      },
      {
        ...{ id: 'figures', title: 'Statistics for this span', keys: 'Alt+G', when: () => view !== null },
        run: () => setFigures(true),
      },
    ]),
  );
  const words = view && hovered !== null ? bucketWords(view.timeline, hovered, { openedAt, zone }) : '';
  return (
    <>
      <div className="timeline-bar">
        <Fold />
        <Measures />
        <p className="timeline-words foreign">
          {words || (span ? spanWords(wallAt(clock, span.from), wallAt(clock, span.to), zone) : 'Entire session')}
        </p>
        {span && (
          <Button size="small" appearance="subtle" onClick={filterBySpan}>
            Filter the log
          </Button>
        )}
        <Legend />
        <Zoom session={session} view={view} zoomedIn={span !== null} />
        <IconButton
          label="Statistics for this span"
          keys="Alt+G"
          icon={<DataHistogramRegular />}
          disabledFocusable={!view}
          onClick={() => setFigures(true)}
        />
      </div>
      <Plot {...{ session, openedAt, view, onJump, setHovered, setWidth }} />
      {figures && view && <FiguresDialog {...{ session, role }} span={view.span} onClose={() => setFigures(false)} />}
    </>
  );
}

function Zoom({ session, view, zoomedIn }: { session: number; view: TimelineView | null; zoomedIn: boolean }) {
  const by = (factor: number) => zoom(session, view, factor);
  return (
    <>
      {zoomedIn && (
        <Button size="small" appearance="subtle" onClick={() => showSpan(session, null)}>
          Show all
        </Button>
      )}
      <IconButton
        label="Zoom out"
        keys="Alt+PageDown"
        icon={<SubtractRegular />}
        disabledFocusable={!zoomedIn}
        onClick={() => by(2)}
      />
      <IconButton
        label="Zoom in"
        keys="Alt+PageUp"
        icon={<AddRegular />}
        disabledFocusable={!view}
        onClick={() => by(0.5)}
      />
    </>
  );
}
