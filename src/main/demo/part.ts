import type { Layout, Role } from '../../shared/domain.ts';
import type { OpenEndpoint } from '../../shared/session.ts';

/** One end of one of the demo's channels. */
export interface Part {
  readonly names: Pick<OpenEndpoint, 'section' | 'eventS2c' | 'eventC2s'>;
  readonly role: Role;
  readonly layout: Layout;
  /** Of the program, if it is a process of its own. */
  readonly arch: 'x64' | 'x86';
  /** Talks on and on and replies; or says one thing and takes what it gets. */
  readonly does: 'talk' | 'greet';
}

/** What a peer's thread is started with. */
export interface PeerThreadData {
  readonly options: OpenEndpoint;
  readonly does: Part['does'];
  /** Ends the peer when set. */
  readonly stop: bigint;
}

/** What a greeting peer says. */
export const greeting = (role: Role): string => `{"hello":"from the ${role}","id":1}`;
