import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BITS_HERE } from '../src/main/peers/runs-32-bit.testing.ts';
import type { ScenarioReport } from '../src/shared/scenario/report.ts';
import { figure, names, startPeer } from './lib/peer.ts';
import { finding, option, report } from './lib/report.ts';
import { median, spread } from './lib/statistics.ts';

/**
 * Wall time of a scenario's sends and expectations, one after the other, against the peers of both bitnesses ÷ that of
 * a C pingpong that does as many with the same peer; by turns. The scenario is run by the command line as built: what
 * V8 has yet to compile counts.
 */
const PAIRS = option('messages', 10_000);
const ROUNDS = option('rounds', 5);
const SIZE = 64;
const CLI = join(import.meta.dirname, '../out/main/cli.js');

const folder = mkdtempSync(join(tmpdir(), 'shmscope-bench-'));
const text = 'x'.repeat(SIZE);

/** Seconds. */
async function scenario(bits: number): Promise<number> {
  const [file, json] = [join(folder, 'pairs.yaml'), join(folder, 'report.json')];
  writeFileSync(
    file,
    `sessions: { us: server }
peers: { echo: { bits: ${bits}, behaviour: echo } }
steps: [{ repeat: { times: ${PAIRS}, steps: [{ send: ${text} }, { expect: ${text} }] } }]\n`,
  );
  const args = [CLI, 'run', file, '--json', json, '--force'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`The scenario ended with status ${status}.`);
  const { scenarios } = JSON.parse(readFileSync(json, 'utf8')) as { scenarios: readonly ScenarioReport[] };
  return (scenarios[0]?.steps[0]?.tookMs ?? Number.NaN) / 1000;
}

async function inC(preset: string, round: number): Promise<number> {
  const name = `Scenario${process.pid}-${round}`;
  const echo = startPeer({ preset, args: ['client', '--wait', '5000', ...names(name), 'echo'] });
  const args = ['server', ...names(name), 'pingpong', '--count', String(PAIRS), '--size', String(SIZE)];
  const server = startPeer({ preset: 'gcc-x64', args });
  const output = await server.output;
  await echo.stop();
  return figure(output, / in ([\d.]+)/);
}

async function compare(bits: 32 | 64) {
  const preset = bits === 32 ? 'gcc-x86' : 'gcc-x64';
  const rounds: { ours: number; c: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // Neither is always the first of a round.
    const first = round % 2 ? await inC(preset, round) : await scenario(bits);
    const second = round % 2 ? await scenario(bits) : await inC(preset, round);
    rounds.push(round % 2 ? { ours: second, c: first } : { ours: first, c: second });
  }
  const ratios = rounds.map(({ ours, c }) => ours / c);
  const ms = (seconds: number) => `${(seconds * 1000).toFixed(0)} ms`;
  const measured = `${ms(median(rounds.map(({ ours }) => ours)))} ÷ ${ms(median(rounds.map(({ c }) => c)))}, ${spread(ratios)}`;
  return finding(`scenario ÷ C, ${PAIRS} pairs, ${bits}-bit peer`, measured, median(ratios), { atMost: 1.3 });
}

try {
  const findings = [];
  for (const bits of BITS_HERE) findings.push(await compare(bits));
  report(findings);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
