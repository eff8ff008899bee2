import type { Migration } from './migration.ts';

/** `session_types`: the declared types that its messages were read with, as JSON, for other machines. */
export const types: Migration = {
  rebuild: [],
  sql: 'CREATE TABLE session_types (session INTEGER PRIMARY KEY, types TEXT NOT NULL) STRICT;',
};
