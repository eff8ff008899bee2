import { Button } from '@fluentui/react-components';
import { ChevronDown16Regular, ChevronUp16Regular } from '@fluentui/react-icons';
import { useMemo } from 'react';
import { create } from 'zustand';
import { orNotify } from '../../host/notices-store.ts';
import { formatInteger } from '../../kit/format/bytes.ts';
import { copyText } from '../../kit/format/clipboard.ts';
import { type InspectedValue, inspect } from './values.ts';
import './inspector.css';

/** How the inspector is shown, for every record. */
const useInspector = create<{ readonly little: boolean; readonly all: boolean }>(() => ({ little: true, all: false }));

/** The few that the folded bar shows. */
const BRIEF = ['u8', 'u16', 'u32', 'f32', 'UTF-8'];

interface Props {
  readonly at: number;
  /** Selected bytes. */
  readonly selected: number;
  /** From the cursor on; undefined while they are being fetched. */
  readonly bytes: Uint8Array | undefined;
  /** What they belong to, if there are two bars. */
  readonly of?: string;
}

/** The bytes at the cursor as numbers, times and characters, in both byte orders. A click copies a value. */
export function InspectorBar({ at, selected, bytes, of }: Props) {
  const { little, all } = useInspector();
  const values = useMemo(() => inspect(bytes ?? new Uint8Array()), [bytes]);
  const shown = all ? values : values.filter(({ name }) => BRIEF.includes(name));
  return (
    <section
      className={all ? 'inspector all' : 'inspector'}
      aria-label={of === undefined ? 'Data inspector' : `Data inspector of the ${of}`}
    >
      <div className="inspector-head number">
        <span id={of === undefined ? 'inspector-place' : `inspector-place-${of}`}>
          0x{at.toString(16).padStart(4, '0')} <span className="calm">({formatInteger(at)})</span>
          {selected > 1 && <span className="calm"> · {formatInteger(selected)} selected</span>}
        </span>
        <button
          type="button"
          className="inspector-order"
          title="Byte order shown first"
          aria-label={`Byte order: ${little ? 'little-endian' : 'big-endian'}`}
          onClick={() => useInspector.setState({ little: !little })}
        >
          {little ? 'LE' : 'BE'}
        </button>
        <Button
          size="small"
          appearance="subtle"
          icon={all ? <ChevronDown16Regular /> : <ChevronUp16Regular />}
          aria-expanded={all}
          aria-label="All values"
          title="All values, in both byte orders"
          onClick={() => useInspector.setState({ all: !all })}
        />
      </div>
      <dl className="inspector-values number">
        {shown.map((value) => (
          <Value key={value.name} value={value} little={little} both={all} />
        ))}
      </dl>
    </section>
  );
}

function Value({ value, little, both }: { value: InspectedValue; little: boolean; both: boolean }) {
  const orders = little ? (['le', 'be'] as const) : (['be', 'le'] as const);
  const shown = both && !value.orderless ? orders : [orders[0]];
  return (
    <div className="inspector-value">
      <dt>{value.name}</dt>
      {shown.map((order) => (
        <dd key={order}>
          {both && !value.orderless && <span className="calm">{order.toUpperCase()} </span>}
          <Copied name={value.orderless ? value.name : `${value.name} ${order.toUpperCase()}`} text={value[order]} />
        </dd>
      ))}
    </div>
  );
}

function Copied({ name, text }: { name: string; text: string | null }) {
  if (text === null) return <span className="calm">–</span>;
  return (
    <button
      type="button"
      className="inspector-copy foreign"
      title={`Copy ${text}`}
      aria-label={`${name} ${text}, copy`}
      onClick={() => orNotify("Couldn't copy", copyText(text))}
    >
      {text}
    </button>
  );
}
