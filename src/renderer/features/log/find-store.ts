import { create } from 'zustand';
import { writeHex } from '../../../shared/filter/values.ts';
import { type FindNeedle, MAX_NEEDLE } from '../../../shared/find.ts';
import { parseHexWildcards } from '../../../shared/hex/hex.ts';

/** What is searched for; it stays from session to session. */
export interface Find {
  readonly isOpen: boolean;
  readonly type: FindNeedle['type'];
  readonly text: string;
  readonly ignoreCase: boolean;
  /** Counts how often the bar was opened: it takes the focus again. */
  readonly asked: number;
}

export const useFind = create<Find>(() => ({ isOpen: false, type: 'text', text: '', ignoreCase: true, asked: 0 }));

export const openFind = (): void => useFind.setState(({ asked }) => ({ isOpen: true, asked: asked + 1 }));
export const closeFind = (): void => useFind.setState({ isOpen: false });

/** What to search for; null if nothing, a sentence if it isn't bytes. */
export function needleOf({
  type,
  text,
  ignoreCase,
}: Pick<Find, 'type' | 'text' | 'ignoreCase'>): FindNeedle | string | null {
  if (text.trim() === '' && (type === 'hex' || text === '')) return null;
  if (type === 'text') return { type, text: text.slice(0, MAX_NEEDLE), ignoreCase };
  const parsed = parseHexWildcards(text);
  if (!parsed.ok) return parsed.message;
  if (parsed.bytes.length === 0) return null;
  if (parsed.bytes.length > MAX_NEEDLE) return 'The search pattern can have at most 1,000 bytes.';
  return { type, hex: writeHex(parsed.bytes) };
}
