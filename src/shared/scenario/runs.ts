import * as v from 'valibot';
import { integer } from '../domain.ts';
import type { Problem } from '../types/model.ts';
import type { ScenarioReport, ScenarioState } from './report.ts';
import { filled, nameSchema, text, valueSchema } from './schema-words.ts';

/** Scenarios that are run in a host: what a window asks for and is told. */

/** So many that have ended stay listed. */
export const MAX_RUNS = 50;

export const scenarioFileSchema = v.strictObject({
  /** On the host's disk, with its whole path. */
  file: v.pipe(filled('The file'), v.maxLength(32_767)),
  /** What is run in place of what stands in the file, as in an editor that has not saved it. */
  text: v.optional(text('The scenario')),
  /** Before those of the file. */
  vars: v.optional(v.record(nameSchema, valueSchema), {}),
});
export type ScenarioFile = v.InferOutput<typeof scenarioFileSchema>;

export const runId = integer('Run', 1, Number.MAX_SAFE_INTEGER);

/** What a file says, before it is run. */
export interface ScenarioCheck {
  /** Empty where there are problems. */
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** How often it is run: once for each row of its table. */
  readonly rows: number;
  readonly steps: number;
  readonly problems: readonly Problem[];
}

/** A file that is run, or was. */
export interface ScenarioRun {
  readonly id: number;
  readonly file: string;
  readonly name: string;
  readonly state: ScenarioState;
  /** Wall clock, ms since 1970. */
  readonly startedAt: number;
  readonly tookMs: number;
  /** Rows of its table that have passed, have failed, and are there. */
  readonly passed: number;
  readonly failed: number;
  readonly rows: number;
  /** What it does now, or what failed; null where there is nothing to say. */
  readonly words: string | null;
  /** Another number: ask for its reports again. */
  readonly version: number;
}

/** One for each row of its table. */
export type ScenarioReports = readonly ScenarioReport[];
