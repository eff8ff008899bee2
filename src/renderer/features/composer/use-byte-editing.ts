import { useRef } from 'react';
import { parseHex } from '../../../shared/hex/hex.ts';
import { type HexState, hexLines, MAX_HEX_EDIT } from './hex-edit.ts';

/** Undo steps. */
const UNDO_STEPS = 200;

interface Step {
  readonly content: string;
  readonly nibble: number;
}

export interface ByteEditing {
  /** null while the content isn't bytes; then it is text to be corrected. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  /** Sets the bytes to `next`. Returns the nibble for the caret, null if there are too many bytes. */
  readonly apply: (next: HexState, caret: number) => number | null;
  /** Takes the field's content after an input by other means than a key. */
  readonly take: (text: string, caret: number) => void;
  /** The nibble where the caret was, or undefined if there is nothing to undo or redo. */
  readonly undo: (caret: number) => number | undefined;
  readonly redo: (caret: number) => number | undefined;
}

/** The content of a hex draft as bytes, with undo: a field written by its program has none of its own. */
export function useByteEditing(content: string, write: (content: string) => void): ByteEditing {
  const past = useRef<Step[]>([]);
  const future = useRef<Step[]>([]);
  const parsed = parseHex(content);

  const change = (next: string, caret: number) => {
    if (next === content) return;
    past.current = [...past.current, { content, nibble: caret }].slice(-UNDO_STEPS);
    future.current = [];
    write(next);
  };
  const travel = (from: typeof past, to: typeof past) => (caret: number) => {
    const step = from.current.pop();
    if (!step) return undefined;
    to.current.push({ content, nibble: caret });
    write(step.content);
    return step.nibble;
  };

  return {
    bytes: parsed.ok ? parsed.bytes : null,
    apply: ({ bytes, nibble }, caret) => {
      if (bytes.length > MAX_HEX_EDIT) return null;
      change(hexLines(bytes), caret);
      return nibble;
    },
    take: (text, caret) => {
      const taken = parseHex(text);
      change(taken.ok && taken.bytes.length <= MAX_HEX_EDIT ? hexLines(taken.bytes) : text, caret);
    },
    undo: travel(past, future),
    redo: travel(future, past),
  };
}
