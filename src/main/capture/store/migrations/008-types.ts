import type { Migration } from './migration.ts';

/** `session_types`: what declared types its messages were read by, as JSON, for other machines. */
export const types: Migration = {
  rebuild: [],
  sql: 'CREATE TABLE session_types (session INTEGER PRIMARY KEY, types TEXT NOT NULL) STRICT;',
};
