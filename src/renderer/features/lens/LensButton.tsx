import { Button } from '@fluentui/react-components';
import { Glasses16Regular } from '@fluentui/react-icons';
import type { LogRow } from '../../../shared/log.ts';
import { useLive } from '../../host/host-store.ts';
import { showLens } from './lens-store.ts';

/** What another layout than was expected looks like from one end. */
const SIGNS: ReadonlySet<LogRow['code']> = new Set<LogRow['code']>([
  'layout-mismatch',
  'bad-length',
  'unknown-flag',
  'header-changed',
  'layout-ambiguous',
  'layout-unknown',
]);

/** Leads from a record that may be about layouts to its channel under the lens, while that is open. */
export function LensButton({ session, row }: { session: number; row: LogRow }) {
  const isOpen = useLive(session, ({ state }) => state === 'open');
  if (!isOpen || !SIGNS.has(row.code)) return null;
  return (
    <Button size="small" icon={<Glasses16Regular />} onClick={() => showLens({ of: 'session', id: session })}>
      Look through the lens
    </Button>
  );
}
