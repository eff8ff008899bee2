import type { ScenarioState } from '../../../shared/scenario/report.ts';
import { markOf, toneOf } from './words.ts';

/** "✓ passed". */
export function StateBadge({ state }: { state: ScenarioState }) {
  return (
    <span className="lab-state" data-tone={toneOf(state)}>
      <span aria-hidden="true">{markOf(state)}</span> {state}
    </span>
  );
}
