import { useMemo } from 'react';
import { create } from 'zustand';
import { ABI_IDS, ABIS, type AbiId } from '../../../shared/types/abi.ts';
import type { CompiledTypes } from '../../../shared/types/compiled/compiled.ts';
import { openTypes } from '../../../shared/types/compiled/open.ts';
import { differenceNamed } from '../../../shared/types/diff.ts';
import { pairRows } from '../../../shared/types/pair.ts';
import { formatByteCount, formatInteger } from '../../kit/format/bytes.ts';
import { Visible } from '../../view/Preview.tsx';
import { AbiSelect } from './AbiSelect.tsx';
import { PairTable } from './PairTable.tsx';
import { MovesMark } from './TypeTable.tsx';
import { type TypeChoice, typeChoices } from './type-choices.ts';
import './type-tables.css';

interface Looked {
  readonly type: string | null;
  readonly abis: readonly [AbiId, AbiId];
}

/** Which type is opened, and under which ABIs. */
const useLooked = create<Looked>(() => ({ type: null, abis: ['windows-x86', 'windows-x64'] }));

/** Every declared type with its size under each ABI, and the opened one. */
export function TypeList({ compiled }: { compiled: CompiledTypes }) {
  const { type } = useLooked();
  const choices = useMemo(() => typeChoices(openTypes(compiled)), [compiled]);
  const opened =
    choices.find(({ name }) => name === type) ?? choices.findLast(({ kind }) => kind === 'struct') ?? choices[0];
  if (choices.length === 0) return <p className="page-empty">No types are declared yet.</p>;
  return (
    <div className="type-list">
      <div className="type-list-scroll">
        <table className="type-table number">
          <thead>
            <tr>
              <th scope="col">Type</th>
              {ABI_IDS.map((abi) => (
                <th key={abi} scope="col" className="numeric">
                  {ABIS[abi].label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {choices.map((choice) => (
              <TypeRow key={choice.name} choice={choice} isOpened={choice === opened} />
            ))}
          </tbody>
        </table>
      </div>
      {opened && <OpenedType key={opened.name} compiled={compiled} choice={opened} />}
    </div>
  );
}

function TypeRow({ choice, isOpened }: { choice: TypeChoice; isOpened: boolean }) {
  const { name, kind, entries, moves } = choice;
  const open = () => useLooked.setState({ type: name });
  const sizes = ABI_IDS.map((abi) => entries[abi]?.size);
  return (
    <tr className={isOpened ? 'opened' : undefined} onClick={open}>
      <th scope="row">
        <button type="button" className="bare-button foreign mono" aria-pressed={isOpened} onClick={open}>
          <span className="calm">{kind === 'typedef' ? '' : `${kind} `}</span>
          <Visible text={name} />
        </button>{' '}
        {moves && <MovesMark />}
      </th>
      {sizes.map((size, at) => (
        <td key={ABI_IDS[at]} className={moves ? 'numeric moves' : 'numeric calm'}>
          {size === undefined ? '–' : formatInteger(size)}
        </td>
      ))}
    </tr>
  );
}

function OpenedType({ compiled, choice }: { compiled: CompiledTypes; choice: TypeChoice }) {
  const { abis } = useLooked();
  const { name, kind, entries } = choice;
  const [a, b] = abis;
  const rows = useMemo(() => pairRows([entries[a], entries[b]]), [entries, a, b]);
  const found = useMemo(() => {
    const types = openTypes(compiled);
    const [one, other] = [types.layouts(a), types.layouts(b)];
    return one && other && differenceNamed(one, other, name);
  }, [compiled, name, a, b]);
  const head = (side: 0 | 1) => (
    <span className="pair-head">
      <AbiSelect
        label={side === 0 ? 'First ABI' : 'Second ABI'}
        value={abis[side]}
        choose={(abi) => useLooked.setState({ abis: side === 0 ? [abi, b] : [a, abi] })}
      />
      <span className="calm">{sizeWords(entries[abis[side]]?.size)}</span>
    </span>
  );
  if (Object.keys(entries).length === 0)
    return <p className="type-note calm">A message of Protobuf is the same everywhere.</p>;
  const values = (entries[a] ?? entries[b])?.values;
  return (
    <section className="opened-type" aria-label={`Type ${name}`}>
      <h2>
        <span className="calm">{kind}</span> <span className="foreign mono">{name}</span>
      </h2>
      {found ? (
        <ul className="type-reasons">
          {found.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
          {found.advice.map((advice) => (
            <li key={advice} className="type-advice">
              {advice}
            </li>
          ))}
        </ul>
      ) : (
        a !== b && (
          <p className="type-same">
            The same on {ABIS[a].label} and {ABIS[b].label}.
          </p>
        )
      )}
      {values ? (
        <ul className="enum-values mono number">
          {values.map((one) => (
            <li key={one.name}>
              <Visible text={one.name} /> <span className="calm">= {String(one.value)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <PairTable rows={rows} abis={abis} head={head} />
      )}
    </section>
  );
}

const sizeWords = (size: number | undefined) => (size === undefined ? 'not declared' : formatByteCount(size));
