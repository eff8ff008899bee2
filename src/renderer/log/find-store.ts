import { create } from 'zustand';
import { type FindNeedle, MAX_NEEDLE } from '../../shared/find.ts';

/** What is looked for; it stays from session to session. */
export interface Find {
  readonly isOpen: boolean;
  readonly type: FindNeedle['type'];
  readonly text: string;
  readonly ignoreCase: boolean;
  /** Counts the times that the bar was asked for: it takes the focus again. */
  readonly asked: number;
}

export const useFind = create<Find>(() => ({ isOpen: false, type: 'text', text: '', ignoreCase: true, asked: 0 }));

export const openFind = (): void => useFind.setState(({ asked }) => ({ isOpen: true, asked: asked + 1 }));
export const closeFind = (): void => useFind.setState({ isOpen: false });

const BYTES = /^([0-9a-f]{2}|\?\?)+$/i;

/** What to look for; null where nothing is, a sentence where it is no bytes. */
export function needleOf({
  type,
  text,
  ignoreCase,
}: Pick<Find, 'type' | 'text' | 'ignoreCase'>): FindNeedle | string | null {
  if (text.trim() === '' && (type === 'hex' || text === '')) return null;
  if (type === 'text') return { type, text: text.slice(0, MAX_NEEDLE), ignoreCase };
  if (BYTES.test(text.replace(/\s/g, ''))) return { type, hex: text };
  return 'Bytes are two hex digits each, or ?? for any byte.';
}
