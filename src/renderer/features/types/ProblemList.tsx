import { ErrorCircle16Regular, Warning16Regular } from '@fluentui/react-icons';
import type { Problem } from '../../../shared/types/model.ts';
import { plural } from '../../kit/format/bytes.ts';
import { Visible } from '../../view/Preview.tsx';

const SHOWN = 50;

interface Props {
  readonly problems: readonly Problem[];
  /** The file being viewed: others are named. */
  readonly file: string;
  readonly show: (problem: Problem) => void;
}

/** What could not be read, each with its position; a click shows it. */
export function ProblemList({ problems, file, show }: Props) {
  if (problems.length === 0) return null;
  return (
    <ul className="problem-list" aria-label="Problems">
      {problems.slice(0, SHOWN).map((problem) => (
        <li key={`${problem.file} ${problem.line} ${problem.column} ${problem.message}`}>
          <button type="button" className={`bare-button ${problem.severity}`} onClick={() => show(problem)}>
            {problem.severity === 'error' ? <ErrorCircle16Regular /> : <Warning16Regular />}
            <span className="number calm">
              {problem.file !== file && problem.file !== '' && `${problem.file} `}
              {problem.line}:{problem.column}
            </span>
            <span className="foreign">
              <Visible text={problem.message} />
            </span>
          </button>
        </li>
      ))}
      {problems.length > SHOWN && <li className="calm">{plural(problems.length - SHOWN, 'more problem')}</li>}
    </ul>
  );
}
