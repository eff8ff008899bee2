import { Button } from '@fluentui/react-components';
import { Alert16Regular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import { completeAlarm, highlightAlarm, MAX_ALARM_TEXT, parseAlarm } from '../../../shared/alarm/alarm.ts';
import { type Language, LanguageInput } from '../filter/LanguageInput.tsx';

const LANGUAGE: Language = { highlight: highlightAlarm, complete: completeAlarm, longest: MAX_ALARM_TEXT };

interface Props {
  readonly label: string;
  readonly placeholder?: string;
  /** The current text. */
  readonly alarm: string;
  /** Takes a text without a mistake. */
  readonly set: (text: string) => void;
}

/**
 * An alarm being edited: Enter sets it if it has no mistake, and so does leaving the field of an existing one; Escape
 * restores it. A mistake is shown after one of them was tried.
 */
export function AlarmField({ label, placeholder = '', alarm, set }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(alarm);
  const [tried, setTried] = useState<string | null>(null);
  const parsed = parseAlarm(text);
  const error = tried === text && text !== alarm && !parsed.ok ? parsed.error : null;
  const submit = () => {
    setTried(text);
    if (!parsed.ok || text === alarm) return;
    set(text.trim());
    if (alarm === '') setText('');
  };
  const leave = () => {
    if (alarm === '') return;
    if (text.trim() === '') setText(alarm);
    else submit();
  };
  return (
    <div className="alarm-entry">
      <div className="filter-line alarm-field" data-wrong={error !== null}>
        <Alert16Regular aria-hidden="true" />
        <LanguageInput
          input={input}
          language={LANGUAGE}
          label={label}
          placeholder={placeholder}
          text={text}
          setText={setText}
          error={error}
          enter={submit}
          restore={() => setText(alarm)}
          leave={leave}
        />
      </div>
      {alarm === '' && (
        <Button size="small" disabledFocusable={text.trim() === ''} onClick={submit}>
          Add
        </Button>
      )}
    </div>
  );
}
