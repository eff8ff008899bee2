import { Button, Select } from '@fluentui/react-components';
import { useEffect, useMemo } from 'react';
import { parseHex } from '../../../shared/hex/hex.ts';
import { laneOf } from '../../../shared/session-kind.ts';
import type { AbiId } from '../../../shared/types/abi.ts';
import { NO_TYPES } from '../../../shared/types/compiled/compiled.ts';
import { openTypes } from '../../../shared/types/compiled/open.ts';
import type { StructDecoder } from '../../../shared/types/struct/struct-decoder.ts';
import { withComputed } from '../../../shared/types/write/computed.ts';
import { useEndpoint } from '../../host/host-store.ts';
import { formatByteCount } from '../../kit/format/bytes.ts';
import { showPage } from '../../view/page-store.ts';
import { useTypes } from '../../view/types-store.ts';
import { AbiSelect } from '../types/AbiSelect.tsx';
import { isForMessages, typeChoices } from '../types/type-choices.ts';
import {
  boundType,
  type ComposeType,
  carriedOver,
  chooseComposeType,
  emptyMessage,
  leavesIn,
  structDecoder,
  suggestedComputed,
  useComposeType,
} from './compose-type.ts';
import { FieldInputs } from './FieldInputs.tsx';
import { hexLines } from './hex-edit.ts';
import './fields-editor.css';

interface Props {
  readonly session: number;
  /** The message in hex. */
  readonly content: string;
  readonly write: (content: string) => void;
}

/** A message as the fields of a declared type, under the peer's ABI. */
export function FieldsEditor({ session, content, write }: Props) {
  const compiled = useTypes((state) => state.snapshot)?.compiled ?? NO_TYPES;
  const types = openTypes(compiled);
  const section = useEndpoint(session, (one) => one.section);
  const role = useEndpoint(session, (one) => one.role);
  const { chosen, computed } = useComposeType(session);
  const names = useMemo(
    () =>
      typeChoices(types)
        .filter((one) => isForMessages(one) && Object.keys(one.entries).length > 0)
        .map(({ name }) => name),
    [types],
  );
  const used: ComposeType | null =
    chosen && names.includes(chosen.type) ? chosen : boundType(types, section, role ? laneOf(role, 'out') : null);
  const decoder = used ? structDecoder(types, used) : undefined;
  const parsed = useMemo(() => parseHex(content), [content]);
  const bytes = parsed.ok ? parsed.bytes : new Uint8Array();
  const put = (next: Uint8Array) => write(hexLines(next));
  const isEmpty = bytes.length === 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: only where there is nothing yet
  useEffect(() => {
    if (decoder && isEmpty) put(emptyMessage(decoder));
  }, [decoder, isEmpty]);

  if (names.length === 0)
    return (
      <div className="compose-none">
        <p>No types are declared yet: a message can be written as fields once its type is known.</p>
        <Button size="small" onClick={() => showPage('types')}>
          Declare types
        </Button>
      </div>
    );
  const choose = (next: ComposeType) => {
    const other = structDecoder(types, next);
    chooseComposeType(session, next);
    if (other) put(decoder && !isEmpty ? carriedOver(bytes, decoder, other) : emptyMessage(other));
  };
  return (
    <div className="compose-fields">
      <div className="compose-type">
        <Select
          size="small"
          aria-label="Type of the message"
          value={used?.type ?? ''}
          onChange={(_, { value }) => value !== '' && choose({ type: value, abi: used?.abi ?? 'windows-x64' })}
        >
          {!used && <option value="">Choose a type…</option>}
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
        {used && (
          <AbiSelect
            label="Program that reads it"
            value={used.abi}
            choose={(abi: AbiId) => choose({ type: used.type, abi })}
          />
        )}
        {decoder && <Fresh decoder={decoder} size={bytes.length} begin={() => put(emptyMessage(decoder))} />}
      </div>
      {decoder && !isEmpty && (
        <FieldInputs
          key={decoder.id}
          {...{ session, decoder, bytes }}
          computed={computed ?? suggestedComputed(leavesIn(decoder, bytes.length))}
          put={(next, how) => put(withComputed(next, leavesIn(decoder, next.length), how))}
        />
      )}
    </div>
  );
}

/** When the message's length differs from the type's, with a way to start over. */
function Fresh({ decoder, size, begin }: { decoder: StructDecoder; size: number; begin: () => void }) {
  return (
    <>
      <span className={size === decoder.size ? 'calm number' : 'warn number'}>
        {size === decoder.size ? formatByteCount(size) : `${size} of ${formatByteCount(decoder.size)}`}
      </span>
      <Button size="small" appearance="subtle" title="Reset all fields to their defaults" onClick={begin}>
        Clear
      </Button>
    </>
  );
}
