import type { DatabaseSync } from 'node:sqlite';
import { type CompiledTypes, NO_TYPES } from '../../../shared/types/compiled/compiled.ts';
import { readCompiled } from '../../../shared/types/compiled/schema.ts';

/** Characters of JSON: what a session's messages need has far less. */
const MAX_JSON = 8 * 1024 * 1024;

/**
 * By which types a session's messages were read; none where the capture does not say, or not in a form that is known.
 */
export function readSessionTypes(db: DatabaseSync, session: number): CompiledTypes {
  const stored = db
    .prepare('SELECT types FROM session_types WHERE session = ? AND length(types) <= ?')
    .get(session, MAX_JSON)?.types;
  return typeof stored === 'string' ? readCompiled(stored) : NO_TYPES;
}

/** Keeps them; none where nothing is bound. What is too long is not kept. */
export function writeSessionTypes(db: DatabaseSync, session: number, types: CompiledTypes): void {
  const json = JSON.stringify(types);
  if (types.bindings.length === 0 || json.length > MAX_JSON)
    db.prepare('DELETE FROM session_types WHERE session = ?').run(session);
  else db.prepare('INSERT OR REPLACE INTO session_types (session, types) VALUES (?, ?)').run(session, json);
}
