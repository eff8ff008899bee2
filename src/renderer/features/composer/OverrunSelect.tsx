import { Select } from '@fluentui/react-components';
import { useId } from 'react';
import { OVERRUN_POLICIES, type OverrunPolicy } from '../../../shared/domain.ts';
import { useApi } from '../../host/api-context.ts';
import { useEndpoint } from '../../host/host-store.ts';
import { orNotify } from '../../host/notices-store.ts';
import { OVERRUN_SHORT, OVERRUN_WORDS } from '../new-session/words.ts';

/** What a send does while the previous message is unread. */
export function OverrunSelect({ id }: { id: number }) {
  const api = useApi();
  const field = useId();
  const session = useEndpoint(id, ({ state, overrun }) => ({ state, overrun }));
  if (session?.state !== 'open') return null;
  return (
    <label className="overrun" htmlFor={field}>
      <span className="overrun-words">If unread</span>
      <Select
        id={field}
        size="small"
        title={`If the previous message is unread: ${OVERRUN_WORDS[session.overrun]}`}
        value={session.overrun}
        onChange={(_, { value }) =>
          orNotify("Couldn't change the overrun policy", api.setOverrun(id, value as OverrunPolicy))
        }
      >
        {OVERRUN_POLICIES.map((policy) => (
          <option key={policy} value={policy}>
            {OVERRUN_SHORT[policy]}
          </option>
        ))}
      </Select>
    </label>
  );
}
