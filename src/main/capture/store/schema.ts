import type { DatabaseSync } from 'node:sqlite';

/** "SHMS": distinguishes a capture from other SQLite files. */
export const APPLICATION_ID = 0x53484d53;

/** Payload bytes of a chunk, unless a single payload is larger. */
export const CHUNK_BYTES = 256 * 1024;

export function versionOf(db: DatabaseSync): number {
  return (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}
