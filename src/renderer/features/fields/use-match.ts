import { useMemo } from 'react';
import type { LogRow } from '../../../shared/log.ts';
import { useSession } from '../../host/host-store.ts';
import { useSessionTypes } from '../../view/types-store.ts';

/** Whether a message has a declared type, as far as its first bytes tell. */
export function useIsTyped(session: number, row: LogRow): boolean {
  const section = useSession(session, (one) => one.section);
  const types = useSessionTypes(session);
  return useMemo(
    () => row.kind === 'message' && types?.match(section, row.lane, row.preview, row.size) !== undefined,
    [types, section, row],
  );
}
