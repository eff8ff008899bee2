import { type ClipboardEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { parseHex } from '../../../shared/hex/hex.ts';
import { encodeUtf8 } from '../../../shared/text/utf8.ts';
import { isCommandHeld, isPress } from '../../kit/commands/keys.ts';
import { formatByteCount } from '../../kit/format/bytes.ts';
import { CharacterColumn } from './CharacterColumn.tsx';
import {
  type ByteRange,
  type HexState,
  hexLines,
  indexOfNibble,
  MAX_HEX_EDIT,
  nibbleAt,
  putBytes,
  ROW_BYTES,
  removeBytes,
  selectedBytes,
  type TypeMode,
  typeDigit,
} from './hex-edit.ts';
import { useByteEditing } from './use-byte-editing.ts';
import './hex-editor.css';

interface Props {
  readonly content: string;
  readonly write: (content: string) => void;
  /** Says why something wasn't accepted. */
  readonly refuse: (message: string) => void;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly invalid: boolean;
  readonly note: string;
}

/** Offsets, hex digits and characters of the same bytes; typing in either column changes both. */
export function HexEditor({ content, write, refuse, field, invalid, note }: Props) {
  const editing = useByteEditing(content, write);
  const [mode, setMode] = useState<TypeMode>('insert');
  const [nibble, setNibble] = useState(0);
  const pending = useRef<number | null>(null);
  const mark = useRef<HTMLDivElement>(null);
  const { bytes } = editing;
  const length = bytes?.length ?? 0;
  const caret = Math.min(nibble, 2 * length);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the caret is put back after the content has changed
  useLayoutEffect(() => {
    const element = field.current;
    if (!element || pending.current === null) return;
    const at = indexOfNibble(pending.current, length);
    pending.current = null;
    if (document.activeElement === element) element.setSelectionRange(at, at);
    mark.current?.scrollIntoView({ block: 'nearest' });
  }, [content, nibble]);

  const moveTo = (next: number) => {
    pending.current = Math.max(0, Math.min(2 * length, next));
    setNibble(pending.current);
  };
  const apply = (next: HexState) => {
    const to = editing.apply(next, caret);
    if (to === null) return refuse(`The hex editor holds up to ${formatByteCount(MAX_HEX_EDIT)}. Send a file instead.`);
    pending.current = to;
    setNibble(to);
  };
  const state = (): HexState => ({ bytes: bytes ?? new Uint8Array(), nibble: caret });
  const atCaret: ByteRange = { from: caret >> 1, to: caret >> 1 };
  const selection = (): ByteRange => {
    const element = field.current;
    if (!element || element.selectionStart === element.selectionEnd) return atCaret;
    return selectedBytes(element.selectionStart, element.selectionEnd, length);
  };

  /** What both columns do with a key. Returns whether it was handled. */
  const commonKey = (event: KeyboardEvent, selected: ByteRange): boolean => {
    const { key } = event;
    if (isPress('Ctrl+Z', event)) travel(editing.undo);
    else if (isPress('Ctrl+Shift+Z', event) || isPress('Ctrl+Y', event)) travel(editing.redo);
    else if (isCommandHeld(event)) return false;
    else if (key === 'Insert') setMode(mode === 'insert' ? 'overwrite' : 'insert');
    else if (key === 'Backspace') apply(removeBytes(state(), selected, -1));
    else if (key === 'Delete') apply(removeBytes(state(), selected, 1));
    else return false;
    event.preventDefault();
    return true;
  };
  const travel = (way: (caret: number) => number | undefined) => {
    const to = way(caret);
    if (to === undefined) return;
    pending.current = to;
    setNibble(to);
  };

  const onHexKey = (event: KeyboardEvent) => {
    if (!bytes || commonKey(event, selection()) || isCommandHeld(event)) return;
    const step = event.shiftKey ? undefined : { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) moveTo(caret + step);
    else if (/^[0-9a-f]$/i.test(event.key))
      apply(typeDigit(state(), selection(), Number.parseInt(event.key, 16), mode));
    else if ([...event.key].length === 1) {
      if (event.key !== ' ')
        refuse(`"${event.key}" is not a hex digit (0–9, a–f). Type characters in the column on the right.`);
    } else return;
    event.preventDefault();
  };
  const onCharacterKey = (event: KeyboardEvent) => {
    if (!bytes || commonKey(event, atCaret)) return;
    const byte = caret >> 1;
    const to = { ArrowLeft: byte - 1, ArrowRight: byte + 1, ArrowUp: byte - ROW_BYTES, ArrowDown: byte + ROW_BYTES }[
      event.key
    ];
    if (to !== undefined) moveTo(2 * to);
    else if (!isCommandHeld(event) && [...event.key].length === 1)
      apply(putBytes(state(), atCaret, encodeUtf8(event.key), mode));
    else return;
    event.preventDefault();
  };
  const onHexPaste = (event: ClipboardEvent) => {
    if (!bytes) return;
    event.preventDefault();
    const pasted = parseHex(event.clipboardData.getData('text/plain'));
    if (pasted.ok) apply(putBytes(state(), selection(), pasted.bytes, mode));
    else refuse(`The pasted text isn't hex. ${pasted.message}`);
  };
  const onCharacterPaste = (event: ClipboardEvent) => {
    event.preventDefault();
    if (bytes) apply(putBytes(state(), atCaret, encodeUtf8(event.clipboardData.getData('text/plain')), mode));
  };

  const lines = Math.max(1, Math.ceil((length + 1) / ROW_BYTES), content.split('\n').length);
  const byte = caret >> 1;
  return (
    <div className="hex-editor">
      <div className="hex-editor-scroll">
        <pre className="hex-editor-offsets" aria-hidden="true">
          {Array.from({ length: lines }, (_, i) => (i * ROW_BYTES).toString(16).padStart(4, '0')).join('\n')}
        </pre>
        <div className="hex-editor-digits">
          {bytes && (
            <div
              ref={mark}
              className="hex-editor-mark two"
              style={{ top: `${Math.floor(byte / ROW_BYTES) * 19}px`, left: `${(byte % ROW_BYTES) * 3}ch` }}
            />
          )}
          <textarea
            ref={field}
            className="hex-editor-field"
            aria-label="Message as hex bytes"
            aria-invalid={invalid}
            aria-describedby={note}
            placeholder="de ad be ef"
            spellCheck={false}
            rows={lines}
            value={bytes ? hexLines(bytes) : content}
            onChange={(event) => editing.take(event.target.value, caret)}
            onKeyDown={onHexKey}
            onPaste={onHexPaste}
            onSelect={(event) => setNibble(nibbleAt(event.currentTarget.selectionStart))}
          />
        </div>
        {bytes && (
          <CharacterColumn
            bytes={bytes}
            byte={byte}
            onKeyDown={onCharacterKey}
            onPaste={onCharacterPaste}
            moveTo={(to) => moveTo(2 * to)}
          />
        )}
      </div>
      <div className="hex-editor-bar number">
        <button
          type="button"
          className="hex-editor-mode"
          title="Whether typing inserts or overwrites (Insert)"
          onClick={() => setMode(mode === 'insert' ? 'overwrite' : 'insert')}
        >
          {mode === 'insert' ? 'Insert' : 'Overwrite'}
        </button>
        <span>offset 0x{byte.toString(16).padStart(4, '0')}</span>
      </div>
    </div>
  );
}
