import { ToggleButton } from '@fluentui/react-components';
import { Glasses16Regular, Warning16Filled } from '@fluentui/react-icons';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { create } from 'zustand';
import type { Failure } from '../../../shared/failure.ts';
import type { LogRow } from '../../../shared/log.ts';
import { ABIS } from '../../../shared/types/abi.ts';
import type { Decoded } from '../../../shared/types/decoder.ts';
import type { ByteRange } from '../../../shared/types/paths.ts';
import { useSession } from '../../host/host-store.ts';
import { formatByteCount, formatSize } from '../../kit/format/bytes.ts';
import { formatHex } from '../../kit/format/hex.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { readBytes } from '../../view/copy.ts';
import type { PayloadSource } from '../../view/payload-source.ts';
import { type OpenTypes, type TypeMatch, useSessionTypes } from '../../view/types-store.ts';
import { decodeAs } from '../types/decode-store.ts';
import { FieldTree } from './FieldTree.tsx';
import { NoType } from './NoType.tsx';
import { PayloadLens } from './PayloadLens.tsx';
import './fields.css';

/** Longer payloads aren't decoded as fields: it would block the window. Bytes. */
const MOST = 16 * 1024 * 1024;

/** How fields are shown, from record to record. */
const useFieldLook = create<{ readonly asHex: boolean; readonly both: boolean }>(() => ({
  asHex: false,
  both: false,
}));

interface Props {
  readonly session: number;
  readonly row: LogRow;
  readonly source: PayloadSource;
  readonly selected: ByteRange;
  readonly select: (bytes: ByteRange) => void;
  /** The same bytes in hex. */
  readonly hex: ReactNode;
}

/** A message as the type that a binding gives it. */
export function FieldsView(props: Props) {
  const { session, row, source } = props;
  const bytes = useWhole(source);
  const section = useSession(session, (one) => one.section);
  const types = useSessionTypes(session);
  if (source.size > MOST)
    return (
      <p className="fields-note">
        {formatSize(source.size)} are too much to be read as fields; the limit is {formatSize(MOST)}.
      </p>
    );
  if (!bytes || !types) return <p className="fields-note">Reading…</p>;
  if ('code' in bytes) return <FailureMessage title="Couldn't read the payload" failure={bytes} />;
  const match = types.match(section, row.lane, bytes);
  if (!match) return <NoType session={session} row={row} bytes={bytes} types={types} />;
  return <Fields {...props} {...{ bytes, match, types }} />;
}

function useWhole(source: PayloadSource): Uint8Array | Failure | undefined {
  const [read, setRead] = useState<{ readonly of: PayloadSource; readonly is: Uint8Array | Failure }>();
  useEffect(() => {
    if (source.size > MOST) return undefined;
    let wanted = true;
    void readBytes(source, 0, source.size).then((result) => {
      if (wanted) setRead({ of: source, is: result.ok ? result.value : result.failure });
    });
    return () => {
      wanted = false;
    };
  }, [source]);
  return read?.of === source ? read.is : undefined;
}

interface FieldsProps extends Props {
  readonly bytes: Uint8Array;
  readonly match: TypeMatch;
  readonly types: OpenTypes;
}

function Fields({ session, source, row, selected, select, hex, bytes, match, types }: FieldsProps) {
  const { asHex, both } = useFieldLook();
  const { decoder } = match;
  const decoded = useMemo(() => decoder.decode(bytes), [decoder, bytes]);
  const verdict = useMemo(() => match.verdict(bytes), [match, bytes]);
  const section = useSession(session, (one) => one.section) ?? '';
  const { type, abi } = match.binding;
  const isLaidOut = types.reader(type, abi)?.struct !== undefined;
  const change = () => decodeAs({ section, lane: row.lane, bytes, type, abi: verdict?.built ?? abi });
  return (
    <div className="fields">
      <div className="fields-bar number">
        <button type="button" className="bare-button fields-type" title="Decode this channel as…" onClick={change}>
          <b className="foreign mono">{type}</b>
          {isLaidOut && <span className="calm"> {ABIS[abi].label}</span>}
        </button>
        <span className={decoded.fault === undefined ? 'calm fields-size' : 'fields-fault fields-size'}>
          {decoded.fault ?? formatByteCount(bytes.length)}
        </span>
        {isLaidOut && (
          <ToggleButton
            size="small"
            appearance="subtle"
            icon={<Glasses16Regular />}
            checked={both}
            title="The bytes under two ABIs side by side"
            onClick={() => useFieldLook.setState({ both: !both })}
          >
            Two ABIs
          </ToggleButton>
        )}
        <ToggleButton
          size="small"
          appearance="subtle"
          checked={asHex}
          title="Numbers in hex"
          onClick={() => useFieldLook.setState({ asHex: !asHex })}
        >
          0x
        </ToggleButton>
      </div>
      {verdict && (
        <p className="fields-verdict" role="status">
          <Warning16Filled />
          <span>{verdict.why}</span>
          {verdict.proof.to > verdict.proof.from && (
            <button type="button" className="link" onClick={() => select(verdict.proof)}>
              Show the bytes
            </button>
          )}
          <button type="button" className="link" onClick={change}>
            Read it as {ABIS[verdict.built].label}…
          </button>
        </p>
      )}
      {both && isLaidOut ? (
        <PayloadLens key={`${type} ${abi}`} {...{ types, match, bytes, asHex, select }} />
      ) : (
        <FieldTree {...{ session, decoder, decoded, asHex, selected, select }} />
      )}
      <Rest {...{ decoded, bytes, select }} />
      {source.size > 0 && <div className="fields-hex">{hex}</div>}
    </div>
  );
}

/** What remains after the type: a click selects it. */
function Rest({ decoded: { rest }, bytes, select }: Pick<FieldsProps, 'bytes' | 'select'> & { decoded: Decoded }) {
  if (!rest) return null;
  const { offset, size } = rest;
  const shown = formatHex(bytes.subarray(offset, Math.min(offset + size, offset + 64)));
  return (
    <button
      type="button"
      className="bare-button fields-rest"
      title="Select these bytes"
      onClick={() => select({ from: offset, to: offset + size })}
    >
      <span>{formatByteCount(size)} behind the type</span>
      <span className="mono calm">
        {shown}
        {size > 64 && ' …'}
      </span>
    </button>
  );
}
