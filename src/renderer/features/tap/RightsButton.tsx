import { Button, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { LockClosed16Regular } from '@fluentui/react-icons';
import { useTap } from '../../host/host-store.ts';
import { visibleText } from '../../kit/format/visible.ts';

/** What a tap's handles may do, according to the system. */
export function RightsButton({ id }: { id: number }) {
  const rights = useTap(id, (tap) => tap.rights) ?? [];
  return (
    <Popover positioning="below-end" withArrow trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button
          className="tap-rights-button"
          size="small"
          appearance="subtle"
          icon={<LockClosed16Regular />}
          aria-label="Read-only"
        >
          <span className="tap-rights-word">Read-only</span>
        </Button>
      </PopoverTrigger>
      <PopoverSurface className="tap-rights" aria-label="Rights held" tabIndex={0}>
        <h2>Rights held</h2>
        <p>As granted by the system. They don't allow writing, taking a signal or setting an event.</p>
        {rights.length === 0 ? (
          <p>No handle is open now.</p>
        ) : (
          <dl>
            {rights.map(({ object, rights: granted }) => (
              <div key={object}>
                <dt className="foreign">{visibleText(object)}</dt>
                <dd>{granted.length === 0 ? 'none' : granted.join(', ')}</dd>
              </div>
            ))}
          </dl>
        )}
      </PopoverSurface>
    </Popover>
  );
}
