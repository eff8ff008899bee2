import { Button } from '@fluentui/react-components';
import { useApi } from '../../host/api-context.ts';
import { useListed } from '../../host/host-store.ts';
import { formatInteger } from '../../kit/format/bytes.ts';
import { selectSession } from '../../view/selection-store.ts';
import { jumpTo } from '../log/jump.ts';

interface Props {
  /** In the list of sessions. */
  readonly session: number;
  readonly seq: number;
  /** Its name, if there are several. */
  readonly what?: string;
}

/** Leads to a record that a run is about. */
export function ToRecord({ session, seq, what = `record ${formatInteger(seq)}` }: Props) {
  const api = useApi();
  const isListed = useListed(session);
  return (
    <Button
      size="small"
      disabledFocusable={!isListed}
      onClick={() => {
        selectSession(session);
        void jumpTo(api, session, seq);
      }}
    >
      Show {what} in the log
    </Button>
  );
}
