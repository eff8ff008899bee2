// biome-ignore-all lint/a11y/useFocusableInteractive: the input has the focus and names the active option
// biome-ignore-all lint/a11y/useSemanticElements: a datalist can't complete a part of the text
import { useEffect, useRef } from 'react';
import type { Suggestion } from '../../../shared/filter/filter.ts';

interface Props {
  readonly id: string;
  readonly suggestions: readonly Suggestion[];
  readonly active: number;
  readonly accept: (suggestion: Suggestion) => void;
}

export const optionId = (list: string, index: number): string => `${list}-${index}`;

/** What could be written at the caret. The input keeps the focus. */
export function Suggestions({ id, suggestions, active, accept }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div ref={list} id={id} role="listbox" aria-label="Completions" className="filter-list">
      {suggestions.map((suggestion, index) => (
        <div
          key={suggestion.text}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          onPointerDown={(event) => {
            event.preventDefault();
            accept(suggestion);
          }}
        >
          <span className="filter-option">{suggestion.text}</span>
          <span className="filter-describe">{suggestion.describe}</span>
        </div>
      ))}
    </div>
  );
}
