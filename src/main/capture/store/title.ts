import type { DatabaseSync } from 'node:sqlite';
import { loadText, storeText } from './codes.ts';

/** The title that the user gave a capture; null without one. */
export function readTitle(db: DatabaseSync): string | null {
  const stored = db.prepare("SELECT value FROM property WHERE name = 'title'").get()?.value;
  return typeof stored === 'string' || stored instanceof Uint8Array ? loadText(stored) : null;
}

export function writeTitle(db: DatabaseSync, title: string | null): void {
  if (title === null) db.exec("DELETE FROM property WHERE name = 'title'");
  else db.prepare("INSERT OR REPLACE INTO property (name, value) VALUES ('title', ?)").run(storeText(title));
}
