import * as v from 'valibot';

/** Things that users save under names of their own. */
export const MAX_SAVED = 200;
export const MAX_SAVED_NAME = 60;

export const savedNameSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_SAVED_NAME));

interface Named {
  readonly name: string;
}

/** With `entry`, replacing the one that had its name; sorted by name. */
export const withSaved = <T extends Named>(all: readonly T[], entry: T): T[] =>
  [...withoutSaved(all, entry.name), entry].sort((a, b) => a.name.localeCompare(b.name));

export const withoutSaved = <T extends Named>(all: readonly T[], name: string): T[] =>
  all.filter((each) => each.name !== name);
