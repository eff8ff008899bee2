import { Button } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Viewpoint } from '../../../shared/session-kind.ts';
import { useApi } from '../../host/api-context.ts';
import { useSession } from '../../host/host-store.ts';
import { useRegistered } from '../../kit/commands/registry.ts';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { useLogViews, viewOf, zoneOf } from '../../view/view-store.ts';
import { jumpToPlace } from '../log/jump.ts';
import { changeFilter } from '../log/relist.ts';
import { spanOf, useCursors } from './cursor-store.ts';
import { ReadingBar } from './fields/ReadingBar.tsx';
import { useFieldPlots } from './fields/use-field-plots.ts';
import { FiguresDialog } from './figures/FiguresDialog.tsx';
import { useGroups } from './groups.ts';
import { Legend } from './Legend.tsx';
import { MeasureBar } from './MeasureBar.tsx';
import type { Span } from './range.ts';
import { Scope } from './Scope.tsx';
import { filteredToSpan } from './span-filter.ts';
import { SweepsDialog } from './sweeps/SweepsDialog.tsx';
import { TracksMenu } from './TracksMenu.tsx';
import './timeline.css';
import { Tools } from './Tools.tsx';
import { scopeCommands } from './timeline-commands.ts';
import { toggleTimeline, useShownSpan, useTimelineViews } from './timeline-store.ts';
import { useTracks } from './track-store.ts';
import { TriggerBar } from './trigger/TriggerBar.tsx';
import { useTriggerOpen } from './trigger/trigger-store.ts';
import { type TimelineView, useTimelines } from './use-timelines.ts';
import { type WallClock, wallAt } from './wall.ts';
import { momentWords, spanWords } from './words.ts';

/** Including what arrives after the request. */
const ALL: Span = { from: 0, to: Number.MAX_SAFE_INTEGER };
/** px of a bar and the gap beside it. */
const BAR = 6;

/** A session's time as tracks: rate, slots, latency and what went wrong; folds away to its title. */
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
        <OpenTimeline key={session} session={session} {...life} />
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
  const groups = useGroups(session);
  const [width, setWidth] = useState(0);
  const wantsReplies = useTracks((tracks) => tracks.some(({ id }) => id === 'latency'));
  const view = useTimelines(groups, Math.floor(width / BAR), wantsReplies);
  const fields = useFieldPlots(groups, view, Math.floor(width / BAR));
  const isZoomed = useShownSpan(session) !== null;
  const between = spanOf(useCursors(session));
  const hasTrigger = useTriggerOpen(session);
  const [dialog, setDialog] = useState<'figures' | 'sweeps' | null>(null);
  const close = () => setDialog(null);
  const clock = { openedAt, clock: view?.timelines.get(session)?.clock ?? [] };
  const filterBy = (span: Span | null) => {
    if (span) void changeFilter(api, session, filteredToSpan(viewOf(session).filter, span, clock));
  };
  const goToFirst = () => {
    const first = between ?? view?.span;
    if (first) void jumpToPlace(api, session, { by: 'mono', mono: Math.max(0, Math.round(first.from)) });
  };
  const commands = scopeCommands(session, view, isZoomed, {
    filter: () => filterBy(between ?? view?.span ?? null),
    canFilter: () => between !== null || isZoomed,
    first: goToFirst,
    figures: () => setDialog('figures'),
    sweeps: () => setDialog('sweeps'),
  });
  useRegistered(commands.list);
  return (
    <>
      <div className="timeline-bar">
        <Fold />
        <TracksMenu session={session} />
        <Words session={session} view={view} clock={clock} isZoomed={isZoomed} />
        {isZoomed && (
          <Button size="small" appearance="subtle" onClick={() => filterBy(view?.span ?? null)}>
            Filter the log
          </Button>
        )}
        <Legend />
        <Tools session={session} view={view} isZoomed={isZoomed} zoomBy={commands.zoomBy} show={setDialog} />
      </div>
      {hasTrigger && <TriggerBar session={session} />}
      <MeasureBar session={session} filter={filterBy} figures={() => setDialog('figures')} />
      <ReadingBar groups={groups} failure={fields.failure} />
      <Scope {...{ groups, view, clock, width, setWidth }} fields={fields.bySession} zoomBy={commands.zoomBy} />
      {dialog === 'sweeps' && view && (
        <SweepsDialog session={session} span={between ?? (isZoomed ? view.span : ALL)} close={close} />
      )}
      {dialog === 'figures' && view && <FiguresDialog {...{ session, role, clock, view, between }} onClose={close} />}
    </>
  );
}

interface WordsProps {
  readonly session: number;
  readonly view: TimelineView | null;
  readonly clock: WallClock;
  readonly isZoomed: boolean;
}

/** What is under the crosshair, else which time is shown. */
function Words({ session, view, clock, isZoomed }: WordsProps) {
  const zone = useLogViews(zoneOf);
  const cross = useTimelineViews((state) => state.cross);
  const timeline = view?.timelines.get(session);
  const shown = (span: Span) => spanWords(wallAt(clock, span.from), wallAt(clock, span.to), zone);
  const moment = cross !== null && timeline ? momentWords(timeline, cross, { ...clock, zone }) : '';
  return <p className="timeline-words foreign">{moment || (isZoomed && view ? shown(view.span) : 'Entire session')}</p>;
}
