import { Dismiss16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useApi } from '../../host/api-context.ts';
import { useHost } from '../../host/host-store.ts';
import { orNotify } from '../../host/notices-store.ts';
import { Fold } from '../../kit/controls/Fold.tsx';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { SessionItem } from './SessionItem.tsx';

/** Those that scenarios and the matrix have opened: folded, except for the one that is shown. */
export function TestSessions({ ids, selected }: { ids: readonly number[]; selected: number | null }) {
  const [open, setOpen] = useState(false);
  const shown = open ? ids : ids.filter((id) => id === selected);
  return (
    <section aria-label="Test sessions">
      <div className="sessions-head">
        <h2>
          <Fold
            name="Test sessions"
            count={ids.length}
            title="Sessions that scenarios and the matrix have opened"
            open={open}
            toggle={() => setOpen(!open)}
          />
        </h2>
        <RemoveEnded ids={ids} />
      </div>
      {shown.length > 0 && (
        <ul>
          {shown.map((id) => (
            <SessionItem key={id} id={id} selected={id === selected} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Their logs stay in the capture. */
function RemoveEnded({ ids }: { ids: readonly number[] }) {
  const api = useApi();
  const areOver = useHost(({ sessions }) =>
    sessions.every(({ id, state }) => !ids.includes(id) || state === 'closed' || state === 'failed'),
  );
  const remove = () => orNotify("Couldn't remove the sessions", removeAll());
  const removeAll = async () => {
    const results = await Promise.all(ids.map((id) => api.remove(id)));
    return results.find(({ ok }) => !ok) ?? { ok: true as const, value: undefined };
  };
  return (
    <IconButton
      icon={<Dismiss16Regular />}
      label="Remove test sessions from the list"
      disabledFocusable={!areOver}
      onClick={() => void remove()}
    />
  );
}
