import { ShmscopeError } from '../../shared/failure.ts';
import type { CellPlace } from '../../shared/matrix/matrix.ts';
import type { Bits } from '../../shared/peers.ts';
import { eachStep, type SessionPart } from '../../shared/scenario/model.ts';
import type { LoadedScenario } from '../scenario/load.ts';

/** The sessions whose ends the matrix varies, and their channel. */
export interface Ends {
  readonly server: string;
  readonly client: string;
  readonly channel: string;
}

/** Throws ShmscopeError `scenario-invalid` if its ends can't be varied. */
export function endsOf({ sessions, file }: LoadedScenario): Ends {
  const named = (role: string) => Object.entries(sessions).filter(([, session]) => session.role === role);
  const [[server, ...otherServers], [client, ...otherClients]] = [named('server'), named('client')];
  const isOnePair = otherServers.length + otherClients.length === 0;
  if (server && client && isOnePair && server[1].channel === client[1].channel)
    return { server: server[0], client: client[0], channel: server[1].channel };
  throw new ShmscopeError(
    'scenario-invalid',
    `${file} can't be run as a matrix: it needs one session that is server and one that is client, both on one channel. The matrix runs each of them as a 32-bit program, as a 64-bit program and in Shmscope.`,
  );
}

/** The scenario for one cell; a sentence if it can't be run in that cell. */
export function scenarioIn(scenario: LoadedScenario, ends: Ends, place: CellPlace): LoadedScenario | string {
  const played: Record<string, Bits> = {};
  for (const role of ['server', 'client'] as const) {
    const [end, name] = [place[role], ends[role]];
    if (end === 'shmscope') continue;
    played[name] = end;
    const why = unplayable(scenario, name);
    if (why) return why;
  }
  const { layout: _l, 'buffer-size': size, ...channel } = scenario.channels[ends.channel] ?? {};
  const isSized = place.layout === 'sized';
  if (!isSized && size !== undefined) return `Only the layout sized has a buffer-size.`;
  const shape = { ...channel, layout: place.layout, ...(isSized && size !== undefined && { 'buffer-size': size }) };
  return { ...scenario, played, channels: { ...scenario.channels, [ends.channel]: shape } };
}

/** What only Shmscope can do. */
const OWN: readonly (keyof SessionPart)[] = ['overrun', 'take-over', 'access', 'reconnect', 'layout'];

function unplayable({ sessions, steps }: LoadedScenario, name: string): string | undefined {
  const part = sessions[name];
  const own = part && OWN.find((key) => part[key] !== undefined);
  if (own) return `Only Shmscope can play ${name}: it has ${own}.`;
  for (const { step } of eachStep(steps))
    if (step.do === 'expect-anomaly' && step.session === name)
      return `Only Shmscope can play ${name}: a program does not report anomalies (line ${step.line}).`;
  return undefined;
}
