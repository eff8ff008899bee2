import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Value } from '../../../shared/scenario/schema-words.ts';
import { unknownVariable } from '../../../shared/scenario/variables.ts';
import { type LoadedScenario, loadScenario } from '../../scenario/load.ts';
import { TypesCompiler } from '../../types/compiler.ts';
import { workers } from '../../workers.ts';
import { problemLines } from '../problem-lines.ts';

interface Given {
  /** Scenario files, no folders. */
  readonly files: readonly string[];
  readonly vars: ReadonlyMap<string, Value>;
  readonly tags: readonly string[];
}

export interface LoadedFiles {
  readonly scenarios: readonly LoadedScenario[];
  /** As compilers print them. */
  readonly problems: readonly string[];
}

/** Every scenario in the files that has one of the tags, or everything that is wrong in them. */
export async function loadAll({ files, vars, tags }: Given): Promise<LoadedFiles> {
  const compiler = new TypesCompiler(workers.types);
  try {
    const all: LoadedScenario[] = [];
    const problems: string[] = [];
    const variables = new Set<string>();
    for (const file of files) {
      const loaded = await loadScenario({ file, given: vars, compiler });
      all.push(...loaded.scenarios);
      problems.push(...problemLines(loaded.problems));
      for (const name of loaded.variables) variables.add(name);
    }
    const scenarios = all.filter((one) => tags.length === 0 || tags.some((tag) => one.tags.includes(tag)));
    const unknown = unknownVariable(vars.keys(), [...variables]);
    if (problems.length === 0 && unknown) problems.push(`shmscope: --var: ${unknown}`);
    if (problems.length === 0 && scenarios.length === 0) problems.push(`shmscope: ${nothing(all, tags)}`);
    return { scenarios, problems };
  } finally {
    await compiler.close();
  }
}

/** A folder stands for the scenarios in it. */
export function filesAt(place: string): string[] {
  if (!statSync(place, { throwIfNoEntry: false })?.isDirectory()) return [place];
  const names = readdirSync(place).filter((name) => /\.ya?ml$/i.test(name));
  return names.sort().map((name) => path.join(place, name));
}

function nothing(all: readonly LoadedScenario[], tags: readonly string[]): string {
  if (all.length === 0) return 'There is nothing to run: no scenario (*.yaml) is there.';
  const known = [...new Set(all.flatMap((one) => one.tags))];
  const there = known.length === 0 ? 'No scenario has a tag.' : `The tags are ${known.join(', ')}.`;
  return `There is nothing to run: no scenario has the tag ${tags.join(' or ')}. ${there}`;
}
