/** Which programs reach an object by its name. */
export type NameSpace =
  /** Those of this logon session; outside Windows those of this user. */
  | { readonly kind: 'local' }
  | { readonly kind: 'global' }
  /** Those of another logon session. */
  | { readonly kind: 'session'; readonly session: number }
  /** Those in an AppContainer of this logon session, by its security identifier. */
  | { readonly kind: 'container'; readonly sid: string };

export type ObjectKind = 'section' | 'event';

/** Something that could not be looked at, as sentences for the user. */
export interface Unseen {
  /** What, e.g. "The names of logon session 2". */
  readonly what: string;
  readonly reason: string;
  /** What to do to see it. */
  readonly cure: string;
}

/** What a holder may do with an object. `query` is to ask for its size or state. */
export type ObjectRight = 'read' | 'write' | 'wait' | 'set' | 'query';
