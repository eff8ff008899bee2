import type { FilePath } from '../yaml-file.ts';
import {
  DEFAULT_CHANNEL,
  DEFAULT_TIMEOUT_MS,
  type PeerPart,
  type Row,
  type Scenario,
  type SessionPart,
  type Step,
} from './model.ts';
import { payloadOf } from './payload.ts';
import type { GivenFile } from './schema.ts';
import type { GivenPeer, GivenSession } from './schema-parts.ts';
import type { GivenStep } from './schema-steps.ts';

export interface Built {
  readonly scenario: Scenario;
  /** Where each step is in the file, by its path. */
  readonly places: ReadonlyMap<string, FilePath>;
}

/** A scenario from its file's content, with what the file omitted. Missing names are checked later. */
export function buildScenario(
  given: GivenFile,
  { file, row, lineOf }: { file: string; row: Row | null; lineOf: (path: FilePath) => number },
): Built {
  const channels = given.channels ?? { [DEFAULT_CHANNEL]: {} };
  const [channel = DEFAULT_CHANNEL] = Object.keys(channels);
  const sessions = mapped(given.sessions ?? {}, (given): SessionPart => {
    const session = sessionOf(given);
    return { ...session, channel: session.channel ?? channel };
  });
  const peers = mapped(
    given.peers ?? {},
    (peer: GivenPeer): PeerPart => ({ ...peer, channel: peer.channel ?? channel }),
  );
  const timeoutMs = given.timeout ?? DEFAULT_TIMEOUT_MS;
  const usual = usualSession(sessions);
  const { types = [], include = [], abi } = given;
  const builder = new Builder({ timeoutMs, usual, sessions, peers, lineOf });
  const steps = builder.list(given.steps, '', ['steps']);
  const scenario: Scenario = {
    file,
    name: given.name ?? nameOf(file),
    description: given.description ?? '',
    tags: given.tags ?? [],
    row,
    types: { files: types, include, ...(abi && { abi }) },
    channels,
    sessions,
    peers,
    timeoutMs,
    anomalies: given.anomalies,
    steps,
  };
  return { scenario, places: builder.places };
}

const sessionOf = (given: GivenSession): Exclude<GivenSession, string> =>
  typeof given === 'string' ? { role: given } : given;
const nameOf = (file: string) => (file.split(/[\\/]/).pop() ?? file).replace(/\.ya?ml$/i, '');

const mapped = <T, U>(map: Readonly<Record<string, T>>, to: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(map).map(([name, value]) => [name, to(value)]));

/** The session of a step that names none: the only one, or the only one that takes part. Empty: it must be named. */
function usualSession(sessions: Readonly<Record<string, SessionPart>>): string {
  const names = Object.keys(sessions);
  const ends = names.filter((name) => sessions[name]?.role !== 'tap');
  return (names.length === 1 ? names[0] : ends.length === 1 ? ends[0] : undefined) ?? '';
}

interface Parts {
  readonly timeoutMs: number;
  readonly usual: string;
  readonly sessions: Readonly<Record<string, SessionPart>>;
  readonly peers: Readonly<Record<string, PeerPart>>;
  readonly lineOf: (path: FilePath) => number;
}

class Builder {
  readonly places = new Map<string, FilePath>();
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  list(given: readonly GivenStep[], prefix: string, at: FilePath): Step[] {
    return given.map((step, index) => this.#step(step, `${prefix}${index}`, [...at, index]));
  }

  #step(given: GivenStep, path: string, at: FilePath): Step {
    this.places.set(path, at);
    const head = { path, line: this.#parts.lineOf(at), ...(given.name !== undefined && { name: given.name }) };
    const { repeat, parallel, within } = given;
    const list = (steps: readonly GivenStep[], ...below: FilePath) => this.list(steps, `${path}.`, [...at, ...below]);
    if (repeat) return { ...head, do: 'repeat', times: repeat.times, steps: list(repeat.steps, 'repeat', 'steps') };
    if (within) return { ...head, do: 'within', ms: within.ms, steps: list(within.steps, 'within', 'steps') };
    if (parallel) {
      const branch = (steps: readonly GivenStep[], index: number) =>
        this.list(steps, `${path}.${index}.`, [...at, 'parallel', index]);
      return { ...head, do: 'parallel', branches: parallel.map(branch) };
    }
    return { ...head, ...this.#single(given) } as Step;
  }

  #single(given: GivenStep): object {
    const { usual, timeoutMs } = this.#parts;
    if (given.send !== undefined) {
      const parts = typeof given.send === 'string' ? { text: given.send } : given.send;
      return { do: 'send', session: parts.session ?? usual, payload: payloadOf(parts), capture: parts.capture ?? {} };
    }
    if (given.expect !== undefined) return this.#expect(given.expect);
    for (const word of ['expect-timeout', 'expect-nothing'] as const) {
      const wanted = given[word];
      if (typeof wanted === 'number') return { do: word, session: usual, ms: wanted };
      if (wanted) return { do: word, session: wanted.session ?? usual, ms: wanted.ms };
    }
    if (given['expect-exit'] !== undefined) return this.#exit(given['expect-exit']);
    const anomaly = given['expect-anomaly'];
    if (anomaly !== undefined) {
      const parts = typeof anomaly === 'string' ? { anomaly } : anomaly;
      return { do: 'expect-anomaly', session: usual, lane: null, receive: true, timeoutMs, ...renamed(parts) };
    }
    return this.#onPart(given);
  }

  #onPart(given: GivenStep): object {
    const { usual } = this.#parts;
    const close = given['send-close'];
    if (close !== undefined)
      return { do: 'send-close', session: typeof close === 'string' ? close : (close?.session ?? usual) };
    if (given.wait !== undefined) return { do: 'wait', ms: given.wait };
    for (const word of ['start', 'stop', 'restart'] as const)
      if (given[word] !== undefined) return { do: word, part: given[word] };
    const fault = given.fault ?? '';
    return typeof fault === 'string'
      ? { do: 'fault', peer: fault, what: 'misbehave' }
      : { do: 'fault', peer: fault.peer, what: fault.do ?? 'misbehave' };
  }

  #expect(given: NonNullable<GivenStep['expect']>): object {
    const { usual, timeoutMs } = this.#parts;
    if (typeof given === 'string')
      return {
        do: 'expect',
        session: usual,
        expected: { text: given },
        lane: null,
        skip: false,
        timeoutMs,
        capture: {},
      };
    const { session = usual, lane = null, skip = false, timeout = timeoutMs, capture = {}, ...expected } = given;
    return { do: 'expect', session, expected, lane, skip, timeoutMs: timeout, capture };
  }

  #exit(given: NonNullable<GivenStep['expect-exit']> | null): object {
    const { usual, timeoutMs, peers } = this.#parts;
    const named = typeof given === 'string' && Object.hasOwn(peers, given) ? { peer: given } : { session: given };
    const parts: ExitParts = typeof given === 'string' ? (named as ExitParts) : (given ?? {});
    const { peer, code = null, session = usual, timeout = timeoutMs } = parts;
    if (peer === undefined) return { do: 'expect-exit', session, timeoutMs: timeout };
    return { do: 'expect-end', peer, code, timeoutMs: timeout };
  }
}

type ExitParts = Exclude<GivenStep['expect-exit'], string | null | undefined>;

/** `timeout` in the model's form. */
const renamed = ({ timeout, ...parts }: { timeout?: number | undefined }) =>
  timeout === undefined ? parts : { ...parts, timeoutMs: timeout };
