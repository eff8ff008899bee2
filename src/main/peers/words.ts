import { exitWords } from '../../shared/exit-code.ts';
import type { PeerSnapshot } from '../../shared/peers.ts';

/** What the sessions on its channel report when a peer has ended. */
export function endOfPeer(peer: PeerSnapshot, system: 'kernel32' | 'posix'): string {
  const { name, bits, pid, exit, wanted, leftBehind } = peer;
  const who = `${name} (${bits === null ? '' : `${bits}-bit, `}process ${pid})`;
  const how = exit === null ? '' : `: ${exitWords(exit, system)}`;
  const left = leftBehind === 0 ? '' : ` ${programs(leftBehind)} that it had started and left running ended with it.`;
  return `The peer ${who} ${wanted ? 'was stopped from here' : 'ended on its own'}${how}.${left}`;
}

const programs = (n: number) => (n === 1 ? 'A program' : `${n} programs`);
