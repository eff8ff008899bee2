import { Select } from '@fluentui/react-components';
import { ABI_IDS, ABIS, type AbiId } from '../../../shared/types/abi.ts';

interface Props {
  readonly label: string;
  readonly value: AbiId;
  readonly choose: (abi: AbiId) => void;
}

export function AbiSelect({ label, value, choose }: Props) {
  return (
    <Select size="small" aria-label={label} value={value} onChange={(_, { value: abi }) => choose(abi as AbiId)}>
      {ABI_IDS.map((abi) => (
        <option key={abi} value={abi}>
          {ABIS[abi].label}
        </option>
      ))}
    </Select>
  );
}
