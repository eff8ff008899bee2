import type { LastFiring } from '../../../shared/alarm/alarm.ts';
import type { Api } from '../../../shared/api.ts';
import { selectSession } from '../../view/selection-store.ts';
import { jumpTo } from '../log/jump.ts';
import { showSpan } from '../timeline/timeline-store.ts';

/** µs shown before and after what an alarm reports. */
const AROUND = 2_000_000;

/** Shows a firing's record in its log, and what it reports in the timeline. */
export function showFiring(
  api: Pick<Api, 'position' | 'rows'>,
  session: number,
  { seq, from, mono }: LastFiring,
): void {
  selectSession(session);
  showSpan(session, { from: Math.max(0, from - AROUND), to: mono + AROUND });
  void jumpTo(api, session, seq);
}
