import { Select } from '@fluentui/react-components';
import { ENCODING_NAMES, type Encoding, type EncodingChoice, titleOf } from '../../shared/text/encodings.ts';
import './encoding.css';

interface Props<T extends EncodingChoice> {
  readonly label: string;
  readonly hint: string;
  readonly value: T;
  readonly choose: (encoding: T) => void;
  /** What `auto` is here; left out where there is no `auto`. */
  readonly autoWords?: string;
}

/** Which encoding a text is read or written in. */
export function EncodingSelect<T extends EncodingChoice>({ label, hint, value, choose, autoWords }: Props<T>) {
  const [unicode, pages] = [ENCODING_NAMES.slice(0, 3), ENCODING_NAMES.slice(3)];
  const options = (names: readonly Encoding[]) =>
    names.map((name) => (
      <option key={name} value={name}>
        {titleOf(name)}
      </option>
    ));
  return (
    <Select
      size="small"
      className="encoding"
      aria-label={label}
      title={`${hint}: ${value === 'auto' ? autoWords : titleOf(value)}`}
      value={value}
      onChange={(_, { value: chosen }) => choose(chosen as T)}
    >
      {autoWords && <option value="auto">{autoWords}</option>}
      <optgroup label="Unicode">{options(unicode)}</optgroup>
      <optgroup label="Code pages">{options(pages)}</optgroup>
    </Select>
  );
}
