import type { Result } from '../../../shared/failure.ts';
import type { ScenarioCheck } from '../../../shared/scenario/runs.ts';
import { plural } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';

const LISTED = 6;

/** What is wrong in a scenario's file, each with its position; absent if nothing is. */
export function Problems({ check }: { check: Result<ScenarioCheck> | null }) {
  if (check === null) return null;
  if (!check.ok) return <p className="bad foreign">{visibleText(check.failure.message)}</p>;
  const { problems } = check.value;
  if (problems.length === 0) return null;
  return (
    <ul className="scenario-problems">
      {problems.slice(0, LISTED).map(({ line, column, message }) => (
        <li key={`${line}:${column} ${message}`}>
          <span className="number">
            {line}:{column}
          </span>
          <span className="bad foreign">{visibleText(message)}</span>
        </li>
      ))}
      {problems.length > LISTED && <li className="calm">and {plural(problems.length - LISTED, 'more problem')}</li>}
    </ul>
  );
}

/** "12 steps", "3 rows of 12 steps", "2 problems". */
export function checkWords(check: Result<ScenarioCheck> | null): string {
  if (check === null) return '';
  if (!check.ok) return "can't be read";
  const { problems, rows, steps } = check.value;
  if (problems.length > 0) return plural(problems.length, 'problem');
  return rows > 1 ? `${plural(rows, 'row')} of ${plural(steps, 'step')}` : plural(steps, 'step');
}

export const isSound = (check: Result<ScenarioCheck> | null): boolean =>
  check?.ok === true && check.value.problems.length === 0;
