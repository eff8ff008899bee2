import { areDifferent } from '../session.ts';
import type { Problem } from '../types/model.ts';
import type { FilePath, YamlFile } from '../yaml-file.ts';
import type { Built } from './build.ts';
import { CHANNEL_WORDS, namesOf } from './channel.ts';
import { checkContent } from './check-content.ts';
import { eachStep, isEndpoint, type PeerPart, type Scenario, type SessionPart, type Step } from './model.ts';
import { namedGroups } from './named-groups.ts';
import { MAX_STEP_DEPTH, MAX_STEPS } from './schema-steps.ts';
import { isMade, namesIn, reservedName, templatesIn } from './template.ts';

/** What can't work in a scenario whose parts are each valid: unknown names and the like. */
export function checkScenario({ scenario, places }: Built, content: unknown, file: YamlFile): Problem[] {
  const problems: Problem[] = [];
  const complain = (message: string, path: FilePath) => problems.push(file.problemAt(message, path));
  checkParts(scenario, complain);
  const steps = [...eachStep(scenario.steps)];
  if (steps.length > MAX_STEPS) complain(`There are ${steps.length} steps, and ${MAX_STEPS} are the most.`, ['steps']);
  for (const { step, depth } of steps) {
    const at = places.get(step.path) ?? ['steps'];
    if (depth > MAX_STEP_DEPTH) complain(`Steps are nested more than ${MAX_STEP_DEPTH} deep.`, at);
    checkStep(step, scenario, (message) => complain(message, at));
    for (const message of checkContent(step)) complain(message, at);
    for (const message of new Set(takenBy(step).map(reservedName))) if (message !== undefined) complain(message, at);
  }
  checkVariables(scenario, content, complain);
  return problems;
}

type Complain = (message: string, path: FilePath) => void;

function checkParts({ channels, sessions, peers }: Scenario, complain: Complain): void {
  for (const [name, channel] of Object.entries(channels)) {
    const { section } = channel;
    if (section === undefined && (channel['event-s2c'] ?? channel['event-c2s']) !== undefined)
      complain(`The channel ${name} has names of events and none of its section.`, ['channels', name]);
    if (section !== undefined && !areDifferent(namesOf(channel)))
      complain('The section and the two events need three different names.', ['channels', name]);
  }
  for (const kind of ['sessions', 'peers'] as const) {
    const parts: Readonly<Record<string, SessionPart | PeerPart>> = kind === 'sessions' ? sessions : peers;
    for (const [name, { channel }] of Object.entries(parts))
      if (!Object.hasOwn(channels, channel))
        complain(`There is no channel ${channel}. There is ${listed(Object.keys(channels))}.`, [kind, name]);
  }
  for (const name of Object.keys(peers))
    if (Object.hasOwn(sessions, name)) complain(`${name} is a session already: names are one each.`, ['peers', name]);
  for (const [name, session] of Object.entries(sessions))
    for (const message of checkSession(session)) complain(message, ['sessions', name]);
}

function* checkSession({ role, ...given }: SessionPart): Generator<string> {
  const only = (roles: readonly string[], ...keys: readonly (keyof typeof given)[]) =>
    roles.includes(role) ? [] : keys.filter((key) => given[key] !== undefined);
  const misplaced = [
    ...only(['server'], 'take-over', 'access'),
    ...only(['client'], 'reconnect'),
    ...only(['client', 'tap'], 'wait'),
    ...only(['server', 'client'], 'overrun', 'send-wait'),
    ...only(['tap'], 'mode'),
  ];
  for (const key of misplaced) yield `${key} is not for a ${role}.`;
  if (role === 'server' && given.layout === 'auto') yield 'A server chooses its layout: fixed64, fixed or sized.';
}

const TAKES_PART = ['send', 'send-close', 'expect-timeout'];

function checkStep(step: Step, { sessions, peers }: Scenario, complain: (message: string) => void): void {
  if ('session' in step) {
    const session = Object.hasOwn(sessions, step.session) ? sessions[step.session] : undefined;
    if (step.session === '') complain(`Of which session? There is ${listed(Object.keys(sessions))}.`);
    else if (!session) complain(`There is no session ${step.session}. There is ${listed(Object.keys(sessions))}.`);
    else if (!isEndpoint(session) && TAKES_PART.includes(step.do))
      complain(`${step.session} is a tap, which only looks: ${step.do} needs a server or client.`);
    else if (isEndpoint(session) && 'lane' in step && step.lane !== null && step.do === 'expect')
      complain('A lane is for a tap: a server or client receives from one lane alone.');
  }
  if ('peer' in step && !Object.hasOwn(peers, step.peer))
    complain(`There is no peer ${step.peer}. There is ${listed(Object.keys(peers))}.`);
  else if (step.do === 'fault' && step.what === 'misbehave' && peers[step.peer]?.fault === undefined)
    complain(`The peer ${step.peer} has no fault. Add one to it, or say what to do: kill, suspend or resume.`);
  if ('part' in step && !Object.hasOwn(sessions, step.part) && !Object.hasOwn(peers, step.part))
    complain(`There is no session or peer ${step.part}. There is ${listed(Object.keys({ ...sessions, ...peers }))}.`);
  if (step.do === 'parallel') checkBranches(step.branches, complain);
}

/** Two lists of steps on one session would take each other's messages. */
function checkBranches(branches: readonly (readonly Step[])[], complain: (message: string) => void): void {
  const users = branches.map(
    (branch) => new Set([...eachStep(branch)].flatMap(({ step }) => ('session' in step ? [step.session] : []))),
  );
  const shared = new Set(
    users.flatMap((own, at) => users.slice(at + 1).flatMap((other) => [...own].filter((name) => other.has(name)))),
  );
  for (const name of shared) complain(`Two lists of parallel use ${name}: what it receives would be either’s.`);
}

const listed = (names: readonly string[]) => (names.length === 0 ? 'none' : names.join(', '));

function checkVariables({ steps }: Scenario, content: unknown, complain: Complain): void {
  const taken = new Set([...eachStep(steps)].flatMap(({ step }) => takenBy(step)));
  const parts = content as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(parts)) {
    if (key === 'vars' || key === 'data') continue;
    for (const { text, path } of templatesIn(parts[key], [key])) {
      const isKnown = (name: string) => {
        if (key === 'steps') return taken.has(name) || isMade(name) || (name === 'n' && path.includes('repeat'));
        return key === 'peers' && CHANNEL_WORDS.includes(name);
      };
      const unknown = namesIn(text).find((name) => !isKnown(name));
      if (unknown !== undefined) complain(unknownName(unknown), path);
    }
  }
}

const unknownName = (name: string) =>
  `There is no variable “${name}”. Add it to vars, give it with --var ${name}=…, or keep it with capture.`;

/** Names under which a step captures something. */
function takenBy(step: Step): string[] {
  const captured = 'capture' in step ? Object.keys(step.capture) : [];
  return step.do === 'expect' ? [...captured, ...namedGroups(step.expected)] : captured;
}
