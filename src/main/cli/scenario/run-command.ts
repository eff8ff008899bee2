import { type Command, Option } from 'commander';
import type { Value } from '../../../shared/scenario/schema-words.ts';
import { readGiven } from '../../../shared/scenario/variables.ts';
import { UsageError } from '../exit-status.ts';
import { wholeNumber } from '../steps.ts';
import { runScenarios } from './run-scenarios.ts';

interface Given {
  readonly junit?: string;
  readonly html?: string;
  readonly json?: string;
  readonly force?: boolean;
  readonly tap?: boolean;
  readonly github?: boolean;
  readonly var: readonly string[];
  readonly tag: readonly string[];
  readonly bail?: boolean;
  readonly repeat: string;
  readonly check?: boolean;
}

const HELP = `
A scenario is a YAML file: which sessions Shmscope opens, which programs are started, and what is sent and expected in
which order. See docs/scenarios.md. For example, echo.yaml:

  sessions: { us: server }
  peers: { echo: { bits: 32, behaviour: echo } }
  steps:
    - send: "hello"
    - expect: "hello"
    - expect-timeout: 200

Examples:
  shmscope run echo.yaml
  shmscope run tests/ --tag smoke --junit results.xml --html results.html
  shmscope run mine.yaml --var program=../build/mine.exe --repeat 20 --bail
  shmscope run echo.yaml --check

Every file is read before anything starts. Each run has channels of its own, unless its file names them.
Exit status: 0 all passed, 1 one failed or was stopped, 2 a file is not valid, a report can't be written, or there is
nothing to run.`;

const gathered = (value: string, before: readonly string[]) => [...before, value];

/** `shmscope run`. */
export function addRunCommand(program: Command, finish: (status: number) => void): void {
  program
    .command('run')
    .description('run scenarios: start programs, send and expect, report')
    .argument('<file...>', 'scenarios, or folders with them')
    .option('--junit <file>', 'write a report for CI servers')
    .option('--html <file>', 'write a report to read: one page with logs, timeline and differences')
    .option('--json <file>', 'write a report for programs')
    .option('--force', 'replace reports that exist')
    .option('--tap', 'print TAP (Test Anything Protocol) instead')
    .option('--github', 'also print failures as annotations of GitHub Actions')
    .option('--var <name=value>', 'set a variable of the scenarios (repeatable)', gathered, [])
    .option('--tag <tag>', 'only scenarios with this tag (repeatable: any of them)', gathered, [])
    .option('--bail', 'stop after the first failure')
    .option('--repeat <count>', 'run everything COUNT times', '1')
    .addOption(
      new Option('--check', 'only check the files').conflicts([
        ...['junit', 'html', 'json', 'force', 'tap', 'github', 'bail', 'repeat'],
      ]),
    )
    .addHelpText('after', HELP)
    .action(async (files: readonly string[], given: Given) => finish(await run(files, given)));
}

function run(files: readonly string[], given: Given) {
  const { junit, html, json, force = false, tap = false, github = false, tag: tags, bail = false } = given;
  return runScenarios({
    files,
    reports: {
      ...(junit !== undefined && { junit }),
      ...(html !== undefined && { html }),
      ...(json !== undefined && { json }),
    },
    ...{ force, tap, github, tags, bail, check: given.check ?? false },
    vars: new Map(given.var.map(variable)),
    repeat: wholeNumber('--repeat', given.repeat, 1, 1_000_000),
  });
}

function variable(text: string): readonly [string, Value] {
  const read = readGiven(text);
  if (typeof read === 'string') throw new UsageError(`--var: ${read}`);
  return read;
}
