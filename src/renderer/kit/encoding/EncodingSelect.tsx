import { ENCODING_NAMES, ENCODINGS, type EncodingChoice, titleOf } from '../../../shared/text/encodings.ts';
import './encoding.css';

interface Props<T extends EncodingChoice> {
  readonly label: string;
  readonly hint: string;
  readonly value: T;
  readonly choose: (encoding: T) => void;
  /** What `auto` means here; omitted if there is no `auto`. */
  readonly autoWords?: string;
}

const SCRIPTS = Object.entries(Object.groupBy(ENCODING_NAMES, (name) => ENCODINGS[name].script));

/** Which encoding a text is read or written in. If there is no room for its name, a sign stands for it. */
export function EncodingSelect<T extends EncodingChoice>({ label, hint, value, choose, autoWords }: Props<T>) {
  return (
    <span className="encoding" title={`${hint}: ${value === 'auto' ? autoWords : titleOf(value)}`}>
      <select aria-label={label} value={value} onChange={({ target }) => choose(target.value as T)}>
        {autoWords && <option value="auto">{autoWords}</option>}
        {SCRIPTS.map(([script, names = []]) => (
          <optgroup key={script} label={script}>
            {names.map((name) => (
              <option key={name} value={name}>
                {titleOf(name)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </span>
  );
}
