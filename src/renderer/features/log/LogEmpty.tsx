import { Button } from '@fluentui/react-components';
import { useSession } from '../../host/host-store.ts';
import { setFilter, useLogView } from '../../view/view-store.ts';

/** Why there are no rows, over the empty grid. */
export function LogEmpty({ session }: { session: number }) {
  const { filter } = useLogView(session);
  const state = useSession(session, (s) => s.state);
  const filtered = filter.trim() !== '';
  return (
    <div className="log-empty">
      {filtered ? (
        <>
          <p>No records match this filter.</p>
          <Button size="small" onClick={() => setFilter(session, '')}>
            Show all records
          </Button>
        </>
      ) : (
        <p>{state === 'opening' ? 'Opening the channel…' : 'This session has no records.'}</p>
      )}
    </div>
  );
}
