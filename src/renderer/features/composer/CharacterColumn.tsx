import { type ClipboardEvent, type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import { asciiLines, ROW_BYTES } from './hex-edit.ts';

interface Props {
  readonly bytes: Uint8Array;
  /** Where the caret is. */
  readonly byte: number;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onPaste: (event: ClipboardEvent) => void;
  readonly moveTo: (byte: number) => void;
}

/** The bytes as characters, to be typed as such. */
export function CharacterColumn({ bytes, byte, onKeyDown, onPaste, moveTo }: Props) {
  const column = useRef<HTMLDivElement>(null);
  const text = useMemo(() => asciiLines(bytes), [bytes]);
  const onPointerDown = (event: PointerEvent) => {
    const box = column.current?.getBoundingClientRect();
    if (!box) return;
    const place = Math.floor(((event.clientX - box.left) / box.width) * ROW_BYTES);
    const row = Math.floor((event.clientY - box.top) / 19);
    moveTo(Math.min(bytes.length, row * ROW_BYTES + Math.min(ROW_BYTES - 1, Math.max(0, place))));
  };
  return (
    <div
      ref={column}
      className="hex-editor-characters"
      role="application"
      aria-label="Message as characters"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is typed in; a text field would show bytes that it hasn't
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
    >
      <div
        className="hex-editor-mark"
        style={{ top: `${Math.floor(byte / ROW_BYTES) * 19}px`, left: `${byte % ROW_BYTES}ch` }}
      />
      <pre>{text}</pre>
    </div>
  );
}
