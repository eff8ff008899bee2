import { CheckmarkCircle16Filled, DismissCircle16Filled } from '@fluentui/react-icons';
import { useMemo, useState } from 'react';
import { ABIS, type AbiId } from '../../../shared/types/abi.ts';
import { type OpenTypes, othersOf, type TypeReader } from '../../../shared/types/compiled/open.ts';
import { entryNamed } from '../../../shared/types/listing.ts';
import { type PairRow, pairRows } from '../../../shared/types/pair.ts';
import { type ByteRange, fieldAtPath } from '../../../shared/types/paths.ts';
import { formatHex } from '../../kit/format/hex.ts';
import { fieldText } from '../../view/field-text.ts';
import { Visible } from '../../view/Preview.tsx';
import type { TypeMatch } from '../../view/types-store.ts';
import { AbiSelect } from '../types/AbiSelect.tsx';
import { PairTable } from '../types/PairTable.tsx';

interface Props {
  readonly types: OpenTypes;
  readonly match: TypeMatch;
  readonly bytes: Uint8Array;
  readonly asHex: boolean;
  readonly select: (bytes: ByteRange) => void;
}

/** A message as programs of two ABIs would read it: positions, padding and values, differences marked. */
export function PayloadLens({ types, match, bytes, asHex, select }: Props) {
  const { type, abi } = match.binding;
  const verdict = useMemo(() => match.verdict(bytes), [match, bytes]);
  const [abis, setAbis] = useState<readonly [AbiId, AbiId]>([abi, verdict?.built ?? othersOf(abi)[0] ?? abi]);
  const [left, right] = abis;
  const rows = useMemo(() => {
    const entryOf = (one: AbiId) => {
      const layouts = types.layouts(one);
      return layouts && entryNamed(layouts, type);
    };
    return pairRows([entryOf(left), entryOf(right)]);
  }, [types, type, left, right]);
  const readers = useMemo(
    () => [types.reader(type, left), types.reader(type, right)] as const,
    [types, type, left, right],
  );
  const decoded = useMemo(() => readers.map((reader) => reader?.decoder.decode(bytes).fields ?? []), [readers, bytes]);

  const value = (row: PairRow, side: 0 | 1) => {
    if (row.kind === 'padding') return <Padding place={row.sides[side]} bytes={bytes} />;
    const field = fieldAtPath(decoded[side] ?? [], row.path);
    if (!field) return <span className="bad">missing</span>;
    const { main, more } = fieldText(field, asHex);
    return (
      <span title={field.fault} className={field.fault === undefined ? undefined : 'bad'}>
        <Visible text={main} />
        {more && <span className="calm"> {more}</span>}
      </span>
    );
  };
  const choose = (row: PairRow, side: 0 | 1) => {
    const place = row.sides[side];
    if (!place || place.offset >= bytes.length) return;
    const size = place.bit ? Math.ceil((place.bit.offset + place.bit.width) / 8) : place.size;
    select({ from: place.offset, to: Math.min(bytes.length, place.offset + Math.max(1, size)) });
  };
  const head = (side: 0 | 1) => (
    <span className="pair-head">
      <AbiSelect
        label={side === 0 ? 'First ABI' : 'Second ABI'}
        value={abis[side]}
        choose={(next) => setAbis(side === 0 ? [next, right] : [left, next])}
      />
      <Standing reader={readers[side]} bytes={bytes} show={select} />
    </span>
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="payload-lens" aria-label="Under two ABIs" tabIndex={0}>
      <PairTable {...{ rows, abis, head, value, choose }} />
    </section>
  );
}

/** Whether the message can have been built for an ABI, and what contradicts it. */
function Standing({
  reader,
  bytes,
  show,
}: {
  reader: TypeReader | undefined;
  bytes: Uint8Array;
  show: (bytes: ByteRange) => void;
}) {
  const fit = reader?.struct?.fit;
  if (!fit) return <span className="calm">not declared</span>;
  const doubt = fit.sizeDoubt(bytes) ?? fit.contentDoubt(bytes);
  if (!doubt)
    return (
      <span className="lens-fits" title={`The message fits ${ABIS[fit.layouts.abi.id].label}.`}>
        <CheckmarkCircle16Filled /> fits
      </span>
    );
  const select = () => show({ from: doubt.from, to: doubt.to });
  return (
    <button
      type="button"
      className="bare-button lens-fails"
      title={`${doubt.text}. Select what proves it.`}
      onClick={() => doubt.to > doubt.from && select()}
    >
      <DismissCircle16Filled /> {doubt.text}
    </button>
  );
}

function Padding({ place, bytes }: { place: PairRow['sides'][0]; bytes: Uint8Array }) {
  if (!place) return null;
  const part = bytes.subarray(place.offset, Math.min(place.offset + place.size, place.offset + 16));
  const isClean = part.every((byte) => byte === 0);
  return <span className={isClean ? 'calm' : 'bad'}>{formatHex(part)}</span>;
}
