/** Tables that are derived from the records, and rebuilt from them after the last migration. */
export type Derived = 'buckets' | 'runs';

/**
 * One step from a `user_version` to the next. It is frozen once published: its SQL is literal and calls no current
 * code, so that an old capture becomes the same whichever version opens it.
 */
export interface Migration {
  readonly sql: string;
  /** What it adds or empties. */
  readonly rebuild: readonly Derived[];
}
