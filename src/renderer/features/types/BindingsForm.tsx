import { Button, Input, Select } from '@fluentui/react-components';
import { Add16Regular, ArrowDown16Regular, ArrowUp16Regular, Delete16Regular } from '@fluentui/react-icons';
import { useMemo } from 'react';
import { LANES } from '../../../shared/domain.ts';
import { BINDINGS_FILE } from '../../../shared/type-files.ts';
import { ABI_IDS, ABIS } from '../../../shared/types/abi.ts';
import { parseCondition } from '../../../shared/types/bindings/condition.ts';
import {
  type WrittenBinding,
  withChanged,
  withLast,
  withMoved,
  withoutBinding,
  writtenBindings,
} from '../../../shared/types/bindings/edit.ts';
import type { CompiledTypes } from '../../../shared/types/compiled/compiled.ts';
import { openTypes } from '../../../shared/types/compiled/open.ts';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { isForMessages, selfDescribing, typeChoices } from './type-choices.ts';
import './type-tables.css';
import './bindings.css';

interface Props {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly compiled: CompiledTypes;
}

/** The bindings as rows; edits go into the text of the file, whose other parts stay as they are. */
export function BindingsForm({ text, setText, compiled }: Props) {
  const bindings = text.trim() === '' ? [] : writtenBindings(text);
  const names = useMemo(() => {
    const choices = [...typeChoices(openTypes(compiled)).filter(isForMessages), ...selfDescribing()];
    return choices.map(({ name }) => name);
  }, [compiled]);
  if (!bindings)
    return <p className="page-empty">{BINDINGS_FILE} can't be read as it is. Correct its text: see its problems.</p>;
  const edit = (next: string | undefined) => next !== undefined && setText(next);
  return (
    <div className="bindings-form">
      <datalist id="bound-types">
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {bindings.length === 0 ? (
        <p className="page-empty">
          No binding yet. A binding says which type the messages of a channel have; without one, nothing is decoded.
        </p>
      ) : (
        <table className="bindings-table">
          <thead>
            <tr>
              <th scope="col">Channel</th>
              <th scope="col">Direction</th>
              <th scope="col">Only when</th>
              <th scope="col">Type</th>
              <th scope="col">Program</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {bindings.map((binding, at) => (
              <Row
                // biome-ignore lint/suspicious/noArrayIndexKey: a binding is its place in the order
                key={at}
                {...{ binding, at, names }}
                count={bindings.length}
                change={(next) => edit(withChanged(text, at, next))}
                move={(by) => edit(withMoved(text, at, by))}
                remove={() => edit(withoutBinding(text, at))}
              />
            ))}
          </tbody>
        </table>
      )}
      <div className="bindings-foot">
        <Button
          size="small"
          icon={<Add16Regular />}
          onClick={() => edit(withLast(text, { channel: '*', type: names[0] ?? 'json', abi: 'windows-x64' }))}
        >
          Add a binding
        </Button>
        <span className="calm">The first that matches a message counts.</span>
      </div>
    </div>
  );
}

interface RowProps {
  readonly binding: WrittenBinding;
  readonly at: number;
  readonly count: number;
  readonly names: readonly string[];
  readonly change: (binding: WrittenBinding) => void;
  readonly move: (by: 1 | -1) => void;
  readonly remove: () => void;
}

function Row({ binding, at, count, names, change, move, remove }: RowProps) {
  const { channel, lane, when, type, abi } = binding;
  const number = `binding ${at + 1}`;
  const parsed = when === undefined ? undefined : parseCondition(when);
  const wrongWhen = parsed?.ok === false ? parsed.message : undefined;
  const wrongType = names.includes(type) ? undefined : `“${type}” is not declared.`;
  /** Omitted if empty. */
  const set = (key: keyof WrittenBinding, value: string) => {
    const { [key]: _, ...others } = binding;
    change({ ...others, ...(value !== '' && { [key]: value }) } as WrittenBinding);
  };
  return (
    <tr>
      <td>
        <Input
          size="small"
          className="mono"
          aria-label={`Channel of ${number}`}
          placeholder="any"
          value={channel ?? ''}
          spellCheck={false}
          onChange={(_, { value }) => set('channel', value)}
        />
      </td>
      <td>
        <Select
          size="small"
          aria-label={`Direction of ${number}`}
          value={lane ?? ''}
          onChange={(_, { value }) => set('lane', value)}
        >
          <option value="">both</option>
          {LANES.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </Select>
      </td>
      <td>
        <Input
          size="small"
          className={wrongWhen ? 'mono wrong' : 'mono'}
          aria-label={`Condition of ${number}`}
          aria-invalid={wrongWhen !== undefined}
          placeholder="always"
          value={when ?? ''}
          spellCheck={false}
          onChange={(_, { value }) => set('when', value)}
        />
        {wrongWhen && <p className="wrong-words">{wrongWhen}</p>}
      </td>
      <td>
        <Input
          size="small"
          className={wrongType ? 'mono wrong' : 'mono'}
          aria-label={`Type of ${number}`}
          aria-invalid={wrongType !== undefined}
          list="bound-types"
          value={type}
          spellCheck={false}
          onChange={(_, { value }) => change({ ...binding, type: value })}
        />
        {wrongType && <p className="wrong-words">{wrongType}</p>}
      </td>
      <td>
        <Select
          size="small"
          aria-label={`Program of ${number}`}
          value={abi ?? ''}
          onChange={(_, { value }) => set('abi', value)}
        >
          <option value="">of the file</option>
          {ABI_IDS.map((one) => (
            <option key={one} value={one}>
              {ABIS[one].label}
            </option>
          ))}
        </Select>
      </td>
      <td className="bindings-actions">
        <IconButton
          label={`Move ${number} up`}
          icon={<ArrowUp16Regular />}
          disabledFocusable={at === 0}
          onClick={() => move(-1)}
        />
        <IconButton
          label={`Move ${number} down`}
          icon={<ArrowDown16Regular />}
          disabledFocusable={at === count - 1}
          onClick={() => move(1)}
        />
        <IconButton label={`Remove ${number}`} icon={<Delete16Regular />} onClick={remove} />
      </td>
    </tr>
  );
}
