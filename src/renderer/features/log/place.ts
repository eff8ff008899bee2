import type { Api } from '../../../shared/api.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { PositionQuery } from '../../../shared/find.ts';
import type { LogRow } from '../../../shared/log.ts';

/** A position in a listing, and the row there; undefined at its end. */
export interface Place {
  readonly position: number;
  readonly row: LogRow | undefined;
}

/** ms between two requests while the host still searches. */
const AGAIN_MS = 100;

/**
 * The position of the row that stands for a record or a time, else of the first one after it. Waits as long as the host
 * searches and somebody wants it; null when nobody does any more.
 */
export async function placeOf(
  api: Pick<Api, 'position' | 'rows'>,
  query: PositionQuery,
  isWanted: () => boolean,
): Promise<Place | Failure | null> {
  while (isWanted()) {
    const answer = await api.position(query);
    if (!answer.ok) return answer.failure;
    const { position } = answer.value;
    if (position !== null) {
      const { at: _, ...listing } = query;
      const page = await api.rows({ ...listing, from: position, count: 1 });
      return page.ok ? { position, row: page.value.rows[0] } : page.failure;
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
  return null;
}

export const isPlace = (answer: Place | Failure | null): answer is Place => answer !== null && 'position' in answer;
