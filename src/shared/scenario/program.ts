import type { AbiId } from '../types/abi.ts';
import type { CompiledTypes } from '../types/compiled/compiled.ts';
import type { Step } from './model.ts';
import type { StepProgress } from './report.ts';
import type { Value } from './schema-words.ts';
import type { Taken } from './taken.ts';

/** Steps that one session's thread performs by itself, without talking to anybody in between. */
export interface StepProgram {
  /** Those of the session, `wait`, and `repeat` and `within` around such steps. */
  readonly steps: readonly Step[];
  readonly values: readonly (readonly [string, Value])[];
  readonly types: CompiledTypes;
  /** For types whose step names none. */
  readonly abi: AbiId;
}

export interface Performed {
  readonly outcome: 'passed' | 'failed' | 'stopped';
  readonly results: readonly StepProgress[];
  /** All messages that the session's steps have taken so far. */
  readonly taken: Taken;
  /** The variables afterwards. */
  readonly values: readonly (readonly [string, Value])[];
}
