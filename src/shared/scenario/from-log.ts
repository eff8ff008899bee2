import { stringify } from 'yaml';
import type { Lane, Layout } from '../domain.ts';
import { contentOf } from './content-of.ts';
import { MAX_STEPS } from './schema-steps.ts';

/** What passed on a channel, in order. */
export interface PassedMessage {
  readonly lane: Lane;
  readonly bytes: Uint8Array;
}

export interface PassedOn {
  /** The scenario's name. */
  readonly name: string;
  /** null if unknown. */
  readonly layout: Layout | null;
  /** Bytes per lane. */
  readonly capacity: number;
}

/** Each message is sent and expected. */
export const MAX_PASSED = Math.floor(MAX_STEPS / 2);

const HEAD = `# Shmscope plays both ends, so this passes as it is. To test a program, remove one end's session and the
# steps of that session, and add the program, such as  peers: { mine: { program: mine.exe, args: [--section, "{{section}}"] } }
`;

/** A scenario in which the messages pass again, as the text of its file. At most {@link MAX_PASSED} messages. */
export function scenarioFromLog({ name, layout, capacity }: PassedOn, messages: readonly PassedMessage[]): string {
  const steps = messages.flatMap(({ lane, bytes }) => {
    const [from, to] = lane === 's2c' ? ['server', 'client'] : ['client', 'server'];
    const content = contentOf(bytes);
    return [{ send: { session: from, ...content } }, { expect: { session: to, ...content } }];
  });
  const main = {
    ...(layout && { layout }),
    ...((layout ?? 'sized') === 'sized' && capacity > 0 && { 'buffer-size': capacity }),
  };
  const scenario = { name, channels: { main }, sessions: { server: 'server', client: 'client' }, steps };
  return HEAD + stringify(scenario, { lineWidth: 120 });
}
