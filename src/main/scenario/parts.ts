import { type Exit, exitWords, isCrash } from '../../shared/exit-code.ts';
import { type FailureCode, ShmscopeError } from '../../shared/failure.ts';
import type { Bits } from '../../shared/peers.ts';
import { hasFault, isMeant, type ReportedAnomaly } from '../../shared/scenario/anomalies.ts';
import { shapeOf } from '../../shared/scenario/channel.ts';
import { eachStep, type PeerPart, type SessionPart } from '../../shared/scenario/model.ts';
import { laneOf } from '../../shared/session-kind.ts';
import type { StartedPeer } from '../peers/peer.ts';
import type { PeerRegistry } from '../peers/registry.ts';
import type { SessionRegistry } from '../session/registry.ts';
import type { ReportBook } from './book.ts';
import type { ChannelNames } from './channel-names.ts';
import type { LoadedScenario } from './load.ts';
import { type Player, sessionPlayer } from './player.ts';
import { puppet } from './puppet.ts';
import { openOptionsOf, puppetOf, startOf } from './start-options.ts';

export interface PartsHost {
  readonly sessions: SessionRegistry;
  readonly peers: PeerRegistry;
  readonly platform: 'kernel32' | 'posix';
}

/** The sessions and programs of one run of a scenario: everything that it has started ends with it. */
export class Parts {
  readonly #scenario: LoadedScenario;
  readonly #host: PartsHost;
  readonly #names: ReadonlyMap<string, ChannelNames>;
  readonly #book: ReportBook;
  readonly #sessions = new Map<string, Player>();
  readonly #peers = new Map<string, StartedPeer>();
  /** What is still starting, and must be awaited before everything is ended. */
  readonly #starting = new Set<Promise<unknown>>();
  readonly #anomalies: ReportedAnomaly[] = [];
  /** Of what ended by itself. */
  readonly #failures: string[] = [];
  #isClosed = false;

  constructor(scenario: LoadedScenario, host: PartsHost, names: ReadonlyMap<string, ChannelNames>, book: ReportBook) {
    this.#scenario = scenario;
    this.#host = host;
    this.#names = names;
    this.#book = book;
  }

  /** Starts what is there from the beginning: those that create a channel before those that join it. */
  async startAll(): Promise<void> {
    const { sessions, peers } = this.#scenario;
    const early = <T extends { start?: boolean | undefined }>(all: Readonly<Record<string, T>>) =>
      Object.entries(all).filter(([, { start }]) => start !== false);
    const [ours, theirs] = [early(sessions), early(peers)];
    const isServer = ([, { role }]: readonly [string, { role?: string | undefined }]) => role === 'server';
    for (const [name] of ours.filter(isServer)) await this.open(name);
    for (const [name] of theirs.filter(isServer)) await this.start(name);
    const others = ours.filter((part) => !isServer(part));
    for (const [name] of others.sort(([, a], [, b]) => Number(b.role === 'tap') - Number(a.role === 'tap')))
      await this.#begin(name);
    for (const [name] of theirs.filter((part) => !isServer(part))) await this.start(name);
    // The steps on a channel wait for it if a step will create it.
    const made = new Set([...ours, ...theirs].filter(([, part]) => makes(part)).map(([, { channel }]) => channel));
    for (const [name, { channel }] of others) if (made.has(channel)) await this.#sessions.get(name)?.opened;
  }

  /** Who performs a session's steps now. Throws if it isn't open. */
  player(name: string): Player {
    const session = this.#sessions.get(name);
    if (session) return session;
    throw new ShmscopeError('no-such-session', `${name} is not open. Start it first.`);
  }

  /** Throws if it wasn't started. */
  peer(name: string): StartedPeer {
    const peer = this.#peers.get(name);
    if (peer) return peer;
    throw new ShmscopeError('no-such-peer', `${name} is not running. Start it first.`);
  }

  isSession(name: string): boolean {
    return Object.hasOwn(this.#scenario.sessions, name);
  }

  async open(name: string): Promise<void> {
    await this.#begin(name);
    await this.player(name).opened;
  }

  async close(name: string): Promise<void> {
    const session = this.player(name);
    this.#sessions.delete(name);
    await this.#end(name, session);
  }

  async start(name: string): Promise<void> {
    await this.#tracked(this.#launch(name));
    await this.#ready(name, this.#scenario.peers[name] as PeerPart, this.peer(name));
  }

  async stop(name: string): Promise<void> {
    const peer = this.peer(name);
    this.#noteCrash(name, peer);
    this.#peers.delete(name);
    await peer.stop();
  }

  /** How programs have ended that nobody ended; empty if all run. */
  deaths(): { readonly name: string; readonly words: string }[] {
    return [...this.#peers].flatMap(([name, { snapshot }]) => {
      const { exit, wanted } = snapshot;
      if (exit === null || wanted) return [];
      return [{ name, words: this.#endOf(name, exit) }];
    });
  }

  /** Ends everything that was started, and waits for it. */
  async closeAll(): Promise<void> {
    this.#isClosed = true;
    for (const [name, peer] of this.#peers) this.#noteCrash(name, peer);
    await Promise.allSettled(this.#starting);
    const peers = [...this.#peers.values()].map((peer) => peer.stop());
    const sessions = [...this.#sessions].map(([name, session]) => this.#end(name, session));
    await Promise.allSettled([...peers, ...sessions]);
  }

  /** Anomalies that ended sessions have recorded, and that nothing in the scenario expects or allows. */
  get unexpected(): readonly ReportedAnomaly[] {
    return this.#anomalies.filter(({ session, code }) => {
      const { channel } = this.#scenario.sessions[session] as SessionPart;
      return !isMeant(this.#scenario, channel, code);
    });
  }

  /** Sessions that ended by themselves, and programs that crashed, unless a step expects it; in words. */
  get failures(): readonly string[] {
    return this.#failures;
  }

  /** Before it is forgotten: a step may stop it, or start it again. */
  #noteCrash(name: string, { snapshot }: StartedPeer): void {
    const { exit, wanted } = snapshot;
    if (exit === null || wanted || !isCrash(exit)) return;
    const isMeant = [...eachStep(this.#scenario.steps)].some(
      ({ step }) => (step.do === 'expect-end' || step.do === 'fault') && step.peer === name,
    );
    if (!isMeant) this.#failures.push(this.#endOf(name, exit));
  }

  #endOf(name: string, exit: Exit): string {
    return `${name} had ended: ${exitWords(exit, this.#host.platform)}.`;
  }

  async #end(name: string, session: Player): Promise<void> {
    const { anomalies, failure } = await session.close();
    for (const seen of anomalies) this.#anomalies.push({ session: name, ...seen });
    const { channel } = this.#scenario.sessions[name] as SessionPart;
    if (failure === null || (isOfPeer(failure.code) && hasFault(this.#scenario, channel))) return;
    this.#failures.push(`${name} failed: ${failure.message}`);
  }

  async #launch(name: string): Promise<void> {
    const part = this.#scenario.peers[name] as PeerPart;
    const before = this.#peers.get(name);
    this.#checkIsThere(before?.hasEnded === false, name);
    if (before) this.#noteCrash(name, before);
    const { id } = await this.#host.peers.start(startOf(part, this.#channelOf(part), this.#scenario), true);
    const peer = this.#host.peers.get(id);
    this.#peers.set(name, peer);
    const { pid, bits } = peer.snapshot;
    this.#book.peer(name, { id, pid, bits });
  }

  /** Returns when it is open or waits for its channel. */
  #begin(name: string): Promise<void> {
    return this.#tracked(this.#open(name));
  }

  async #open(name: string): Promise<void> {
    this.#checkIsThere(this.#sessions.has(name), name);
    const part = this.#scenario.sessions[name] as SessionPart;
    const bits = this.#scenario.played?.[name];
    if (bits !== undefined) return this.#launchPuppet(name, part, bits);
    const options = openOptionsOf(part, this.#channelOf(part), this.#scenario.timeoutMs);
    const { id } = await this.#host.sessions.open(options, [], true);
    this.#sessions.set(name, sessionPlayer(this.#host.sessions.get(id)));
    this.#book.session(name, { id, section: options.section });
  }

  /** A program that plays the part. */
  async #launchPuppet(name: string, part: SessionPart, bits: Bits): Promise<void> {
    const start = puppetOf(part, bits, this.#channelOf(part), this.#scenario.timeoutMs);
    const { id } = await this.#host.peers.start(start, true);
    const peer = this.#host.peers.get(id);
    const player = puppet(peer, laneOf(start.role, 'in'), this.#host.platform);
    const close = async () => {
      const ending = await player.close();
      this.#host.peers.remove(id);
      return ending;
    };
    this.#sessions.set(name, { ...player, close });
    this.#book.session(name, { section: start.section, bits });
    await this.#ready(name, { channel: part.channel, bits }, peer);
  }

  async #tracked(start: Promise<void>): Promise<void> {
    this.#starting.add(start);
    await start.finally(() => this.#starting.delete(start));
  }

  /** A step that starts something may be under way when the run ends. */
  #checkIsThere(isThere: boolean, name: string): void {
    if (this.#isClosed) throw new ShmscopeError('cancelled', 'The run is over.');
    if (isThere) throw new ShmscopeError('busy', `${name} has already been started. Stop it first, or restart it.`);
  }

  #channelOf({ channel }: { readonly channel: string }) {
    const names = this.#names.get(channel) as ChannelNames;
    return { ...names, ...shapeOf(this.#scenario.channels[channel] ?? {}) };
  }

  async #ready(name: string, { ready, bits }: PeerPart, peer: StartedPeer): Promise<void> {
    if (bits === undefined && ready === undefined) return;
    const regex = new RegExp(ready ?? '^ready$', 'u');
    const { timeoutMs } = this.#scenario;
    const late = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => late.resolve('late'), timeoutMs);
    const said = await Promise.race([peer.says((line) => regex.test(line)), late.promise]);
    clearTimeout(timer);
    if (said === true) return;
    const last = lastWords(peer);
    const { exit } = peer.snapshot;
    const what =
      exit === null ? `was not ready within ${timeoutMs} ms` : `ended: ${exitWords(exit, this.#host.platform)}`;
    throw new ShmscopeError('peer-failed', `${name} ${what}.${last === '' ? '' : ` It wrote: ${last}`}`);
  }
}

/** Whether a program on the channel can have caused it: not if Shmscope itself failed. */
const isOfPeer = (code: FailureCode): boolean => !OURS.includes(code);
const OURS: readonly FailureCode[] = ['internal', 'worker-died', 'capture-failed'];

/** It creates a channel, or may do so. */
const makes = ({ role, ...part }: { readonly role?: string | undefined; readonly program?: string | undefined }) =>
  role === 'server' || part.program !== undefined;

/** The last output of a program. */
function lastWords(peer: StartedPeer): string {
  const { end } = peer.output({ peer: 1, from: 0, limit: 1 });
  return peer
    .output({ peer: 1, from: Math.max(0, end - 3), limit: 3 })
    .lines.map(({ text }) => text)
    .join(' ');
}
