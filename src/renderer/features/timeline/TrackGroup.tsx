import { useMemo } from 'react';
import { useChannel, useSession } from '../../host/host-store.ts';
import { useMedia } from '../../kit/theme/use-media.ts';
import { shortName } from '../../view/session-text.ts';
import { useLogViews, zoneOf } from '../../view/view-store.ts';
import { useMarks } from '../log/marks-store.ts';
import type { FieldSlices } from './fields/use-field-plots.ts';
import { drawMoments } from './moments.ts';
import { type Stage, TrackCanvas, TrackRow } from './TrackRow.tsx';
import { type Shown, useTracks } from './track-store.ts';
import type { Buffers, Plane, Track } from './tracks/track.ts';
import { trackOf } from './tracks/tracks.ts';
import type { TimelineView } from './use-timelines.ts';
import { timelineWords } from './words.ts';

interface Props extends Stage {
  readonly view: TimelineView;
  readonly fields: FieldSlices;
  readonly isOwn: boolean;
  /** Its name is above it. */
  readonly isNamed: boolean;
}

/** The tracks of one session. */
export function TrackGroup({ view, fields, isOwn, isNamed, ...staged }: Props) {
  const { own, group, span, width, paint } = staged;
  const stage = useMemo(() => ({ own, group, span, width, paint }), [own, group, span, width, paint]);
  const { session, offset } = group;
  const tracks = useShownTracks();
  const marks = useMarks(session);
  const buffers = useBuffers(session);
  const zone = useLogViews(zoneOf);
  const about = useSession(session, (s) => ({ label: `${shortName(s.section)} · ${s.role}`, openedAt: s.openedAt }));
  const timeline = view.timelines.get(session);
  const moments = useMemo(() => {
    const has = (id: string) => tracks.some(({ track }) => track.id === id);
    const shown = { anomalies: !has('anomalies'), alarms: !has('alarms'), foot: tracks[0]?.height ?? 0 };
    return (plane: Plane) => timeline && drawMoments(plane, timeline, shown);
  }, [timeline, tracks]);
  const height = tracks.reduce((sum, track) => sum + track.height, 0);
  if (!timeline || !about) return null;
  return (
    <section className="track-group" data-session={session} aria-label={about.label}>
      {isNamed && <h3 className="track-group-name foreign">{about.label}</h3>}
      <div className="track-rows">
        <ul aria-label="Tracks">
          {tracks.map(({ track, height: tall }) => (
            <TrackRow
              key={track.id}
              {...{ stage, track, isOwn }}
              height={tall}
              data={{ timeline, buffers, marks, field: fields.get(track.id) }}
            />
          ))}
        </ul>
        <TrackCanvas
          stage={stage}
          height={height}
          draw={moments}
          label={timelineWords(timeline, { from: span.from - offset, to: span.to - offset }, { ...about, zone })}
        />
      </div>
    </section>
  );
}

/** As in the style sheet. */
const LOW = '(max-height: 760px)';

interface SizedTrack {
  readonly track: Track;
  readonly height: number;
}

/** What the user has chosen, with its heights. */
function useShownTracks(): readonly SizedTrack[] {
  const shown = useTracks();
  const isLow = useMedia(LOW);
  return useMemo(() => {
    const sized = ({ id, height }: Shown): SizedTrack[] => {
      const track = trackOf(id);
      return track ? [{ track, height: height ?? (isLow ? track.lowHeight : track.height) }] : [];
    };
    return shown.flatMap(sized);
  }, [shown, isLow]);
}

function useBuffers(session: number): Buffers {
  const {
    capacity = 0,
    s2c = 0,
    c2s = 0,
  } = useChannel(session, (s) => ({
    capacity: s.capacity,
    s2c: s.slots.s2c.highWater,
    c2s: s.slots.c2s.highWater,
  })) ?? {};
  return useMemo(() => ({ capacity, highWater: { s2c, c2s } }), [capacity, s2c, c2s]);
}
