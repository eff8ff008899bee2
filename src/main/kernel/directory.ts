import type { NameSpace, ObjectKind, ObjectRight, Unseen } from '../../shared/discovery.ts';

/**
 * The port to the system's names: which sections and events exist, and who holds them. It only looks: nothing is
 * created, changed or waited for, and what it opens is closed before the call returns. What it may not see isn't an
 * error: it is in `unseen`, with the reason and the cure.
 */
export interface ObjectDirectory {
  list(): ObjectListing;
  /** The section's size, and as much of its beginning as there is, copied into `sample`. */
  look(section: NamedObject, sample: Uint8Array): SectionLook;
  /** Whether the event is set, without resetting it; null if that can't be asked or the event is gone. */
  isSet(event: NamedObject): boolean | null;
  /** Who holds these objects, this process included. */
  holders(objects: readonly NamedObject[]): Holders;
}

export interface NamedObject {
  readonly kind: ObjectKind;
  /** As a program in its name space passes it to the system, prefix included. Any UTF-16, lone surrogates included. */
  readonly name: string;
  readonly space: NameSpace;
  /** Where the system has it: a path of the object manager, or a file. */
  readonly path: string;
}

export interface ObjectListing {
  /** In no particular order, each once. */
  readonly objects: readonly NamedObject[];
  readonly unseen: readonly Unseen[];
}

export type SectionLook =
  /** `bytes` of the sample are filled. `extent` is in whole pages, as a view of it would be. */
  | { readonly outcome: 'seen'; readonly extent: number; readonly bytes: number }
  /** It maps a file or a program's code, so it isn't a channel; its bytes weren't touched. */
  | { readonly outcome: 'file'; readonly extent: number }
  /** It has no accessible bytes yet. */
  | { readonly outcome: 'uncommitted'; readonly extent: number }
  | { readonly outcome: 'gone' }
  | { readonly outcome: 'unseen'; readonly unseen: Unseen };

export interface Holder {
  readonly pid: number;
  readonly rights: readonly ObjectRight[];
  /** As granted by Windows; null elsewhere. */
  readonly access: number | null;
}

export interface Holders {
  /** For each requested object, in that order; a process that holds it twice is listed twice. */
  readonly of: readonly (readonly Holder[])[];
  /** Those that hold any of them. */
  readonly processes: readonly HolderProcess[];
  readonly unseen: readonly Unseen[];
}

export interface HolderProcess {
  readonly pid: number;
  /** Of its program, without the folder; null if it is gone or may not be asked. */
  readonly name: string | null;
  readonly bits: 32 | 64 | null;
  /** Its logon session on Windows. */
  readonly session: number | null;
}
