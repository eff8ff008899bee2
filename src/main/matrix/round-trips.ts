import type { CellPlace, MatrixEnd } from '../../shared/matrix/matrix.ts';
import { readScenario } from '../../shared/scenario/read.ts';
import type { ScenarioReport } from '../../shared/scenario/report.ts';
import { NO_TYPES } from '../../shared/types/compiled/compiled.ts';
import type { PeerRegistry } from '../peers/registry.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import { MACHINE_ABI } from '../types/machine-abi.ts';

/** Round trips that are timed, and the bytes of each message. */
const TRIPS = 200;
const SIZE = 64;
const MESSAGE = 'ab'.repeat(SIZE);

/**
 * The client sends a message and receives it back, repeatedly. A program does it by itself: if it were told each step,
 * the telling would be timed.
 */
export function roundTrips({ server, client, layout }: CellPlace): LoadedScenario {
  const { scenarios, problems } = readScenario(textOf(server, client, layout), 'round trips', new Map());
  const [scenario] = scenarios;
  if (!scenario) throw new Error(`The scenario of the round trips is not valid: ${problems[0]?.message}`);
  return { ...scenario, folder: '.', compiled: NO_TYPES, abi: MACHINE_ABI };
}

function textOf(server: MatrixEnd, client: MatrixEnd, layout: string): string {
  const ours = [server === 'shmscope' && 'server: server', client === 'shmscope' && 'client: client'].filter(Boolean);
  const echo = server !== 'shmscope' && `server: {bits: ${server}, role: server, behaviour: "echo"}`;
  const behaviour = `pingpong --count ${TRIPS} --size ${SIZE}`;
  const trips = client !== 'shmscope' && `client: {bits: ${client}, role: client, behaviour: "${behaviour}"}`;
  const theirs = [echo, trips].filter(Boolean);
  const branches = [server === 'shmscope' && [answering], [client === 'shmscope' ? asking : ending]].filter(Boolean);
  return `channels: {main: {layout: ${layout}}}
${ours.length > 0 ? `sessions: {${ours.join(', ')}}` : ''}
${theirs.length > 0 ? `peers: {${theirs.join(', ')}}` : ''}
steps:
  - parallel: [${branches.map((branch) => `[${branch}]`).join(', ')}]
`;
}

const repeat = (...steps: readonly string[]) => `{repeat: {times: ${TRIPS}, steps: [${steps.join(', ')}]}}`;
const asking = repeat(`{send: {session: client, hex: "${MESSAGE}"}}`, `{expect: {session: client, hex: "${MESSAGE}"}}`);
const answering = repeat(
  `{expect: {session: server, size: ${SIZE}, capture: {message: hex}}}`,
  '{send: {session: server, hex: "{{message}}"}}',
);
const ending = '{expect-exit: {peer: client, code: 0, timeout: 20000}}';

const SAID = /^round-trips (\d+) in ([\d.]+) = /;

/** µs of one, on average; null if unknown. */
export function roundTripOf({ client }: CellPlace, report: ScenarioReport, peers: PeerRegistry): number | null {
  if (report.state !== 'passed') return null;
  if (client === 'shmscope') {
    const repeated = report.steps.findLast(({ words }) => words.startsWith('repeat'));
    return repeated ? (repeated.tookMs * 1000) / TRIPS : null;
  }
  const { id } = report.peers.find(({ name }) => name === 'client') ?? { id: null };
  const lines = id === null ? [] : peers.get(id).output({ peer: id, from: 0, limit: 100 }).lines;
  for (const { text } of lines) {
    const [, count, seconds] = SAID.exec(text) ?? [];
    if (count && seconds) return (Number(seconds) * 1e6) / Number(count);
  }
  return null;
}
