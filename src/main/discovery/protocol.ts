import type { DiscoveryQuery } from '../../shared/discovery.ts';
import type { Result } from '../../shared/failure.ts';

/** What the thread is asked. */
export type Question = { readonly id: number } & (
  | { readonly ask: 'discover'; readonly query: DiscoveryQuery }
  | { readonly ask: 'details'; readonly section: string }
  | { readonly ask: 'lens'; readonly name: string }
);

export interface Answer {
  readonly id: number;
  readonly result: Result<unknown>;
}
