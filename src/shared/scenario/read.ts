import * as v from 'valibot';
import type { Problem } from '../types/model.ts';
import { problemsOf, readYaml, type YamlFile } from '../yaml-file.ts';
import { type Built, buildScenario } from './build.ts';
import { checkScenario } from './check.ts';
import type { Row, Scenario } from './model.ts';
import { fileSchema, headSchema } from './schema.ts';
import type { Value } from './schema-words.ts';
import { fillDeep, isVariable, namesIn } from './template.ts';
import { type Values, valuesOf } from './variables.ts';

/** Characters of a scenario's file. */
export const MAX_LENGTH = 4_000_000;

export interface ScenarioReading {
  /** One per row of the data table. Empty if there are problems. */
  readonly scenarios: readonly Scenario[];
  readonly problems: readonly Problem[];
  /** Names whose value can be given from outside. */
  readonly variables: readonly string[];
}

/** Reads a scenario. `file`: its name in problems; `given`: variables from outside. Never throws. */
export function readScenario(text: string, file: string, given: Values = new Map()): ScenarioReading {
  const reading = readYaml(text, file, MAX_LENGTH);
  if (!reading.ok) return { scenarios: [], problems: reading.problems, variables: [] };
  const { content } = reading.file;
  const head = v.safeParse(headSchema, content);
  if (!head.success)
    return { scenarios: [], problems: problemsOf(reading.file, headSchema, head.issues), variables: [] };
  const { vars = {}, data = [] } = head.output;
  const rows =
    data.length === 0 ? [null] : data.map((values, at): Row => ({ number: at + 1, count: data.length, values }));
  const runs = rows.map((row) => readRow(reading.file, { file, row, vars, given }));
  const problems = unique(runs.flatMap((run) => run.problems));
  const scenarios = problems.length > 0 ? [] : runs.flatMap(({ built }) => built?.scenario ?? []);
  return { scenarios, problems, variables: variablesIn(text, [vars, ...data]) };
}

/** Those that it declares, and those that its texts name. */
function variablesIn(text: string, declared: readonly Readonly<Record<string, Value>>[]): string[] {
  const names = new Set([...declared.flatMap(Object.keys), ...namesIn(text)]);
  return [...names].filter(isVariable);
}

interface RowGiven {
  readonly file: string;
  readonly row: Row | null;
  readonly vars: Readonly<Record<string, Value>>;
  readonly given: Values;
}

function readRow(yaml: YamlFile, { file, row, vars, given }: RowGiven): { built?: Built; problems: Problem[] } {
  const { values, faults } = valuesOf(vars, row?.values ?? {}, given);
  if (faults.length > 0) {
    const where = (name: string) =>
      row && Object.hasOwn(row.values, name) ? ['data', row.number - 1, name] : ['vars', name];
    return { problems: faults.map(({ name, message }) => yaml.problemAt(message, where(name))) };
  }
  const { vars: _, data: __, ...rest } = yaml.content as Record<string, unknown>;
  const content = fillDeep(rest, (name) => values.get(name));
  const parsed = v.safeParse(fileSchema, content);
  if (!parsed.success) return { problems: problemsOf(yaml, fileSchema, parsed.issues, content) };
  const built = buildScenario(parsed.output, { file, row, lineOf: (path) => yaml.placeOf(path).line });
  return { built, problems: checkScenario(built, content, yaml) };
}

/** Most rows have the same problems. */
function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((one) => [`${one.line}:${one.column} ${one.message}`, one])).values()];
}
