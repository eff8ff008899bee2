import { Button, ProgressBar } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { ReplayProgress, ReplyDifference } from '../../../shared/replay/replay.ts';
import { useApi } from '../../host/api-context.ts';
import { useEndpoint } from '../../host/host-store.ts';
import { orNotify } from '../../host/notices-store.ts';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { formatByteCount, formatInteger } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { jumpTo } from '../log/jump.ts';
import { delayWords, replayWords, toneOf } from './words.ts';
import './replay-progress.css';

/** What is being replayed on this end, and its result; absent if nothing is. */
export function ReplayPane({ session }: { session: number }) {
  const replay = useEndpoint(session, (end) => ({ replay: end.replay }))?.replay ?? null;
  const [dismissed, setDismissed] = useState<number | null>(null);
  if (!replay || (replay.result !== null && dismissed === replay.startedAt)) return null;
  const running = replay.result === null;
  return (
    <section className={`replay-pane ${toneOf(replay)}`} data-pane="replay" aria-label="Replay">
      <span className="replay-title">
        Replay of <span className="foreign">{visibleText(replay.capture)}</span>
      </span>
      {running && (
        <ProgressBar
          className="replay-bar"
          aria-label="Messages sent"
          value={replay.sent}
          max={Math.max(1, replay.total)}
        />
      )}
      <span className="replay-words number" role="status">
        {replay.summary === null ? replayWords(replay) : visibleText(replay.summary)}
      </span>
      <span className="replay-delay number">{delayWords(replay)}</span>
      <Buttons session={session} replay={replay} />
      {!running && (
        <IconButton icon={<Dismiss16Regular />} label="Dismiss" onClick={() => setDismissed(replay.startedAt)} />
      )}
      {replay.failure && <p className="replay-more bad foreign">{visibleText(replay.failure.message)}</p>}
      {replay.first && <FirstDifference session={session} difference={replay.first} count={replay.differences} />}
    </section>
  );
}

function Buttons({ session, replay: { next, result } }: { session: number; replay: ReplayProgress }) {
  const api = useApi();
  if (result !== null) return null;
  return (
    <>
      {next && (
        <Button
          size="small"
          appearance="primary"
          onClick={() => void orNotify("Couldn't send the next message", api.stepReplay(session))}
        >
          Send #{formatInteger(next.seq)}, {formatByteCount(next.size)}
        </Button>
      )}
      <Button size="small" onClick={() => void orNotify("Couldn't stop the replay", api.stopReplay(session))}>
        Stop
      </Button>
    </>
  );
}

function FirstDifference(props: { session: number; difference: ReplyDifference; count: number }) {
  const api = useApi();
  const { session, difference, count } = props;
  const { place, expected, actual, came } = difference;
  return (
    <dl className="replay-more">
      <div>
        <dt>{count > 1 ? `First of ${formatInteger(count)} replies that differ` : 'Difference'}</dt>
        <dd>
          reply {formatInteger(difference.reply)}
          {place !== null && <code className="foreign">{visibleText(place)}</code>}
        </dd>
      </div>
      <div>
        <dt>Recorded</dt>
        <dd className="foreign mono">{visibleText(expected)}</dd>
      </div>
      <div>
        <dt>Received</dt>
        <dd className="foreign mono bad">{visibleText(actual)}</dd>
      </div>
      {came !== null && (
        <Button size="small" onClick={() => void jumpTo(api, session, came)}>
          Show record {formatInteger(came)}
        </Button>
      )}
    </dl>
  );
}
