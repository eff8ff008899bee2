import type { AbiId } from '../../shared/types/abi.ts';
import type { Problem } from '../../shared/types/model.ts';
import { type Reading, readTypes } from '../types/read.ts';

export const readingOf = (files: readonly string[], abi: AbiId, includeDirs: readonly string[]): Promise<Reading> =>
  readTypes(files, { abi, includeDirs });

/** As compilers print them, so that editors find the place. The same for two ABIs once. */
export const problemLines = (problems: readonly Problem[]): string[] => [
  ...new Set(
    problems.map(({ file, line, column, severity, message }) => `${file}:${line}:${column}: ${severity}: ${message}`),
  ),
];

export const isFailed = (problems: readonly Problem[]): boolean =>
  problems.some(({ severity }) => severity === 'error');
