import type { Command } from 'commander';
import type { Value } from '../../../shared/scenario/schema-words.ts';
import { readGiven } from '../../../shared/scenario/variables.ts';
import { UsageError } from '../exit-status.ts';
import { runMatrix } from './matrix-command.ts';

interface Given {
  readonly scenario?: string;
  readonly junit?: string;
  readonly html?: string;
  readonly json?: string;
  readonly force?: boolean;
  readonly var: readonly string[];
}

const HELP = `
Server and client are each played by a 32-bit program, a 64-bit program and Shmscope, in the layouts fixed64, fixed and sized:
27 cells, each with channels of its own. A cell passes if its scenario does. If programs of one bitness can't be started
here, their cells are not run, and say why. The bytes that both ends have received are compared across the cells, and each
cell times the round trip of a message of 64 bytes.

A scenario of your own has one session that is server and one that is client (docs/matrix.md).

Examples:
  shmscope matrix
  shmscope matrix --scenario orders.yaml --junit matrix.xml --html matrix.html

Exit status: 0 all cells that can be run here have passed, 1 one has failed or the run was stopped, 2 the scenario is not
valid, a report can't be written, or no cell can be run here.`;

const gathered = (value: string, before: readonly string[]) => [...before, value];

/** `shmscope matrix`. */
export function addMatrixCommand(program: Command, finish: (status: number) => void): void {
  program
    .command('matrix')
    .description('run one scenario with 32-bit and 64-bit programs and Shmscope as either end, in every layout')
    .option('--scenario <file>', 'the scenario of each cell (default: every kind of message, both ways)')
    .option('--junit <file>', 'write a report for CI servers')
    .option('--html <file>', 'write a report to read: one page with the matrix and the logs of its cells')
    .option('--json <file>', 'write a report for programs')
    .option('--force', 'replace reports that exist')
    .option('--var <name=value>', 'set a variable of the scenario (repeatable)', gathered, [])
    .addHelpText('after', HELP)
    .action(async (given: Given) => finish(await run(given)));
}

function run({ scenario, junit, html, json, force = false, var: vars }: Given) {
  return runMatrix({
    start: { ...(scenario !== undefined && { file: scenario }), vars: Object.fromEntries(vars.map(variable)) },
    reports: {
      ...(junit !== undefined && { junit }),
      ...(html !== undefined && { html }),
      ...(json !== undefined && { json }),
    },
    force,
  });
}

function variable(text: string): readonly [string, Value] {
  const read = readGiven(text);
  if (typeof read === 'string') throw new UsageError(`--var: ${read}`);
  return read;
}
