import * as v from 'valibot';
import { DIRECTIONS, type Direction, LANES, type Lane, ROLES, type Role } from './domain.ts';

/** An end of a channel, a tap of one, a section that is watched as bytes, or what a capture holds of a past session. */
const SESSION_KINDS = ['endpoint', 'tap', 'raw', 'stored'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

/** How a session sees a lane: messages come in by it, go out by it or, for a tap, are seen in it. */
export type LaneView = Direction | Lane;

/** How each view of a lane is written for people. */
export const LANE_VIEW_WORDS: Readonly<Record<LaneView, string>> = {
  in: '← in',
  out: '→ out',
  s2c: 'S→C',
  c2s: 'C→S',
};

/** "S→C and C→S" of the lanes for which it holds; null for none. */
export function laneList(isSo: Readonly<Record<Lane, boolean>>): string | null {
  return (
    LANES.filter((lane) => isSo[lane])
      .map((lane) => LANE_VIEW_WORDS[lane])
      .join(' and ') || null
  );
}

/** What a session is to its channel, and how the lanes look from there. */
const VIEWPOINTS = {
  server: { s2c: 'out', c2s: 'in' },
  client: { s2c: 'in', c2s: 'out' },
  tap: { s2c: 's2c', c2s: 'c2s' },
  raw: { s2c: 's2c', c2s: 'c2s' },
} as const satisfies Readonly<Record<string, Readonly<Record<Lane, LaneView>>>>;
export type Viewpoint = keyof typeof VIEWPOINTS;
export const viewpointSchema = v.picklist(Object.keys(VIEWPOINTS) as Viewpoint[]);
export const laneViewSchema = v.picklist([...DIRECTIONS, ...LANES]);

/** An end tells messages apart by direction, a tap by lane. */
export const seesDirections = (viewpoint: Viewpoint): boolean => VIEWPOINTS[viewpoint].s2c !== 's2c';

/** Whether it knows which lane a message is in, so that its log has messages. */
const KNOWS_LANES: Readonly<Record<Viewpoint, boolean>> = { server: true, client: true, tap: true, raw: false };
export const knowsLanes = (viewpoint: Viewpoint): boolean => KNOWS_LANES[viewpoint];

/**
 * `create` creates the channel and chooses its layout; `join` opens it and can wait for it; `reconnect` continues with
 * the next server; `observe` looks at its slots; `sample` looks at them at a pace that can be chosen; `inspect` looks
 * at the bytes of a section, whatever they are.
 */
export type Ability =
  | 'send'
  | 'receive'
  | 'sendClose'
  | 'takeOver'
  | 'observe'
  | 'sample'
  | 'inspect'
  | 'create'
  | 'join'
  | 'reconnect';

const ENDPOINT: readonly Ability[] = ['send', 'receive', 'sendClose', 'observe'];
const NONE: readonly Ability[] = [];

const ABILITIES = {
  endpoint: { server: [...ENDPOINT, 'create', 'takeOver'], client: [...ENDPOINT, 'join', 'reconnect'] },
  tap: { tap: ['observe', 'sample', 'join'] },
  raw: { raw: ['inspect'] },
  stored: { server: NONE, client: NONE, tap: NONE, raw: NONE },
} as const satisfies Readonly<Record<SessionKind, Partial<Readonly<Record<Viewpoint, readonly Ability[]>>>>>;

export function can(kind: SessionKind, viewpoint: Viewpoint, ability: Ability): boolean {
  const ofKind: Partial<Readonly<Record<Viewpoint, readonly Ability[]>>> = ABILITIES[kind];
  return ofKind[viewpoint]?.includes(ability) ?? false;
}

/** An end sees a lane as a direction, a tap sees it as the lane itself. */
export function directionOf(end: Role, lane: Lane): Direction;
export function directionOf(viewpoint: Viewpoint, lane: Lane): LaneView;
export function directionOf(viewpoint: Viewpoint, lane: Lane): LaneView {
  return VIEWPOINTS[viewpoint][lane];
}

/** Both lanes in display order: incoming first, and the server's first for a tap. */
export const lanesOf = (viewpoint: Viewpoint): readonly Lane[] =>
  [...LANES].sort((a, b) => ORDER.indexOf(VIEWPOINTS[viewpoint][a]) - ORDER.indexOf(VIEWPOINTS[viewpoint][b]));
const ORDER: readonly LaneView[] = ['in', 's2c', 'c2s', 'out'];

/** The lane that `viewpoint` sees like this; null if none: only an end has a lane for each direction. */
export const laneSeenAs = (viewpoint: Viewpoint, view: LaneView): Lane | null =>
  LANES.find((lane) => VIEWPOINTS[viewpoint][lane] === view) ?? null;

/** Only an end has a lane for each direction. */
export const laneOf = (end: Role, direction: Direction): Lane => (VIEWPOINTS[end].s2c === direction ? 's2c' : 'c2s');

/** Whose messages are in a lane. */
export const senderOf = (lane: Lane): Role => ROLES.find((role) => laneOf(role, 'out') === lane) as Role;
