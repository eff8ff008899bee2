import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react';
import type { FilterError, Suggestion } from '../../../shared/filter/filter.ts';
import { FilterPaint, type Highlighter } from './FilterPaint.tsx';
import { optionId, Suggestions } from './Suggestions.tsx';
import './filter.css';

/** How a language is coloured and completed. */
export interface Language {
  readonly highlight: Highlighter;
  readonly complete: (text: string, caret: number) => readonly Suggestion[];
  /** The most characters of a text. */
  readonly longest: number;
}

interface Props {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly language: Language;
  readonly label: string;
  readonly placeholder: string;
  readonly text: string;
  readonly setText: (text: string) => void;
  /** Underlined and described. */
  readonly error: FilterError | null;
  readonly enter: () => void;
  /** Escape, when no list is open. */
  readonly restore: () => void;
  readonly leave: () => void;
  /** Below the mistake. */
  readonly more?: ReactNode;
}

/** One line in a language: coloured, completed, with its mistake underlined and described. */
export function LanguageInput({ input, language, label, placeholder, text, setText, error, ...props }: Props) {
  const id = useId();
  const [caret, setCaret] = useState(0);
  const [left, setLeft] = useState(0);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const suggestions = open ? language.complete(text, caret) : [];
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
    props.enter();
  };
  const restore = () => {
    if (shown) close();
    else props.restore();
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
    <>
      <div className="filter-field">
        <FilterPaint text={text} error={error} left={left} highlight={language.highlight} />
        <input
          ref={input}
          role="combobox"
          aria-label={label}
          aria-autocomplete="list"
          aria-expanded={shown}
          aria-controls={shown ? `${id}-list` : undefined}
          aria-activedescendant={shown && active >= 0 ? optionId(`${id}-list`, active) : undefined}
          aria-invalid={error !== null}
          aria-describedby={error ? `${id}-error` : undefined}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          maxLength={language.longest}
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
            props.leave();
          }}
        />
      </div>
      <div className="filter-below">
        {shown && <Suggestions id={`${id}-list`} suggestions={suggestions} active={active} accept={accept} />}
        <div className="filter-error" hidden={error === null}>
          <p id={`${id}-error`} aria-live="polite">
            {error?.message}
          </p>
          {props.more}
        </div>
      </div>
    </>
  );
}
