import { useId } from 'react';
import { formatByteCount, formatInteger } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import type { DraftFile } from './draft.ts';

interface Props {
  readonly file: DraftFile | null;
  /** Bytes that the buffer holds: a longer file isn't read. */
  readonly capacity: number;
  readonly choose: (file: DraftFile) => void;
  readonly refuse: (message: string) => void;
}

/** A user's file, read in the page when it is chosen. */
export function FileField({ file, capacity, choose, refuse }: Props) {
  const id = useId();
  const read = async (chosen: File | undefined) => {
    if (!chosen) return;
    const name = visibleText(chosen.name);
    const tooLong = (size: string) =>
      refuse(`${name} has ${size}, but the buffer holds ${formatInteger(capacity)}. Choose a smaller file.`);
    if (chosen.size > capacity) return tooLong(formatByteCount(chosen.size));
    try {
      // It may grow, and a device tells no size.
      const bytes = new Uint8Array(await chosen.slice(0, capacity + 1).arrayBuffer());
      if (bytes.length > capacity) return tooLong('more');
      choose({ name: chosen.name, bytes });
    } catch {
      refuse(`Couldn't read ${name}: it was changed, moved or deleted. Choose it again.`);
    }
  };
  return (
    <div className="file-field">
      <label htmlFor={id}>File to send</label>
      <input
        id={id}
        type="file"
        onChange={(event) => {
          const input = event.currentTarget;
          // The same file can be chosen again after it was changed.
          void read(input.files?.[0]).then(() => {
            input.value = '';
          });
        }}
      />
      {file ? (
        <p className="foreign">
          <b>{visibleText(file.name)}</b>, {formatByteCount(file.bytes.length)}, as it was when you chose it.
        </p>
      ) : (
        <p className="calm">No file chosen. Its bytes will be sent unchanged.</p>
      )}
    </div>
  );
}
