import * as v from 'valibot';
import { useHost, useSession } from '../host/host-store.ts';
import { preference } from '../host/storage/preference.ts';

/** Channels whose columns are kept; the last changed stay. */
const MOST_CHANNELS = 500;
/** Columns of one channel. */
export const MOST_FIELDS = 20;

const columnSchema = v.strictObject({
  /** `hdr.seq`. */
  path: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
  /** px. */
  width: v.pipe(v.number(), v.minValue(32), v.maxValue(600)),
});
export type FieldColumn = v.InferOutput<typeof columnSchema>;

const channelSchema = v.strictObject({
  section: v.string(),
  columns: v.pipe(v.array(columnSchema), v.maxLength(MOST_FIELDS)),
});

const NONE: readonly FieldColumn[] = [];
const WIDTH = 96;

/** The message fields that a channel's log has columns for, from left to right; by section. */
const useKept = preference<readonly v.InferOutput<typeof channelSchema>[]>(
  'field-columns',
  v.pipe(v.array(channelSchema), v.maxLength(MOST_CHANNELS)),
  [],
);

export function useFieldColumns(session: number): readonly FieldColumn[] {
  const section = useSession(session, (one) => one.section);
  return useKept((all) => all.find((one) => one.section === section)?.columns ?? NONE);
}

function change(session: number, next: (columns: readonly FieldColumn[]) => readonly FieldColumn[]): void {
  const section = useHost.getState().sessions.find(({ id }) => id === session)?.section;
  if (section === undefined) return;
  const all = useKept.getState();
  const columns = [...next(all.find((one) => one.section === section)?.columns ?? NONE)];
  const rest = all.filter((one) => one.section !== section);
  useKept.setState([...(columns.length > 0 ? [{ section, columns }] : []), ...rest].slice(0, MOST_CHANNELS), true);
}

/** Adds it at the end, unless it is there already or there is no room. */
export const addFieldColumn = (session: number, path: string): void =>
  change(session, (columns) =>
    columns.length >= MOST_FIELDS || columns.some((one) => one.path === path)
      ? columns
      : [...columns, { path, width: WIDTH }],
  );

export const removeFieldColumn = (session: number, path: string): void =>
  change(session, (columns) => columns.filter((one) => one.path !== path));

export const resizeFieldColumn = (session: number, path: string, width: number): void =>
  change(session, (columns) =>
    columns.map((one) => (one.path === path ? { path, width: Math.round(Math.min(600, Math.max(32, width))) } : one)),
  );

/** Puts it in front of another; null: at the end. */
export const moveFieldColumn = (session: number, path: string, before: string | null): void =>
  change(session, (columns) => {
    const moved = columns.find((one) => one.path === path);
    if (!moved || path === before) return columns;
    const rest = columns.filter((one) => one !== moved);
    const at = before === null ? rest.length : rest.findIndex((one) => one.path === before);
    return at < 0 ? columns : [...rest.slice(0, at), moved, ...rest.slice(at)];
  });
