/** Tables that are functions of the records, and are made anew from them after the last migration. */
export type Derived = 'buckets' | 'runs';

/**
 * One step from a `user_version` to the next. It is frozen once it was published: its SQL is literal and calls nothing
 * of today's program, so that an old capture becomes the same whichever version opens it.
 */
export interface Migration {
  readonly sql: string;
  /** What it adds or empties. */
  readonly rebuild: readonly Derived[];
}
