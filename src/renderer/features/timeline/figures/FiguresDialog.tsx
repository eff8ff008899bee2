import { Button, Select } from '@fluentui/react-components';
import { useEffect, useId, useState } from 'react';
import type { Result } from '../../../../shared/failure.ts';
import type { Viewpoint } from '../../../../shared/session-kind.ts';
import type { Figures } from '../../../../shared/timeline.ts';
import { useApi } from '../../../host/api-context.ts';
import { FailureMessage } from '../../../kit/trouble/FailureMessage.tsx';
import { useLogViews, zoneOf } from '../../../view/view-store.ts';
import type { Span } from '../range.ts';
import type { TimelineView } from '../use-timelines.ts';
import { type WallClock, wallAt } from '../wall.ts';
import { spanWords } from '../words.ts';
import { FigureCards } from './FigureCards.tsx';
import { otherSpans, ownSpans, SPANS, type SpanName, type Spans } from './spans.ts';
import './figures.css';
import { Modal } from '../../../kit/controls/Modal.tsx';

interface Props {
  readonly session: number;
  readonly role: Viewpoint;
  readonly clock: WallClock;
  readonly view: TimelineView;
  /** What lies between the cursors. */
  readonly between: Span | null;
  readonly onClose: () => void;
}

/** How sizes, unread times and reply times are distributed in a span of a session, optionally beside another one. */
export function FiguresDialog({ session, role, clock, view, between, onClose }: Props) {
  // What was shown when it was opened: a session that goes on would change it all the time.
  const [own] = useState(() => ownSpans(between, view.span, view.whole));
  const [name, setName] = useState<SpanName>(between ? 'between' : 'shown');
  const [otherName, setOtherName] = useState<SpanName | null>(null);
  const span = own[name] ?? view.whole;
  const others = otherSpans(own, span);
  const other = otherName === name ? undefined : otherName && others[otherName];
  const first = useFigures(session, span);
  const second = useFigures(session, other ?? null);
  return (
    <Modal title="Statistics" className="figures" close={onClose} actions={<Button onClick={onClose}>Close</Button>}>
      <div className="figure-spans">
        <SpanSelect label="Time" spans={own} name={name} set={(next) => next && setName(next)} />
        <Rounded answer={first} clock={clock} />
        <SpanSelect label="Compare with" spans={others} name={other ? otherName : null} set={setOtherName} isOptional />
        <Rounded answer={second} clock={clock} />
      </div>
      {!first && <p className="pane-empty">Calculating…</p>}
      {[first, second].map(
        (answer, i) =>
          answer &&
          !answer.ok && (
            <FailureMessage
              key={i === 0 ? 'first' : 'second'}
              title="Couldn't read the statistics"
              failure={answer.failure}
            />
          ),
      )}
      {first?.ok && <FigureCards role={role} figures={first.value} other={second?.ok ? second.value : null} />}
    </Modal>
  );
}

interface SelectProps {
  readonly label: string;
  readonly spans: Spans;
  readonly name: SpanName | null;
  readonly set: (name: SpanName | null) => void;
  readonly isOptional?: true;
}

function SpanSelect({ label, spans, name, set, isOptional }: SelectProps) {
  const id = useId();
  const names = (Object.keys(SPANS) as SpanName[]).filter((each) => spans[each]);
  return (
    <div className="figure-span">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        size="small"
        value={name ?? ''}
        onChange={(_event, { value }) => set(names.find((each) => each === value) ?? null)}
      >
        {isOptional && <option value="">Nothing</option>}
        {names.map((each) => (
          <option key={each} value={each}>
            {SPANS[each]}
          </option>
        ))}
      </Select>
    </div>
  );
}

/** What the figures cover: spans are rounded outwards to whole tenths of a second. */
function Rounded({ answer, clock }: { answer: Result<Figures> | null; clock: WallClock }) {
  const zone = useLogViews(zoneOf);
  if (!answer?.ok) return <span />;
  const [from, to] = [answer.value.fromMono, answer.value.toMono].map((mono) => wallAt(clock, mono));
  return (
    <span className="number dim" title="Figures cover whole tenths of a second">
      {spanWords(from ?? 0, to ?? 0, zone)}
    </span>
  );
}

function useFigures(session: number, span: Span | null): Result<Figures> | null {
  const api = useApi();
  const [answer, setAnswer] = useState<Result<Figures> | null>(null);
  const [from, to] = span ? [span.from, span.to] : [0, 0];
  useEffect(() => {
    setAnswer(null);
    if (from >= to) return;
    let ended = false;
    void api.figures({ session, fromMono: from, toMono: to }).then((figures) => !ended && setAnswer(figures));
    return () => {
      ended = true;
    };
  }, [api, session, from, to]);
  return answer;
}
