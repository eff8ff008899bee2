import { Button, Field, Input } from '@fluentui/react-components';
import { Filter16Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../../shared/failure.ts';
import { MAX_FIELD_PATH } from '../../../../shared/field-plot.ts';
import { MAX_SWEEP_LENGTH, type Sweeps, type SweepsQuery } from '../../../../shared/sweeps.ts';
import { useApi } from '../../../host/api-context.ts';
import { useSession } from '../../../host/host-store.ts';
import { encodingOf } from '../../../kit/encoding/channel-encodings.ts';
import { parseNumber } from '../../../kit/format/number.ts';
import { FailureMessage } from '../../../kit/trouble/FailureMessage.tsx';
import { useFilterLanguage } from '../../filter/catalogue-of.ts';
import { LanguageInput } from '../../filter/LanguageInput.tsx';
import { readFilter } from '../../filter/read-filter.ts';
import { Poll } from '../poll.ts';
import type { Span } from '../range.ts';
import { SweepPlot } from './SweepPlot.tsx';
import { changeSweeps, useSweepSettings } from './sweeps-store.ts';
import './sweeps.css';
import { Modal } from '../../../kit/controls/Modal.tsx';

const EVERY = 500;

interface Props {
  readonly session: number;
  /** Sweeps that begin in it. */
  readonly span: Span;
  readonly close: () => void;
}

/** Overlays the messages after each of many records, as an oscilloscope does with sweeps. */
export function SweepsDialog({ session, span: shown, close }: Props) {
  // What was shown when it was opened: a rolling one would change all the time.
  const [span] = useState(shown);
  const settings = useSweepSettings(session);
  const { filter, length, field } = settings;
  const language = useFilterLanguage(session);
  const input = useRef<HTMLInputElement>(null);
  const read = readFilter(session, filter);
  const isWritten = filter.trim() !== '';
  const query: SweepsQuery | null =
    read.ok && isWritten
      ? {
          ...{ session, filter: read.text, encoding: encodingOf(session), length },
          ...{ fromMono: Math.max(0, Math.round(span.from)), toMono: Math.max(1, Math.round(span.to)) },
          field: field.trim() === '' ? null : { path: field.trim(), lane: null },
        }
      : null;
  const { sweeps, failure } = useSweeps(session, query);
  return (
    <Modal title="Overlay sweeps" className="sweeps" close={close} actions={<Button onClick={close}>Close</Button>}>
      <div className="sweep-form">
        <Field label="Start a sweep at each record that passes">
          <div className="filter-line" data-wrong={!read.ok}>
            <Filter16Regular aria-hidden="true" />
            <LanguageInput
              input={input}
              language={language}
              label="Sweeps begin with"
              placeholder="dir:out, &quot;ping&quot;, size:>1k"
              text={filter}
              setText={(next) => changeSweeps(session, { filter: next })}
              error={read.ok ? null : read.error}
              enter={() => {}}
              restore={() => changeSweeps(session, { filter: '' })}
              leave={() => {}}
            />
          </div>
        </Field>
        <Field label="Length in ms">
          <Input
            type="number"
            min={0.001}
            step="any"
            value={String(length / 1000)}
            onChange={(_event, { value }) => changeSweeps(session, { length: lengthOf(value, length) })}
          />
        </Field>
        <Field label="Drawn field">
          <Input
            placeholder="size"
            maxLength={MAX_FIELD_PATH}
            value={field}
            onChange={(_event, { value }) => changeSweeps(session, { field: value })}
          />
        </Field>
      </div>
      {failure && <FailureMessage title="Couldn't read the sweeps" failure={failure} />}
      {sweeps && query ? (
        <SweepPlot sweeps={sweeps} length={length} isField={query.field !== null} />
      ) : (
        <p className="pane-empty">
          {isWritten && read.ok
            ? 'Looking…'
            : 'Enter a filter for the records that start a sweep. What follows each of them is overlaid.'}
        </p>
      )}
    </Modal>
  );
}

/** µs; an invalid value leaves it unchanged. */
function lengthOf(text: string, before: number): number {
  const length = Math.round(parseNumber(text) * 1000);
  return length >= 1 && length <= MAX_SWEEP_LENGTH ? length : before;
}

interface Read {
  /** Of the request as JSON. */
  readonly of: string;
  readonly sweeps: Sweeps | null;
  readonly failure: Failure | null;
}

/** Requested again while the session goes on, or while not everything was read. */
function useSweeps(session: number, query: SweepsQuery | null): Pick<Read, 'sweeps' | 'failure'> {
  const api = useApi();
  const isOpen = useSession(session, (s) => s.lasted === null) ?? false;
  const asked = query ? JSON.stringify(query) : '';
  const [read, setRead] = useState<Read | null>(null);
  useEffect(() => {
    if (asked === '') return;
    const poll: Poll = new Poll(async () => {
      const answer = await api.sweeps(JSON.parse(asked) as SweepsQuery);
      if (poll.hasEnded) return null;
      if (!answer.ok) setRead({ of: asked, sweeps: null, failure: answer.failure });
      else setRead({ of: asked, sweeps: answer.value, failure: null });
      if (answer.ok && !answer.value.progress.complete) return 0;
      return isOpen && answer.ok ? EVERY : null;
    });
    poll.now();
    return () => poll.end();
  }, [api, asked, isOpen]);
  return read?.of === asked ? read : { sweeps: null, failure: null };
}
