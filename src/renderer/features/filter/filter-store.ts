import * as v from 'valibot';
import { MAX_FILTER_TEXT } from '../../../shared/filter/filter.ts';
import { preference } from '../../host/storage/preference.ts';

/** Filters used last that are kept. */
const RECENT = 20;
/** Named filters that are kept. */
const MAX_SAVED = 200;
export const MAX_FILTER_NAME = 60;

const text = v.pipe(v.string(), v.maxLength(MAX_FILTER_TEXT));
const schema = v.object({
  recent: v.pipe(v.array(text), v.maxLength(RECENT)),
  saved: v.pipe(
    v.array(v.object({ name: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_FILTER_NAME)), text })),
    v.maxLength(MAX_SAVED),
  ),
});
export type KeptFilters = v.InferOutput<typeof schema>;

const byName = (saved: KeptFilters['saved']) =>
  saved.toSorted((a, b) => a.name.localeCompare(b.name)).slice(0, MAX_SAVED);

export const useFilters = preference<KeptFilters>('filters', schema, { recent: [], saved: [] }, (kept, earlier) => ({
  recent: [...new Set([...kept.recent, ...earlier.recent])].slice(0, RECENT),
  saved: byName([...kept.saved, ...earlier.saved.filter(({ name }) => !kept.saved.some((one) => one.name === name))]),
}));

/** Puts a filter first among the recent ones. */
export function rememberFilter(text: string): void {
  const used = text.trim();
  if (used === '') return;
  useFilters.setState(({ recent }) => ({ recent: [used, ...recent.filter((each) => each !== used)].slice(0, RECENT) }));
}

/** Keeps a filter under a name; the one that had the name is replaced. */
export function saveFilter(name: string, text: string): void {
  useFilters.setState(({ saved }) => ({
    saved: byName([...saved.filter((each) => each.name !== name), { name, text }]),
  }));
}

export function forgetFilter(name: string): void {
  useFilters.setState(({ saved }) => ({ saved: saved.filter((each) => each.name !== name) }));
}
