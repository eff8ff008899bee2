import { useEffect, useState } from 'react';
import type { Api } from '../../../shared/api.ts';
import type { Mark } from '../../../shared/marks.ts';
import { useApi } from '../../host/api-context.ts';
import { useHost } from '../../host/host-store.ts';
import { notifyOfRead, orNotify } from '../../host/notices-store.ts';

/** Records of a session with a mark or a note, by number, kept in step with the host. */
export function useMarks(session: number): readonly Mark[] {
  const api = useApi();
  const version = useHost((state) => state.rowsVersion);
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another version they are others
  useEffect(() => {
    let isWanted = true;
    void api.marks({ session }).then((answer) => {
      if (!isWanted) return;
      if (answer.ok) setMarks(answer.value);
      else notifyOfRead("Couldn't read the marks", answer.failure);
    });
    return () => {
      isWanted = false;
    };
  }, [api, session, version]);
  return marks;
}

/** Marks a record, or removes its mark. */
export const toggleMark = (api: Api, session: number, { seq, mark }: { seq: number; mark: string | null }) =>
  orNotify("Couldn't mark the record", api.setMark({ session, seq, label: mark === null ? '' : null }));

/** The nearest mark after a record, or before it; the first or last one if there is none. */
export function neighbour(marks: readonly Mark[], seq: number | null, direction: 1 | -1): Mark | undefined {
  const marked = marks.filter(({ mark, note }) => mark !== null || note !== null);
  if (direction > 0) return marked.find((each) => seq === null || each.seq > seq) ?? marked[0];
  return marked.findLast((each) => seq === null || each.seq < seq) ?? marked.at(-1);
}
