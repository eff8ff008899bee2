import * as v from 'valibot';
import { MAX_FILTER_TEXT } from '../../../shared/filter/filter.ts';
import { preference } from '../../host/storage/preference.ts';
import { MAX_SAVED, savedNameSchema, withoutSaved, withSaved } from '../../kit/saved/saved.ts';

/** How many of the last used filters are kept. */
const RECENT = 20;

const text = v.pipe(v.string(), v.maxLength(MAX_FILTER_TEXT));
const schema = v.object({
  recent: v.pipe(v.array(text), v.maxLength(RECENT)),
  saved: v.pipe(v.array(v.object({ name: savedNameSchema, text })), v.maxLength(MAX_SAVED)),
});
export type KeptFilters = v.InferOutput<typeof schema>;

export const useFilters = preference<KeptFilters>('filters', schema, { recent: [], saved: [] }, (kept, earlier) => ({
  recent: [...new Set([...kept.recent, ...earlier.recent])].slice(0, RECENT),
  // Saved filters come first.
  saved: [...kept.saved, ...earlier.saved.filter(({ name }) => !kept.saved.some((one) => one.name === name))]
    .slice(0, MAX_SAVED)
    .sort((a, b) => a.name.localeCompare(b.name)),
}));

/** Puts a filter first among the recent ones. */
export function rememberFilter(text: string): void {
  const used = text.trim();
  if (used === '') return;
  useFilters.setState(({ recent }) => ({ recent: [used, ...recent.filter((each) => each !== used)].slice(0, RECENT) }));
}

/** Saves a filter under a name, replacing the one that had it. */
export function saveFilter(name: string, text: string): void {
  useFilters.setState(({ saved }) => ({ saved: withSaved(saved, { name, text }) }));
}

export function forgetFilter(name: string): void {
  useFilters.setState(({ saved }) => ({ saved: withoutSaved(saved, name) }));
}
