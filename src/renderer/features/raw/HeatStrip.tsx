import type { CSSProperties, PointerEvent } from 'react';
import { useRaw } from '../../host/host-store.ts';
import { formatByteCount, formatInteger, plural } from '../../kit/format/bytes.ts';

interface Props {
  readonly session: number;
  /** Bytes that are in view begin here. */
  readonly cursor: number;
  readonly goTo: (offset: number) => void;
}

/** 0 to 1: logarithmic, so that small values are visible too. */
const heat = (changes: number, regionBytes: number): number =>
  changes === 0 ? 0 : 0.25 + 0.75 * Math.min(1, Math.log2(1 + changes) / Math.log2(1 + 10 * regionBytes));

/** The watched part of the section, hotter where more has changed in the last second. A click goes there. */
export function HeatStrip({ session, cursor, goTo }: Props) {
  const raw = useRaw(session, ({ changes, regionBytes, watched, watchedFrom }) => ({
    ...{ changes, regionBytes, watched, watchedFrom },
  }));
  if (!raw || raw.changes.length === 0) return null;
  const { changes, regionBytes, watched, watchedFrom } = raw;
  const hot = changes.filter((count) => count > 0).length;
  const at = ({ currentTarget, clientX }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const region = Math.min(changes.length - 1, Math.floor(((clientX - left) / width) * changes.length));
    goTo(watchedFrom + Math.min(watched - 1, Math.max(0, region) * regionBytes));
  };
  return (
    <div
      className="heat"
      role="img"
      aria-label={`${plural(changes.length, 'region')} of ${formatByteCount(regionBytes)}, ${formatInteger(hot)} changing`}
      onPointerDown={at}
    >
      {changes.map((count, region) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: a region's place is its name
          key={region}
          title={`0x${(watchedFrom + region * regionBytes).toString(16)}: ${formatInteger(count)} bytes changed in the last second`}
          data-here={Math.floor((cursor - watchedFrom) / regionBytes) === region}
          style={{ '--heat': heat(count, regionBytes) } as CSSProperties}
        />
      ))}
    </div>
  );
}
