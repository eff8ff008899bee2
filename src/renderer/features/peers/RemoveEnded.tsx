import { Button } from '@fluentui/react-components';
import { useApi } from '../../host/api-context.ts';
import { useHost } from '../../host/host-store.ts';
import { removeEnded } from './actions.ts';

/** Takes ended peers off the list; shown if there are any. */
export function RemoveEnded({ isOfTest }: { readonly isOfTest: boolean }) {
  const api = useApi();
  const some = useHost(({ peers }) => peers.some((peer) => peer.state === 'ended' && peer.isOfTest === isOfTest));
  if (!some) return null;
  const label = isOfTest && { 'aria-label': 'Remove ended test peers' };
  return (
    <Button size="small" appearance="subtle" onClick={() => void removeEnded(api, isOfTest)} {...label}>
      Remove ended
    </Button>
  );
}
