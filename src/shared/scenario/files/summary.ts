import { writeExactJson } from '../../text/exact-json.ts';
import type { ScenarioReport } from '../report.ts';

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What was stopped counts as failed: it wasn't seen to pass. */
export function totalsOf(reports: readonly ScenarioReport[]): Totals {
  const of = (...states: readonly ScenarioReport['state'][]) =>
    reports.filter(({ state }) => states.includes(state)).length;
  return { passed: of('passed'), failed: of('failed', 'cancelled'), skipped: of('skipped', 'pending', 'running') };
}

export const totalsText = ({ passed, failed, skipped }: Totals): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** Reports for programs. */
export const reportsJson = (reports: readonly ScenarioReport[]): string =>
  `${writeExactJson({ format: 'shmscope-scenarios', version: 1, ...totalsOf(reports), scenarios: reports }, 2)}\n`;
