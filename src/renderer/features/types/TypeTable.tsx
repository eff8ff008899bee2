import { ArrowSwap16Regular } from '@fluentui/react-icons';
import { ABI_IDS, ABIS, type AbiId } from '../../../shared/types/abi.ts';
import { formatInteger } from '../../kit/format/bytes.ts';
import { Visible } from '../../view/Preview.tsx';
import type { TypeChoice } from './type-choices.ts';
import './type-tables.css';

/** A type under one ABI; for one without a layout the ABI doesn't matter. */
export interface ChosenType {
  readonly name: string;
  readonly abi: AbiId;
}

interface Props {
  readonly choices: readonly TypeChoice[];
  /** Bytes of the message that a type is chosen for. */
  readonly size: number;
  readonly chosen: ChosenType | null;
  readonly choose: (chosen: ChosenType) => void;
}

/** Types and ABIs to choose from, by size: those of the message's size are marked. */
export function TypeTable({ choices, size, chosen, choose }: Props) {
  return (
    <table className="type-table choosing number">
      <thead>
        <tr>
          <th scope="col">Type</th>
          {ABI_IDS.map((abi) => (
            <th key={abi} scope="col">
              {ABIS[abi].label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {choices.map((choice) => (
          <tr key={choice.name}>
            <th scope="row" className="foreign mono">
              <Visible text={choice.name} />
            </th>
            {Object.keys(choice.entries).length === 0 ? (
              <td colSpan={ABI_IDS.length}>
                <Choice {...{ choice, chosen, choose }} abi="windows-x64" label="The same everywhere" fits={false} />
              </td>
            ) : (
              ABI_IDS.map((abi) => {
                const bytes = choice.entries[abi]?.size;
                return (
                  <td key={abi}>
                    {bytes === undefined ? (
                      <span className="calm">–</span>
                    ) : (
                      <Choice {...{ choice, chosen, choose, abi }} label={formatInteger(bytes)} fits={bytes === size} />
                    )}
                  </td>
                );
              })
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ChoiceProps extends Pick<Props, 'chosen' | 'choose'> {
  readonly choice: TypeChoice;
  readonly abi: AbiId;
  readonly label: string;
  readonly fits: boolean;
}

function Choice({ choice: { name, entries }, abi, label, fits, chosen, choose }: ChoiceProps) {
  const bytes = entries[abi]?.size;
  return (
    <label className={fits ? 'fits' : undefined} title={fits ? 'As long as the message' : undefined}>
      <input
        type="radio"
        name="type-choice"
        aria-label={
          bytes === undefined
            ? name
            : `${name}, ${ABIS[abi].label}, ${label} bytes${fits ? ', as long as the message' : ''}`
        }
        checked={chosen?.name === name && (chosen.abi === abi || bytes === undefined)}
        onChange={() => choose({ name, abi })}
      />
      {label}
    </label>
  );
}

/** That a type's fields move under another ABI. */
export const MovesMark = () => (
  <ArrowSwap16Regular className="moves-mark" aria-label="Moves" title="Not the same under every ABI" />
);
