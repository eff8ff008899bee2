import * as v from 'valibot';
import { integer } from '../domain.ts';
import type { Problem } from '../types/model.ts';
import type { ScenarioReport, ScenarioState } from './report.ts';
import { filled, nameSchema, text, valueSchema } from './schema-words.ts';

/** Scenarios that run in a host: what a window requests and is told. */

/** The most ended ones that stay listed. */
export const MAX_RUNS = 50;

export const scenarioFileSchema = v.strictObject({
  /** On the host's disk, with its full path. */
  file: v.pipe(filled('The file'), v.maxLength(32_767)),
  /** What is run instead of the file's content, as in an editor that has not saved it. */
  text: v.optional(text('The scenario')),
  /** Take precedence over the file's. */
  vars: v.optional(v.record(nameSchema, valueSchema), {}),
});
export type ScenarioFile = v.InferOutput<typeof scenarioFileSchema>;

export const runId = integer('Run', 1, Number.MAX_SAFE_INTEGER);

/** What a file contains, before it is run. */
export interface ScenarioCheck {
  /** Empty if there are problems. */
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** How often it is run: once per row of its table. */
  readonly rows: number;
  readonly steps: number;
  readonly problems: readonly Problem[];
}

/** A file that is running or has run. */
export interface ScenarioRun {
  readonly id: number;
  readonly file: string;
  readonly name: string;
  readonly state: ScenarioState;
  /** Wall clock, ms since 1970. */
  readonly startedAt: number;
  readonly tookMs: number;
  /** Rows of its table: passed, failed, and in all. */
  readonly passed: number;
  readonly failed: number;
  readonly rows: number;
  /** What it does now, or what failed; null if there is nothing to say. */
  readonly words: string | null;
  /** A change means: request its reports again. */
  readonly version: number;
}

/** One per row of its table. */
export type ScenarioReports = readonly ScenarioReport[];
