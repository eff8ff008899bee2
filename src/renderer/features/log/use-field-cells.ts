import { useMemo, useSyncExternalStore } from 'react';
import { useApi } from '../../host/api-context.ts';
import { useSession } from '../../host/host-store.ts';
import { useSessionTypes } from '../../view/types-store.ts';
import { FieldCells } from './field-cells.ts';

const never = () => () => {};

/** What reads the fields of a session's rows, and a number that changes when it can read more. Null: nobody asks. */
export function useFieldCells(session: number, isAsked: boolean): readonly [FieldCells | null, number] {
  const api = useApi();
  const section = useSession(session, (one) => one.section);
  const types = useSessionTypes(session);
  const cells = useMemo(
    () => (isAsked && types ? new FieldCells(api, session, section, types) : null),
    [isAsked, api, session, section, types],
  );
  const version = useSyncExternalStore(cells?.subscribe ?? never, () => cells?.version ?? 0);
  return [cells, version];
}
