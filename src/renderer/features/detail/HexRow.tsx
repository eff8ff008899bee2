import { hexByte } from '../../kit/format/hex.ts';

interface Props {
  /** Of the row; undefined while they are being fetched. */
  readonly part: Uint8Array | undefined;
  /** The row's offset in all bytes. */
  readonly at: number;
  readonly perRow: number;
  /** Digits of the offset. */
  readonly digits: number;
  /** The class of a byte, by its offset. */
  readonly classOf: (offset: number) => string | undefined;
}

/** Offset, bytes and ASCII. Spaces belong to the byte before them, so that a selection has no gaps. */
export function HexRow({ part, at, perRow, digits, classOf }: Props) {
  const side = (text: (byte: number, i: number) => string) =>
    Array.from(part ?? [], (byte, i) => {
      const offset = at + i;
      return (
        <span key={offset} data-at={offset} className={classOf(offset)}>
          {text(byte, i)}
        </span>
      );
    });
  return (
    <div className="hex-row">
      <span className="hex-offset">{at.toString(16).padStart(digits, '0')}</span>
      {part ? (
        <>
          <span className="hex-bytes" style={{ minWidth: `${3 * perRow - 1}ch` }}>
            {side((byte, i) => (i === perRow - 1 ? hexByte(byte) : `${hexByte(byte)} `))}
          </span>
          <span className="hex-ascii">
            {side((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))}
          </span>
        </>
      ) : (
        <span className="bone" />
      )}
    </div>
  );
}

/** Digits that offsets in this many bytes need. */
export const offsetDigits = (size: number): number => Math.max(4, (size - 1).toString(16).length);
