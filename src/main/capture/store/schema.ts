import type { DatabaseSync } from 'node:sqlite';

/** "SHMS": tells a capture from any other SQLite file. */
export const APPLICATION_ID = 0x53484d53;

/** Payload bytes of a chunk, unless one payload alone is larger. */
export const CHUNK_BYTES = 256 * 1024;

/** `record.unread`, or what stands for it in a capture of version 1. */
export function unreadColumn(db: DatabaseSync): string {
  return versionOf(db) >= 2 ? 'unread' : 'NULL AS unread';
}

/** `record.count`, or what stands for it in a capture of a version before 4. */
export function countColumn(db: DatabaseSync): string {
  return versionOf(db) >= 4 ? 'count' : '1';
}

export function versionOf(db: DatabaseSync): number {
  return (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}
