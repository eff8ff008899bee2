import { Textarea } from '@fluentui/react-components';
import type { Problem } from '../../../shared/types/model.ts';
import { visibleText } from '../../kit/format/visible.ts';

interface Props {
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly change: (text: string) => void;
}

const LISTED = 5;

/** Rules as they are in a file, with what is wrong in them. */
export function YamlEditor({ text, problems, change }: Props) {
  return (
    <>
      <Textarea
        className="responder-yaml"
        aria-label="Rules as YAML"
        value={text}
        spellCheck={false}
        onChange={(_, { value }) => change(value)}
      />
      <ul className="responder-problems" role="status">
        {problems.slice(0, LISTED).map(({ line, column, message }) => (
          <li key={`${line}:${column} ${message}`} className="bad foreign">
            <span className="number">
              {line}:{column}
            </span>{' '}
            {visibleText(message)}
          </li>
        ))}
      </ul>
    </>
  );
}
