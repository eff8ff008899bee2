import { type Exit, exitWords } from '../../../shared/exit-code.ts';
import type { Bits, PeerSnapshot, StartPeer } from '../../../shared/peers.ts';
import { formatSpan } from '../../kit/format/time.ts';
import { visibleText } from '../../kit/format/visible.ts';

/** A peer without the count of its lines. */
export type PeerFacts = Omit<PeerSnapshot, 'lines'>;

/** What a peer does, in a few words: "echo", "lost-wake", "orders.exe --fast". */
export function doesWords(start: StartPeer): string {
  if (start.kind === 'program') return visibleText([baseName(start.file), ...start.args].join(' '));
  const [first = '', ...rest] = start.behaviour;
  return visibleText(first === 'misbehave' ? rest.join(' ') : [first, ...rest].join(' '));
}

/** The file without its folder, on either system. */
const baseName = (file: string): string => file.split(/[\\/]/).at(-1) ?? file;

/** "32-bit client", "64-bit program". */
export function kindWords(start: StartPeer, bits: Bits | null): string {
  const noun = start.kind === 'bundled' ? start.role : 'program';
  return bits === null ? noun : `${bits}-bit ${noun}`;
}

/** "running", "stopped from here". */
export const stateWords = ({ state, wanted }: PeerFacts): string =>
  state === 'ended' && wanted ? 'stopped from here' : state;

/** How it ended: "exit code 3", "SIGKILL (killed)". */
export function endWords({ exit, leftBehind }: PeerFacts, system: 'kernel32' | 'posix'): string {
  if (!exit) return '';
  const left =
    leftBehind === 0 ? '' : `; ${leftBehind === 1 ? 'a program' : `${leftBehind} programs`} it left ended too`;
  return exitWords(exit, system) + left;
}

/** It ended by itself, and not successfully. */
export const endedBadly = ({ exit, wanted }: PeerFacts): boolean => !wanted && exit !== null && !isClean(exit);
const isClean = ({ code }: Exit): boolean => code === 0;

/** How long it has been running, or ran; `now`: µs since 1970. */
export const runWords = ({ startedAt, endedAt }: Pick<PeerSnapshot, 'startedAt' | 'endedAt'>, now: number): string =>
  endedAt === null ? wholeSeconds(now - startedAt) : formatSpan(Math.max(0, endedAt - startedAt));

/** It counts up, so only seconds can be read. */
const wholeSeconds = (micros: number): string => {
  const whole = Math.max(0, Math.floor(micros / 1_000_000));
  return whole < 60 ? `${whole} s` : formatSpan(whole * 1_000_000);
};
