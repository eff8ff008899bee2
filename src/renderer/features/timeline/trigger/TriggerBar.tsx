import { Button, Input, Select } from '@fluentui/react-components';
import { DismissRegular, Flash16Regular } from '@fluentui/react-icons';
import { useMemo, useRef, useState } from 'react';
import type { FilterError } from '../../../../shared/filter/filter.ts';
import { MAX_AROUND } from '../../../../shared/trigger/query.ts';
import { completeTrigger, highlightTrigger, splitTrigger } from '../../../../shared/trigger/trigger.ts';
import { useSession } from '../../../host/host-store.ts';
import { IconButton } from '../../../kit/controls/IconButton.tsx';
import { FailureMessage } from '../../../kit/trouble/FailureMessage.tsx';
import { resumeReading, useLogViews, viewOf, zoneOf } from '../../../view/view-store.ts';
import { useFilterLanguage } from '../../filter/catalogue-of.ts';
import { type Language, LanguageInput } from '../../filter/LanguageInput.tsx';
import { readFilter } from '../../filter/read-filter.ts';
import { arm, changeTrigger, disarm, type Trigger, toggleTriggerLine, useTrigger } from './trigger-store.ts';
import { stateWords } from './words.ts';
import './trigger.css';

/** What stops the view, and whether it has. */
export function TriggerBar({ session }: { session: number }) {
  const trigger = useTrigger(session);
  const language = useTriggerLanguage(session);
  const input = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<FilterError | null>(null);
  const isOpen = useSession(session, (s) => s.lasted === null) ?? false;
  const start = useStart(session, isOpen);
  const { text, state, around, repeats, failure } = trigger;
  const isOn = state === 'armed' || state === 'waiting';
  const submit = () => setError(start(trigger));
  return (
    <section className="trigger" aria-label="Trigger">
      <div className="timeline-bar">
        <div className="filter-line trigger-line" data-wrong={error !== null}>
          <Flash16Regular aria-hidden="true" />
          <LanguageInput
            input={input}
            language={language}
            label="Trigger on"
            placeholder="Trigger: size:>1k rising, kind:anomaly, &quot;abc&quot; for 3"
            text={text}
            setText={(next) => {
              setError(null);
              changeTrigger(session, { text: next });
            }}
            error={error}
            enter={submit}
            restore={() => setError(null)}
            leave={() => {}}
          />
        </div>
        <span className="trigger-around">
          ±
          <Input
            type="number"
            size="small"
            aria-label="Records before and after"
            title="Records before and after the one that triggers"
            min={0}
            max={MAX_AROUND}
            value={String(around)}
            onChange={(_event, { value }) => changeTrigger(session, { around: boundedAround(value) })}
          />
        </span>
        {isOpen && (
          <Select
            size="small"
            aria-label="How often"
            value={repeats ? 'repeat' : 'single'}
            onChange={(_event, { value }) => changeTrigger(session, { repeats: value === 'repeat' })}
          >
            <option value="single">once</option>
            <option value="repeat">again and again</option>
          </Select>
        )}
        {isOn ? (
          <Button size="small" onClick={() => disarm(session)}>
            Cancel
          </Button>
        ) : (
          <Button size="small" appearance="primary" disabledFocusable={text.trim() === ''} onClick={submit}>
            {state === 'triggered' && !isOpen ? 'Next' : 'Arm'}
          </Button>
        )}
        <State trigger={trigger} />
        <IconButton
          label="Close the trigger"
          keys="Alt+J"
          icon={<DismissRegular />}
          onClick={() => toggleTriggerLine(session)}
        />
      </div>
      {failure && <FailureMessage title="The trigger was stopped" failure={failure} />}
    </section>
  );
}

/** The filter language of the session, plus when a trigger fires. */
function useTriggerLanguage(session: number): Language {
  const filter = useFilterLanguage(session);
  return useMemo(
    () => ({
      highlight: (text) => highlightTrigger(text, filter.highlight),
      complete: (text, caret) => completeTrigger(text, caret, filter.complete),
      longest: filter.longest,
    }),
    [filter],
  );
}

const boundedAround = (value: string): number => Math.min(MAX_AROUND, Math.max(0, Math.floor(Number(value) || 0)));

function State({ trigger }: { trigger: Trigger }) {
  const zone = useLogViews(zoneOf);
  return (
    <output className="trigger-state number" data-state={trigger.state}>
      {stateWords(trigger, zone)}
    </output>
  );
}

/** Arms a text without a mistake, otherwise returns the mistake. */
function useStart(session: number, isOpen: boolean): (trigger: Trigger) => FilterError | null {
  const committed = useSession(session, (s) => s.committed) ?? 0;
  return ({ text, state, next }) => {
    const split = splitTrigger(text);
    if (!split.ok) return split.error;
    const read = readFilter(session, split.filter);
    if (!read.ok) return read.error;
    // A live session triggers from now on; a closed one, after what was last shown or is selected.
    const after = state === 'triggered' ? next : (viewOf(session).row?.seq ?? -1) + 1;
    if (viewOf(session).mode === 'pause') resumeReading(session);
    arm(session, { filter: read.text, edge: split.edge }, isOpen ? committed : after);
    return null;
  };
}
