import * as v from 'valibot';

/** What is kept for the user in the data folder, each value in a file of its own. */
export const KEPT_KEYS = [
  'alarms',
  'answers',
  'columns',
  'encodings',
  'field-columns',
  'filters',
  'fold-timeouts',
  'peers',
  'receive-timeout',
  'scenarios',
  'sent',
  'split.foot',
  'split.foot-narrow',
  'split.lab',
  'split.log',
  'split.log-narrow',
  'templates',
  'theme',
  'time-mode',
  'timeline',
  'timeline.measure',
  'timeline.tracks',
  'window-settings',
] as const;
export type KeptKey = (typeof KEPT_KEYS)[number];
export const keptKeySchema = v.picklist(KEPT_KEYS, 'Nothing is stored under this name.');

/** The most bytes of one value, as JSON in UTF-8. */
export const MAX_KEPT_BYTES = 8 * 1024 * 1024;

/** JSON in UTF-8. The host stores it as it is; the window that reads it checks it against its schema. */
export const keptBytesSchema = v.pipe(
  v.instance(Uint8Array, 'Stored data must be bytes.'),
  v.check((bytes) => bytes.byteLength <= MAX_KEPT_BYTES, 'A stored value can have at most 8 MiB.'),
);

export const keptVersionSchema = v.pipe(v.number(), v.safeInteger());

export interface KeptText {
  /** JSON, unless something else has written to the file; null: nothing is kept. */
  readonly text: string | null;
  /** Changes after each change, and in each host; 0 if nothing is kept. */
  readonly version: number;
}

/** Everything that is kept. */
export type KeptTexts = Readonly<Partial<Record<KeptKey, KeptText>>>;
export type KeptVersions = Readonly<Partial<Record<KeptKey, number>>>;

/** The name of the page's meta element that holds {@link KeptTexts} from its first moment. */
export const KEPT_META = 'kept';

export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];
export const themeChoiceSchema = v.picklist(THEME_CHOICES);

/** What is kept under `theme`; `system` if that is nothing, or not a theme. */
export function keptTheme({ theme }: KeptTexts): ThemeChoice {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), themeChoiceSchema), theme?.text);
  return parsed.success ? parsed.output : 'system';
}
