/** The oldest major version of Node.js with everything that the program uses, such as node:sqlite. */
const OLDEST = 22;

/** What to say about a Node.js that is too old; null if it will do. `version` as in `process.versions.node`. */
export function oldNodeMessage(version: string): string | null {
  if (Number.parseInt(version, 10) >= OLDEST) return null;
  return `This is Node.js ${version}, and Shmscope needs Node.js ${OLDEST} or newer. In the project's folder "npx shmscope" uses the one that was installed with it.`;
}
