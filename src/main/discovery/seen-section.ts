import type { FoundSection } from '../../shared/discovery.ts';
import type { NamedObject } from '../kernel/directory.ts';

/** A section with what was found out about it. */
export interface SeenSection {
  readonly object: NamedObject;
  readonly found: FoundSection;
}
