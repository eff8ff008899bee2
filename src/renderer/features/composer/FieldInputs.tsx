import { Menu, MenuButton, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { MathFormula16Regular } from '@fluentui/react-icons';
import { useId, useMemo, useState } from 'react';
import type { FieldValue } from '../../../shared/types/decoder.ts';
import { fieldAtPath } from '../../../shared/types/paths.ts';
import type { StructDecoder } from '../../../shared/types/struct/struct-decoder.ts';
import {
  COMPUTED,
  COMPUTED_WORDS,
  type Computed,
  type ComputedLeaves,
  canCompute,
} from '../../../shared/types/write/computed.ts';
import { inputHint, inputText, readInput } from '../../../shared/types/write/input.ts';
import { type Group, type Leaf, leavesOf } from '../../../shared/types/write/leaves.ts';
import { withValue } from '../../../shared/types/write/write-value.ts';
import { plural } from '../../kit/format/bytes.ts';
import { setComputed } from './compose-type.ts';

/** Input fields, each of which Tab reaches. */
const SHOWN = 400;

interface Props {
  readonly session: number;
  readonly decoder: StructDecoder;
  readonly bytes: Uint8Array;
  readonly computed: ComputedLeaves;
  /** Writes the message, including everything computed. */
  readonly put: (bytes: Uint8Array, computed: ComputedLeaves) => void;
}

/** An input field for each value of the message. */
export function FieldInputs({ session, decoder, bytes, computed, put }: Props) {
  const rows = useMemo(() => leavesOf(decoder.plan, bytes.length), [decoder, bytes.length]);
  const { fields } = useMemo(() => decoder.decode(bytes), [decoder, bytes]);
  const change = (leaf: Leaf, text: string): string | null => {
    const input = readInput(leaf, text, fieldAtPath(fields, leaf.path));
    if (!input.ok) return input.message;
    try {
      put(withValue(bytes, leaf, input.value), computed);
      return null;
    } catch (error) {
      if (error instanceof RangeError) return error.message;
      throw error;
    }
  };
  const compute = (leaf: Leaf, how: Computed | null) => {
    const next = new Map(computed);
    if (how) next.set(leaf.path, how);
    else next.delete(leaf.path);
    setComputed(session, next);
    put(bytes, next);
  };
  return (
    <div className="compose-scroll">
      {rows
        .slice(0, SHOWN)
        .map((row) =>
          row.kind === 'leaf' ? (
            <LeafRow
              key={row.path}
              leaf={row}
              field={fieldAtPath(fields, row.path)}
              how={computed.get(row.path)}
              change={(text) => change(row, text)}
              compute={(how) => compute(row, how)}
            />
          ) : (
            <GroupRow key={row.path} group={row} />
          ),
        )}
      {rows.length > SHOWN && (
        <p className="compose-more calm number">{plural(rows.length - SHOWN, 'more field')} can be written in Hex.</p>
      )}
    </div>
  );
}

function GroupRow({ group: { kind, name, depth, plan } }: { group: Group }) {
  return (
    <div className="compose-row">
      <span className="compose-name foreign" style={{ paddingLeft: depth * 14 }}>
        {name}
      </span>
      <span className="calm">
        {kind === 'long' && plan.kind === 'array' && `${plural(plan.count ?? 0, 'element')}: write them in Hex`}
      </span>
      <span className="compose-kind calm foreign">{plan.type}</span>
    </div>
  );
}

interface LeafProps {
  readonly leaf: Leaf;
  /** Undefined if the message is too short for it. */
  readonly field: FieldValue | undefined;
  readonly how: Computed | undefined;
  /** Why a text isn't accepted; null: it was. */
  readonly change: (text: string) => string | null;
  readonly compute: (how: Computed | null) => void;
}

function LeafRow({ leaf, field, how, change, compute }: LeafProps) {
  const { name, path, depth, plan } = leaf;
  return (
    <div className="compose-row">
      <span className="compose-name foreign" style={{ paddingLeft: depth * 14 }} title={path}>
        {name}
      </span>
      {how ? (
        <span className="compose-computed number" title={COMPUTED_WORDS[how]}>
          {field ? inputText(field) : '–'} <span className="calm">{COMPUTED_WORDS[how]}</span>
        </span>
      ) : (
        <LeafInput {...{ leaf, field, change }} />
      )}
      <span className="compose-kind calm foreign" title={plan.type}>
        {plan.type}
      </span>
      {canCompute(leaf) && <ComputedMenu {...{ name, how, compute }} />}
    </div>
  );
}

function LeafInput({ leaf, field, change }: Pick<LeafProps, 'leaf' | 'field' | 'change'>) {
  const { path, plan, bit } = leaf;
  const [typed, setTyped] = useState<{ readonly text: string; readonly fault: string | null } | null>(null);
  const id = useId();
  const value = field ? inputText(field) : '';
  const names = plan.kind === 'scalar' ? plan.names : undefined;
  if (names && plan.kind === 'scalar' && !plan.flags) {
    const known = [...names.values()];
    return (
      <select className="compose-input" aria-label={path} value={value} onChange={({ target }) => change(target.value)}>
        {!known.includes(value) && <option value={value}>{value}</option>}
        {known.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    );
  }
  if (plan.kind === 'scalar' && plan.format === 'bool' && !names)
    return (
      <label className="compose-check">
        <input
          type="checkbox"
          aria-label={path}
          checked={field?.value === true}
          onChange={({ target }) => change(String(target.checked))}
        />
        {value}
      </label>
    );
  const hint = bit ? `${inputHint(leaf)} (${plural(bit.width, 'bit')})` : inputHint(leaf);
  return (
    <span className="compose-typed">
      <input
        className="compose-input mono"
        aria-label={path}
        aria-invalid={typed?.fault != null}
        aria-describedby={typed?.fault != null ? id : undefined}
        title={hint}
        placeholder={hint}
        spellCheck={false}
        value={typed?.text ?? value}
        onChange={({ target }) => setTyped({ text: target.value, fault: change(target.value) })}
        // What wasn't accepted isn't sent either.
        onBlur={() => setTyped(null)}
      />
      {typed?.fault != null && (
        <span id={id} className="compose-fault bad" role="alert">
          {typed.fault}
        </span>
      )}
    </span>
  );
}

function ComputedMenu({ name, how, compute }: { name: string } & Pick<LeafProps, 'how' | 'compute'>) {
  return (
    <Menu
      checkedValues={{ how: [how ?? 'value'] }}
      onCheckedValueChange={(_, { checkedItems: [next] }) => compute(COMPUTED.find((one) => one === next) ?? null)}
    >
      <MenuTrigger disableButtonEnhancement>
        <MenuButton
          size="small"
          appearance="subtle"
          className="compose-menu"
          icon={<MathFormula16Regular />}
          menuIcon={null}
          aria-label={`How ${name} is made`}
          title={how ? COMPUTED_WORDS[how] : 'Compute it'}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItemRadio name="how" value="value">
            As typed
          </MenuItemRadio>
          {COMPUTED.map((one) => (
            <MenuItemRadio key={one} name="how" value={one}>
              {COMPUTED_WORDS[one]}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
