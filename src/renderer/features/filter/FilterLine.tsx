import { Button } from '@fluentui/react-components';
import { Search16Regular } from '@fluentui/react-icons';
import { memo, type RefObject, useEffect, useRef, useState } from 'react';
import type { FilterError } from '../../../shared/filter/filter.ts';
import type { Resolved } from '../../../shared/filter/local-times.ts';
import { rememberFilter } from './filter-store.ts';
import { type Language, LanguageInput } from './LanguageInput.tsx';

/** ms after the last keystroke until the text is applied. */
const SETTLE_MS = 250;

interface Props {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly language: Language;
  /** The current text. */
  readonly text: string;
  /** The last text without a mistake, whose result the log shows. */
  readonly applied: string;
  readonly setText: (text: string) => void;
  readonly apply: (text: string) => void;
  /** Whether a text has a mistake. */
  readonly read: (text: string) => Resolved;
}

/**
 * One line in the filter language: coloured, completed, with its mistake underlined and described. A text without one
 * is applied once typing stops.
 */
export const FilterLine = memo(function FilterLine({ input, language, text, applied, setText, apply, read }: Props) {
  const error = useSettledError({ text, applied, apply, read });
  const caretAfter = useRef<number | null>(null);
  useEffect(() => {
    if (caretAfter.current === null) return;
    input.current?.focus();
    input.current?.setSelectionRange(caretAfter.current, caretAfter.current);
    caretAfter.current = null;
  });
  const enter = () => {
    if (!read(text).ok) return;
    rememberFilter(text);
    apply(text);
  };
  const restore = () => {
    if (error) setText(applied);
    else apply('');
  };
  const choose = (chosen: string, { span }: FilterError) => {
    setText(text.slice(0, span.from) + chosen + text.slice(span.to));
    caretAfter.current = span.from + chosen.length;
  };

  return (
    <div className="filter-line" data-wrong={error !== null}>
      <Search16Regular aria-hidden="true" />
      <LanguageInput
        input={input}
        language={language}
        label="Filter"
        placeholder="Filter: size:>1k kind:message &quot;abc&quot; /regex/i hex:&quot;de ad ??&quot;"
        text={text}
        setText={setText}
        error={error}
        enter={enter}
        restore={restore}
        leave={() => text === applied && rememberFilter(text)}
        more={error?.isChoice && <Choices texts={error.expected} choose={(chosen) => choose(chosen, error)} />}
      />
    </div>
  );
});

/** What may have been meant, accepted with a click. */
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

/** Applies `text` once it has settled; returns its mistake, if it has one. */
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
