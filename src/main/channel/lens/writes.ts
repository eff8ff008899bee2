import { DEFAULT_BUFFER_SIZE, type Layout, type Role } from '../../../shared/domain.ts';
import { laneOf } from '../../../shared/session-kind.ts';
import { geometry } from '../layout.ts';

/** A client of layout `sized` takes a flag for the buffer size if its server has another layout. */
const LARGEST_FLAG = 3;
const ANY_U32 = 2 ** 32 - 1;

/** The bytes from `from` up to `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Where one side of a pair writes under its own layout: a message into slot, length and flag, and that it has read one.
 */
export interface Writes {
  readonly role: Role;
  readonly layout: Layout;
  readonly flagAt: number;
  readonly length: Range;
  /** It zeroes all of it before it copies a message to its start. */
  readonly slot: Range;
  /** Bytes that a message can have. */
  readonly longest: number;
  /** The other side's flag, where it believes it to be: it stores *read* there when it finds *sent*. */
  readonly answerAt: number;
}

/** A server's layout and a client's, and what each writes. */
export interface Pair {
  readonly server: Writes;
  readonly client: Writes;
  /** Of the server: null if its header has no buffer size. */
  readonly bufferSize: number | null;
  /** What the server zeroed at its start. */
  readonly sectionBytes: number;
  /** Bytes that the section must have. */
  readonly needs: number;
  /** A client of layout `sized` that took a flag for the buffer size: its messages leave only its flag. */
  readonly isLost: (side: Writes) => boolean;
}

/** `first`: what is at offset 0, where a `sized` server has its buffer size. */
export function pairOf(server: Layout, client: Layout, first: number): Pair {
  const size = server === 'sized' ? first : DEFAULT_BUFFER_SIZE;
  const { sectionBytes } = geometry(server, size);
  const isLost = client === 'sized' && server !== 'sized';
  return {
    server: writesOf('server', server, size),
    client: isLost ? lostClient() : writesOf('client', client, size),
    bufferSize: server === 'sized' ? size : null,
    sectionBytes,
    needs: Math.max(sectionBytes, isLost ? 0 : geometry(client, size).sectionBytes),
    isLost: ({ role }) => isLost && role === 'client',
  };
}

function writesOf(role: Role, layout: Layout, size: number): Writes {
  const { spec, data, capacity } = geometry(layout, size);
  const [out, back] = [laneOf(role, 'out'), laneOf(role, 'in')];
  const [lengthAt, begin] = [spec.length[out], data[out]];
  return {
    role,
    layout,
    flagAt: spec.flag[out],
    length: { from: lengthAt, to: lengthAt + spec.lengthBytes },
    slot: { from: begin, to: begin + capacity },
    longest: capacity,
    answerAt: spec.flag[back],
  };
}

/** Its buffer size was a flag when it came: which one determines where its few bytes are. */
function lostClient(): Writes {
  const { from } = writesOf('client', 'sized', 0).slot;
  return { ...writesOf('client', 'sized', 0), slot: { from, to: from + 2 * LARGEST_FLAG }, longest: ANY_U32 };
}

export const overlaps = (a: Range, b: Range): boolean => a.from < b.to && b.from < a.to;

/** What is left of `ranges` without `hole`. */
export function without(ranges: readonly Range[], hole: Range): Range[] {
  return ranges.flatMap((range) =>
    overlaps(range, hole)
      ? [
          { from: range.from, to: hole.from },
          { from: hole.to, to: range.to },
        ].filter(({ from, to }) => from < to)
      : [range],
  );
}
