import { Button } from '@fluentui/react-components';
import type { LogRow } from '../../../shared/log.ts';
import type { OpenTypes } from '../../../shared/types/compiled/open.ts';
import { useSession } from '../../host/host-store.ts';
import { showPage } from '../../view/page-store.ts';
import { decodeAs } from '../types/decode-store.ts';

interface Props {
  readonly session: number;
  readonly row: LogRow;
  readonly bytes: Uint8Array;
  readonly types: OpenTypes;
}

/** Nothing is guessed: says how to give a message a type. */
export function NoType({ session, row, bytes, types }: Props) {
  const section = useSession(session, (one) => one.section) ?? '';
  const isAnother = types.bindings.length > 0;
  return (
    <div className="no-type">
      <p>
        <b>{isAnother ? 'No binding names this message.' : 'This message has no type yet.'}</b>
      </p>
      <p className="calm">
        Give Shmscope the C header of your program, and it shows the message as fields. Rust and Protobuf are read too.
      </p>
      <div className="no-type-actions">
        <Button appearance="primary" size="small" onClick={() => decodeAs({ section, lane: row.lane, bytes })}>
          Decode this channel as…
        </Button>
        {isAnother && (
          <Button size="small" onClick={() => showPage('types')}>
            Show bindings
          </Button>
        )}
      </div>
    </div>
  );
}
