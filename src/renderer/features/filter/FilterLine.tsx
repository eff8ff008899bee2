import { Button } from '@fluentui/react-components';
import { Search16Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, memo, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { completeFilter, MAX_FILTER_TEXT, type Suggestion } from '../../../shared/filter/filter.ts';
import type { Resolved } from '../../../shared/filter/local-times.ts';
import { FilterPaint } from './FilterPaint.tsx';
import { rememberFilter } from './filter-store.ts';
import { optionId, Suggestions } from './Suggestions.tsx';
import './filter.css';

/** ms after the last letter until the text counts as what is meant. */
const SETTLE_MS = 250;

interface Props {
  readonly input: RefObject<HTMLInputElement | null>;
  /** What stands in the line. */
  readonly text: string;
  /** The last text without a mistake, which the log shows the result of. */
  readonly applied: string;
  readonly setText: (text: string) => void;
  readonly apply: (text: string) => void;
  /** Whether a text has a mistake. */
  readonly read: (text: string) => Resolved;
}

/**
 * One line in the filter language: coloured, completed, with its mistake underlined and described. A text without one
 * is applied as soon as nothing more is typed.
 */
export const FilterLine = memo(function FilterLine({ input, text, applied, setText, apply, read }: Props) {
  const id = useId();
  const [caret, setCaret] = useState(0);
  const [left, setLeft] = useState(0);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const error = useSettledError({ text, applied, apply, read });
  const suggestions = open ? completeFilter(text, caret) : [];
  const shown = suggestions.length > 0;

  const caretAfter = useRef<number | null>(null);
  useEffect(() => {
    if (caretAfter.current === null) return;
    input.current?.setSelectionRange(caretAfter.current, caretAfter.current);
    caretAfter.current = null;
  });

  const accept = ({ text: word, span }: Pick<Suggestion, 'text' | 'span'>) => {
    setText(text.slice(0, span.from) + word + text.slice(span.to));
    caretAfter.current = span.from + word.length;
    setCaret(caretAfter.current);
    setActive(-1);
  };
  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const enter = () => {
    close();
    if (!read(text).ok) return;
    rememberFilter(text);
    apply(text);
  };
  const restore = () => {
    if (shown) close();
    else if (error) setText(applied);
    else apply('');
  };
  const move = (step: number) => {
    if (!open) setOpen(true);
    else if (shown)
      setActive((active + step + suggestions.length + (active < 0 && step < 0 ? 1 : 0)) % suggestions.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey) return;
    const chosen = suggestions[active];
    if (event.key === 'ArrowDown' || (event.key === ' ' && event.ctrlKey)) move(1);
    else if (event.key === 'ArrowUp' && shown) move(-1);
    else if ((event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) && chosen) accept(chosen);
    else if (event.key === 'Enter') enter();
    else if (event.key === 'Escape') restore();
    else return;
    event.preventDefault();
  };

  return (
    <div className="filter-line" data-wrong={error !== null}>
      <Search16Regular aria-hidden="true" />
      <div className="filter-field">
        <FilterPaint text={text} error={error} left={left} />
        <input
          ref={input}
          role="combobox"
          aria-label="Filter"
          aria-autocomplete="list"
          aria-expanded={shown}
          aria-controls={shown ? `${id}-list` : undefined}
          aria-activedescendant={shown && active >= 0 ? optionId(`${id}-list`, active) : undefined}
          aria-invalid={error !== null}
          aria-describedby={error ? `${id}-error` : undefined}
          placeholder="Filter: size:>1k kind:message &quot;abc&quot; /regex/i hex:&quot;de ad ??&quot;"
          autoComplete="off"
          spellCheck={false}
          maxLength={MAX_FILTER_TEXT}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setCaret(target.selectionStart ?? target.value.length);
            setOpen(true);
            setActive(-1);
          }}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)}
          onScroll={({ currentTarget }) => setLeft(currentTarget.scrollLeft)}
          onKeyDown={onKeyDown}
          onBlur={() => {
            close();
            if (text === applied) rememberFilter(text);
          }}
        />
      </div>
      <div className="filter-below">
        {shown && <Suggestions id={`${id}-list`} suggestions={suggestions} active={active} accept={accept} />}
        <div className="filter-error" hidden={error === null}>
          <p id={`${id}-error`} aria-live="polite">
            {error?.message}
          </p>
          {error?.isChoice && (
            <Choices
              texts={error.expected}
              choose={(chosen) => {
                accept({ text: chosen, span: error.span });
                input.current?.focus();
              }}
            />
          )}
        </div>
      </div>
    </div>
  );
});

/** What may have been meant, to be taken by a click. */
function Choices({ texts, choose }: { texts: readonly string[]; choose: (text: string) => void }) {
  return (
    <div className="filter-choices">
      {texts.map((text) => (
        <Button key={text} size="small" onClick={() => choose(text)}>
          {text}
        </Button>
      ))}
    </div>
  );
}

/** Applies `text` once it has settled; its mistake then, if it has one. */
function useSettledError({ text, applied, apply, read }: Pick<Props, 'text' | 'applied' | 'apply' | 'read'>) {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const settle = () => {
      setSettled(text);
      if (text !== applied && read(text).ok) apply(text);
    };
    const timer = setTimeout(settle, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text, applied, apply, read]);
  if (settled !== text || text === applied) return null;
  const result = read(text);
  return result.ok ? null : result.error;
}
