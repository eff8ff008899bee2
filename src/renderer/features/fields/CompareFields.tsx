import { Switch } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import type { Lane } from '../../../shared/domain.ts';
import { ABIS } from '../../../shared/types/abi.ts';
import type { FieldValue } from '../../../shared/types/decoder.ts';
import { useSession } from '../../host/host-store.ts';
import { plural } from '../../kit/format/bytes.ts';
import { useRowWindow } from '../../kit/virtual/use-row-window.ts';
import { fieldText } from '../../view/field-text.ts';
import { Visible } from '../../view/Preview.tsx';
import { useSessionTypes } from '../../view/types-store.ts';
import { fieldPairs } from './field-diff.ts';
import './fields.css';

const ROW_HEIGHT = 22;

interface Place {
  readonly session: number;
  readonly lane: Lane | null;
}

interface Props {
  readonly pair: { readonly a: Uint8Array; readonly b: Uint8Array };
  readonly records: readonly [Place, Place];
}

/** The fields of both by their paths, differences marked. */
export function CompareFields({ pair: { a, b }, records }: Props) {
  const [one, other] = [useMatch(records[0], a), useMatch(records[1], b)];
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const pairs = useMemo(
    () => (one && other ? fieldPairs(one.decoder.decode(a).fields, other.decoder.decode(b).fields) : []),
    [one, other, a, b],
  );
  const different = pairs.filter(({ differs }) => differs);
  const shown = onlyDifferent ? different : pairs;
  const { scroller, geometry, height, top, range } = useRowWindow({ count: shown.length, rowHeight: ROW_HEIGHT });
  const nameOf = (match: typeof one) => match && `${match.binding.type}, ${ABIS[match.binding.abi].label}`;
  if (!one || !other)
    return (
      <p className="fields-note">
        {one || other ? 'One of them has no declared type.' : 'Neither has a declared type.'} Select it in the log and
        choose “Decode this channel as…” under Fields.
      </p>
    );
  return (
    <>
      <div className="compare-bar number">
        <span role="status">
          {different.length === 0
            ? 'The same in every field'
            : plural(different.length, 'field differs', 'fields differ')}
        </span>
        <Switch
          label="Only what differs"
          checked={onlyDifferent}
          onChange={(_, { checked }) => setOnlyDifferent(checked)}
        />
      </div>
      <div className="compare-field compare-field-head">
        <span>field</span>
        <span>{nameOf(one)}</span>
        <span>{nameOf(other)}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={scroller} className="compare-fields" tabIndex={0} aria-label="Fields of both records">
        <div style={{ height }}>
          <div className="field-window" style={{ height: geometry.view }}>
            <div style={{ transform: `translateY(${range.from * ROW_HEIGHT - top}px)` }}>
              {shown.slice(range.from, range.to).map(({ path, sides, differs }) => (
                <div key={path} className={differs ? 'compare-field differing' : 'compare-field'}>
                  <span className="foreign" title={path}>
                    <Visible text={path} />
                  </span>
                  <Side field={sides[0]} />
                  <Side field={sides[1]} />
                </div>
              ))}
            </div>
          </div>
        </div>
      </section>
    </>
  );
}

function useMatch({ session, lane }: Place, bytes: Uint8Array) {
  const section = useSession(session, (found) => found.section);
  const types = useSessionTypes(session);
  return useMemo(() => types?.match(section, lane, bytes), [types, section, lane, bytes]);
}

function Side({ field }: { field: FieldValue | null }) {
  if (!field) return <span className="calm">missing</span>;
  const { main, more } = fieldText(field, false);
  return (
    <span className="foreign mono" title={field.fault}>
      <Visible text={main || (field.fault ?? '')} />
      {more && <span className="calm"> {more}</span>}
    </span>
  );
}
