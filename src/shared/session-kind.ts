import { type Direction, type Lane, ROLES, type Role } from './domain.ts';

/** An end of a channel, or what a capture holds of a session that was. */
const SESSION_KINDS = ['endpoint', 'stored'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

/** How a session sees a lane: what comes in by it, what goes out by it, or what is only seen on it. */
export type LaneView = Direction | 'seen';

/** From where a session sees its channel, and how the lanes look from there. */
export const VIEWPOINTS = {
  server: { s2c: 'out', c2s: 'in' },
  client: { s2c: 'in', c2s: 'out' },
} as const satisfies Readonly<Record<string, Readonly<Record<Lane, LaneView>>>>;
export type Viewpoint = keyof typeof VIEWPOINTS;

/**
 * `create` makes the channel and chooses its layout; `join` finds it and can wait for it; `observe` looks at its slots.
 */
export type Ability = 'send' | 'receive' | 'close' | 'takeOver' | 'observe' | 'create' | 'join';

const ENDPOINT: readonly Ability[] = ['send', 'receive', 'close', 'observe'];
const NONE: readonly Ability[] = [];

const ABILITIES = {
  endpoint: { server: [...ENDPOINT, 'create', 'takeOver'], client: [...ENDPOINT, 'join'] },
  stored: { server: NONE, client: NONE },
} as const satisfies Readonly<Record<SessionKind, Partial<Readonly<Record<Viewpoint, readonly Ability[]>>>>>;

export function can(kind: SessionKind, viewpoint: Viewpoint, ability: Ability): boolean {
  return (ABILITIES[kind][viewpoint] as readonly Ability[]).includes(ability);
}

export const directionOf = <V extends Viewpoint>(viewpoint: V, lane: Lane): (typeof VIEWPOINTS)[V][Lane] =>
  VIEWPOINTS[viewpoint][lane];

/** Only an end has a lane for each direction. */
export const laneOf = (end: Role, direction: Direction): Lane => (VIEWPOINTS[end].s2c === direction ? 's2c' : 'c2s');

/** Whose messages lie in a lane. */
export const senderOf = (lane: Lane): Role => ROLES.find((role) => laneOf(role, 'out') === lane) as Role;
