import { Button, Input, ProgressBar, Select } from '@fluentui/react-components';
import { useId } from 'react';
import type { TemplatePart } from '../../../shared/placeholders.ts';
import { useApi } from '../../host/api-context.ts';
import { hostNow } from '../../host/host-clock.ts';
import { useEndpoint } from '../../host/host-store.ts';
import { orNotify } from '../../host/notices-store.ts';
import { donePercent, progressWords, type Repeat, readPlan } from './repeat.ts';
import { setRepeat, useRepeat } from './repeat-store.ts';
import './repeat.css';

interface Props {
  readonly id: number;
  /** null while the draft can't be sent. */
  readonly parts: readonly TemplatePart[] | null;
  /** The plan was started. */
  readonly onStarted: () => void;
}

/** Sends the message repeatedly: how often, how fast, and the progress. */
export function RepeatRow({ id, parts, onStarted }: Props) {
  const api = useApi();
  const repeat = useRepeat();
  const running = useEndpoint(id, ({ plan }) => plan?.state === 'running');
  const read = readPlan(repeat, parts ?? []);
  const start = async () => {
    if (!read.ok || !parts) return;
    if (await orNotify("Couldn't start sending", api.startSending(id, read.plan))) onStarted();
  };
  return (
    <fieldset className="repeat" aria-label="Repeat" ref={showIt}>
      {repeat.until === 'count' ? (
        <Figure label="Messages" value={repeat.count} set={(count) => setRepeat({ count })} />
      ) : (
        <Figure label="Seconds" value={repeat.seconds} set={(seconds) => setRepeat({ seconds })} />
      )}
      <Select
        size="small"
        aria-label="Until"
        value={repeat.until}
        onChange={(_, { value }) => setRepeat({ until: value as Repeat['until'] })}
      >
        <option value="count">times</option>
        <option value="time">seconds</option>
      </Select>
      <Figure label="every" unit="ms" value={repeat.intervalMs} set={(intervalMs) => setRepeat({ intervalMs })} />
      <label className="repeat-ramp">
        <input type="checkbox" checked={repeat.ramp} onChange={(event) => setRepeat({ ramp: event.target.checked })} />
        ramp
      </label>
      {repeat.ramp && (
        <Figure label="to" unit="ms" value={repeat.rampToMs} set={(rampToMs) => setRepeat({ rampToMs })} />
      )}
      {running ? (
        <Button size="small" onClick={() => orNotify("Couldn't stop sending", api.stopSending(id))}>
          Stop
        </Button>
      ) : (
        <Button size="small" appearance="primary" disabledFocusable={!read.ok || parts === null} onClick={start}>
          Start
        </Button>
      )}
      {!read.ok && (
        <span className="bad" role="status">
          {read.message}
        </span>
      )}
      {read.ok && <Progress id={id} />}
    </fieldset>
  );
}

/** In a low pane the row may be below the edge when it is opened. */
const showIt = (row: HTMLElement | null): void => row?.scrollIntoView({ block: 'nearest' });

function Figure(props: { label: string; unit?: string; value: string; set: (value: string) => void }) {
  const id = useId();
  return (
    <span className="repeat-figure">
      <label htmlFor={id} className={props.label === 'every' || props.label === 'to' ? '' : 'visually-hidden'}>
        {props.label}
      </label>
      <Input
        id={id}
        size="small"
        type="number"
        min={0}
        value={props.value}
        contentAfter={props.unit ? <span className="calm">{props.unit}</span> : null}
        onChange={(_, { value }) => props.set(value)}
      />
    </span>
  );
}

function Progress({ id }: { id: number }) {
  const { plan = null, began } = useEndpoint(id, (session) => ({ plan: session.plan, began: session.began })) ?? {};
  if (!plan) return null;
  const words = progressWords(plan);
  const percent = donePercent(plan, hostNow().mono - (began ?? 0));
  return (
    <span className="repeat-progress number">
      <ProgressBar aria-label="Messages sent" value={percent} max={100} />
      <span className={plan.state === 'failed' ? 'bad' : plan.refused > 0 ? 'warn' : ''} title={words}>
        {words}
      </span>
    </span>
  );
}
