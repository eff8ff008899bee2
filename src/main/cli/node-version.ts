import { UsageError } from './exit-status.ts';

/** The oldest major version of Node.js that has all that the program uses, such as node:sqlite. */
const OLDEST = 22;

/** Throws UsageError for a Node.js that is too old. `version` as in `process.versions.node`. */
export function checkNodeVersion(version: string): void {
  if (Number.parseInt(version, 10) >= OLDEST) return;
  throw new UsageError(
    `This is Node.js ${version}, and Shmscope needs Node.js ${OLDEST} or newer. In the project's folder "npx shmscope" runs it on the one that was installed with it.`,
  );
}
