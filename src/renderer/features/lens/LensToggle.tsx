import { Glasses16Regular, Open16Regular } from '@fluentui/react-icons';
import type { LogRow } from '../../../shared/log.ts';
import { useLive } from '../../host/host-store.ts';
import { IconButton, IconToggle } from '../../kit/controls/IconButton.tsx';
import { showLens } from './lens-store.ts';

/** How an unexpected layout looks from one end. */
const SIGNS: ReadonlySet<LogRow['code']> = new Set<LogRow['code']>([
  'layout-mismatch',
  'bad-length',
  'unknown-flag',
  'header-changed',
]);

interface ButtonProps {
  readonly session: number;
  readonly row: LogRow;
  readonly shown: boolean;
  readonly show: (shown: boolean) => void;
}

/** Shows the channel of a record that may be about layouts through the lens, while that is open. */
export function LensToggle({ session, row, shown, show }: ButtonProps) {
  const isOpen = useLive(session, ({ state }) => state === 'open');
  if (!isOpen || !SIGNS.has(row.code)) return null;
  return (
    <>
      {shown && (
        <IconButton
          label="Show the lens as a page"
          icon={<Open16Regular />}
          onClick={() => showLens({ of: 'session', id: session })}
        />
      )}
      <IconToggle
        label="Open in the layout lens"
        hint="Inspect the channel with the layout lens"
        icon={<Glasses16Regular />}
        checked={shown}
        onClick={() => show(!shown)}
      >
        Lens
      </IconToggle>
    </>
  );
}
