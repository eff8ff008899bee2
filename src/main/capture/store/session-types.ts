import type { DatabaseSync } from 'node:sqlite';
import { type CompiledTypes, NO_TYPES } from '../../../shared/types/compiled/compiled.ts';
import { readCompiled } from '../../../shared/types/compiled/schema.ts';

/** Characters of JSON: the types of a session's messages need far fewer. */
const MAX_JSON = 8 * 1024 * 1024;

/** The types that a session's messages were read with; none if the capture doesn't say, or not in a known form. */
export function readSessionTypes(db: DatabaseSync, session: number): CompiledTypes {
  const stored = db
    .prepare('SELECT types FROM session_types WHERE session = ? AND length(types) <= ?')
    .get(session, MAX_JSON)?.types;
  return typeof stored === 'string' ? readCompiled(stored) : NO_TYPES;
}

/** Stores them; nothing if none is bound. What is too long isn't stored. */
export function writeSessionTypes(db: DatabaseSync, session: number, types: CompiledTypes): void {
  const json = JSON.stringify(types);
  if (types.bindings.length === 0 || json.length > MAX_JSON)
    db.prepare('DELETE FROM session_types WHERE session = ?').run(session);
  else db.prepare('INSERT OR REPLACE INTO session_types (session, types) VALUES (?, ?)').run(session, json);
}
