#!/usr/bin/env node
import { oldNodeMessage } from './cli/node-version.ts';

// The program needs what an old Node.js lacks, such as node:sqlite, and couldn't say so once it is loaded.
const message = oldNodeMessage(process.versions.node);
if (message === null) {
  const { runProgram } = await import('./cli/program.ts');
  await runProgram();
} else {
  process.stderr.write(`shmscope: ${message}\n`);
  process.exitCode = 2;
}
