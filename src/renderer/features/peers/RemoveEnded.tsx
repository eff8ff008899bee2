import { Button } from '@fluentui/react-components';
import { useApi } from '../../host/api-context.ts';
import { useHost } from '../../host/host-store.ts';
import { removeEnded } from './actions.ts';

/** Takes peers that have ended off the list; there while some have. */
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
