import type { SessionSnapshot } from '../../../shared/session.ts';

/** What the capture stores about a session besides its records. */
export type CapturedSession = Pick<SessionSnapshot, 'id' | 'role' | 'section' | 'eventS2c' | 'eventC2s' | 'openedAt'>;
