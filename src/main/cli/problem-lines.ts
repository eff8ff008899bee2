import type { Problem } from '../../shared/types/model.ts';

/** As compilers print them, so that editors find the place. The same problem under two ABIs appears once. */
export const problemLines = (problems: readonly Problem[]): string[] => [
  ...new Set(
    problems.map(({ file, line, column, severity, message }) => `${file}:${line}:${column}: ${severity}: ${message}`),
  ),
];

export const isFailed = (problems: readonly Problem[]): boolean =>
  problems.some(({ severity }) => severity === 'error');
