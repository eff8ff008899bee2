import * as v from 'valibot';
import type { Lane, Layout } from './domain.ts';

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

/** What a holder may do with an object. `query` is asking for its size or state. */
export type ObjectRight = 'read' | 'write' | 'wait' | 'set' | 'query';

/** Identifies a section in a request about it; not for people. */
const MAX_SECTION_ID = 4 * 32_768;
export const sectionIdSchema = v.pipe(
  v.string('A section is named by its id.'),
  v.maxLength(MAX_SECTION_ID, 'The id of a section is too long.'),
);
export const discoveryQuerySchema = v.strictObject({
  /** Including sections that don't look like a channel, and events that belong to none. */
  all: v.boolean(),
  /** Including the processes that hold each channel, which are looked for less often than the rest. */
  processes: v.boolean(),
});
export type DiscoveryQuery = v.InferOutput<typeof discoveryQuerySchema>;

/** The most other sections, and events, that an answer names; the rest is counted. */
export const MAX_OTHERS = 2000;

/** One slot according to its header at that moment. A stranger wrote it. */
export interface FoundSlot {
  readonly flag: number;
  readonly length: number;
}

/**
 * How a section was read as a channel. `certain` and `probable` are those of the layout's evidence; `undecided`: its
 * bytes fit several layouts; `contradicted`: they fit none as they are, though the section has a channel's size.
 */
export interface ChannelReading {
  readonly certainty: 'certain' | 'probable' | 'undecided' | 'contradicted';
  /** null unless `certain` or `probable`. */
  readonly layout: Layout | null;
  /** If it is `contradicted` because each end writes another layout, and both are known. */
  readonly mismatch: LayoutMismatch | null;
  /** Those that it can have, the most likely first. */
  readonly likely: readonly Layout[];
  /** Bytes per direction, by the most likely layout, which `slots` are read by too. */
  readonly capacity: number;
  readonly slots: Readonly<Record<Lane, FoundSlot>>;
}

export interface LayoutMismatch {
  readonly server: Layout;
  readonly client: Layout;
  /** What that means and what to do. */
  readonly sentence: string;
}

/** How the events of a channel were found. */
export type EventEvidence =
  /** A process that holds the section holds them, and no others that could be meant. */
  | 'held'
  /** Their names resemble the section's. */
  | 'similar'
  /** They have the crate's fixed names, and it has no others. */
  | 'default';

export interface ChannelEvents {
  readonly s2c: string | null;
  readonly c2s: string | null;
  /** null if both are. */
  readonly evidence: EventEvidence | null;
}

export interface FoundSection {
  readonly id: string;
  readonly name: string;
  readonly space: NameSpace;
  /** Bytes, in whole pages; null if that could not be seen. */
  readonly extent: number | null;
  /** null if the section doesn't look like a channel, or could not be looked at. */
  readonly reading: ChannelReading | null;
  /** What it is instead, or why that is unknown; null for a channel. */
  readonly note: string | null;
  /** None for a section that isn't a channel. */
  readonly events: ChannelEvents;
  /** Why it can't be opened from here, as a sentence; null if it can. */
  readonly closed: string | null;
  /** Those that hold a channel; null if they weren't requested. */
  readonly processes: readonly FoundProcess[] | null;
}

export interface FoundProcess {
  readonly pid: number;
  readonly name: string | null;
  readonly bits: 32 | 64 | null;
  /** It is this Shmscope. */
  readonly own: boolean;
  /** It holds the section with read rights only, so it only looks. */
  readonly looksOnly: boolean;
}

/** Sections that are used with one pair of events: a wake for one can be taken by another's reader. */
export interface SharedEvents {
  readonly events: { readonly s2c: string | null; readonly c2s: string | null };
  /** By {@link FoundSection.id}. */
  readonly sections: readonly string[];
}

export interface Discovery {
  /** By name. */
  readonly channels: readonly FoundSection[];
  /** Sections that don't look like a channel. */
  readonly others: { readonly count: number; readonly sections: readonly FoundSection[] };
  /** Events that belong to none of the channels. */
  readonly looseEvents: { readonly count: number; readonly names: readonly string[] };
  readonly shared: readonly SharedEvents[];
  readonly unseen: readonly Unseen[];
  /** ms that the look took, on a thread of its own. */
  readonly tookMs: number;
}

export interface FoundEvent {
  readonly name: string;
  /** The channel's, as far as known. */
  readonly lane: Lane | null;
  /** Whether it is one of the channel's pair; otherwise a process of the channel also holds it. */
  readonly paired: boolean;
  /** Whether it is set; null if that may not be asked. */
  readonly isSet: boolean | null;
}

export interface HeldObject {
  readonly kind: ObjectKind;
  readonly name: string;
  /** Handles with just these rights. */
  readonly handles: number;
  readonly rights: readonly ObjectRight[];
  /** The access mask on Windows. */
  readonly access: number | null;
}

export interface ChannelProcess extends FoundProcess {
  /** Its logon session on Windows. */
  readonly session: number | null;
  readonly holds: readonly HeldObject[];
}

/** Everything that can be seen of a channel from outside. */
export interface ChannelDetails {
  readonly section: FoundSection;
  readonly events: readonly FoundEvent[];
  readonly processes: readonly ChannelProcess[];
  /** Names of other sections that are used with the same events. */
  readonly sharedWith: readonly string[];
  readonly unseen: readonly Unseen[];
}
