import { useMemo } from 'react';
import {
  BUILT_IN,
  completeFilter,
  highlightFilter,
  MAX_FILTER_TEXT,
  typedCatalogue,
} from '../../../shared/filter/filter.ts';
import { useSessionTypes, useTypes } from '../../view/types-store.ts';
import type { Language } from './LanguageInput.tsx';

/** The filter language for a session: with the fields of the bound types. Until they are known, any. */
export function catalogueOf(session: number) {
  const types = useTypes.getState().sessions[session]?.types;
  return types ? typedCatalogue(BUILT_IN, types) : BUILT_IN;
}

/** The same, for writing. */
export function useFilterLanguage(session: number): Language {
  const types = useSessionTypes(session);
  return useMemo(() => {
    const catalogue = types ? typedCatalogue(BUILT_IN, types) : BUILT_IN;
    return {
      highlight: (text) => highlightFilter(text, catalogue),
      complete: (text, caret) => completeFilter(text, caret, catalogue),
      longest: MAX_FILTER_TEXT,
    };
  }, [types]);
}
