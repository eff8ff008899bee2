import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Layout } from '../../shared/domain.ts';
import type { Bits, StartPeer } from '../../shared/peers.ts';
import type { PeerPart, SessionPart } from '../../shared/scenario/model.ts';
import { fillText } from '../../shared/scenario/template.ts';
import type { OpenEndpoint, OpenTap } from '../../shared/session.ts';
import type { ChannelNames } from './channel-names.ts';
import type { LoadedScenario } from './load.ts';

/** How the parts of a scenario are started: as in the window and on the command line. */

type BundledStart = Extract<StartPeer, { kind: 'bundled' }>;

interface Channel extends ChannelNames {
  readonly layout: Layout;
  readonly bufferSize: number;
}

export function openOptionsOf(part: SessionPart, channel: Channel, timeoutMs: number): OpenEndpoint | OpenTap {
  const { section, eventS2c, eventC2s } = channel;
  const names = { section, eventS2c, eventC2s };
  const wait = { limitMs: part.wait ?? timeoutMs };
  if (part.role === 'tap') {
    const { layout = 'auto', mode = 'full' } = part;
    // What it has seen is checked when the ends may have gone.
    return { kind: 'tap', role: 'tap', ...names, layout, mode, wait, follow: true };
  }
  return {
    ...{ kind: 'endpoint', role: part.role, ...names },
    layout: part.layout ?? channel.layout,
    bufferSize: channel.bufferSize,
    takeOver: part['take-over'] ?? false,
    ...(part.access !== undefined && { access: part.access }),
    overrun: part.overrun ?? 'wait',
    sendWaitMs: part['send-wait'] ?? timeoutMs,
    receive: null,
    ...(part.role === 'client' && { wait }),
    ...(part.reconnect && { reconnect: true }),
  };
}

export function startOf(part: PeerPart, channel: Channel, { folder, timeoutMs }: LoadedScenario): StartPeer {
  const { section, eventS2c, eventC2s, bufferSize } = channel;
  const layout = part.layout ?? channel.layout;
  if (part.bits !== undefined) {
    const { bits, role = 'client' } = part;
    const names = { section, eventS2c, eventC2s };
    const wait = role === 'client' ? ['--wait', `${timeoutMs}`] : [];
    return { kind: 'bundled', bits, role, ...names, layout, bufferSize, behaviour: [...wait, ...behaviourOf(part)] };
  }
  const words = new Map<string, string | number>([
    ...Object.entries({ section, 'event-s2c': eventS2c, 'event-c2s': eventC2s, layout, 'buffer-size': bufferSize }),
  ]);
  const fill = (text: string) => fillText(text, (name) => words.get(name));
  const env = Object.entries(part.env ?? {}).map(([name, value]) => [name, value === null ? null : fill(value)]);
  return {
    kind: 'program',
    file: programFile(fill(part.program ?? ''), folder),
    args: (part.args ?? []).map(fill),
    env: Object.fromEntries(env),
    ...(part.cwd !== undefined && { cwd: path.resolve(folder, fill(part.cwd)) }),
    section,
  };
}

/** A bundled peer that plays an end of Shmscope: it is told what to do. */
export function puppetOf(part: SessionPart, bits: Bits, channel: Channel, timeoutMs: number): BundledStart {
  const { section, eventS2c, eventC2s, bufferSize } = channel;
  const role = part.role === 'server' ? 'server' : 'client';
  const wait = role === 'client' ? ['--wait', `${part.wait ?? timeoutMs}`] : [];
  const limit = ['--timeout', `${part['send-wait'] ?? timeoutMs}`];
  return {
    ...{ kind: 'bundled', bits, role, section, eventS2c, eventC2s, layout: channel.layout, bufferSize },
    behaviour: ['script', ...wait, ...limit],
  };
}

/** A fault waits for its cue, which is the step `fault`. */
function behaviourOf({ behaviour, fault, seed }: PeerPart): readonly string[] {
  if (fault === undefined) return behaviour === undefined ? ['echo'] : wordsOf(behaviour);
  return ['misbehave', ...wordsOf(fault), '--on-input', ...(seed === undefined ? [] : ['--seed', `${seed}`])];
}

/** Words as on a command line, quoted if they contain spaces. */
const wordsOf = (given: string | readonly string[]): readonly string[] =>
  typeof given === 'string'
    ? [...given.matchAll(/"([^"]*)"|(\S+)/g)].map(([, inQuotes, bare]) => inQuotes ?? bare ?? '')
    : given;

/** Relative to the scenario; a name without a folder is looked up in the usual places. */
function programFile(program: string, folder: string): string {
  const beside = path.resolve(folder, program);
  if (/[\\/]/.test(program) || existsSync(beside)) return beside;
  const endings = process.platform === 'win32' ? ['', '.exe'] : [''];
  const places = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const found = places.flatMap((place) => endings.map((ending) => path.join(place, program + ending)));
  return found.find((file) => existsSync(file)) ?? beside;
}
