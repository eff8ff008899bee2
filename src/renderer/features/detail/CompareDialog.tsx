import {
  Button,
  Dialog,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Tab,
  TabList,
} from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import { useApi } from '../../host/api-context.ts';
import { formatByteCount, formatInteger, formatSize } from '../../kit/format/bytes.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { MAX_COPY, readBytes } from '../../view/copy.ts';
import { PayloadSource } from '../../view/payload-source.ts';
import { CompareFields } from '../fields/CompareFields.tsx';
import { CompareBytes } from './CompareBytes.tsx';
import { CompareLines } from './CompareLines.tsx';
import type { Pair } from './compare-pair.ts';
import { endComparison, type RecordPlace, useComparison } from './compare-store.ts';
import './compare.css';

type By = 'bytes' | 'lines' | 'fields';

/** Two records side by side, by bytes, lines or fields; shown while two are being compared. */
export function CompareDialog() {
  const pair = useComparison((state) => state.pair);
  const [by, setBy] = useState<By>('bytes');
  if (!pair) return null;
  const [a, b] = pair;
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && endComparison()}>
      <DialogSurface className="compare-dialog">
        <DialogBody className="compare-body">
          <DialogTitle
            action={
              <Button
                appearance="subtle"
                aria-label="Close the comparison"
                icon={<Dismiss20Regular />}
                onClick={endComparison}
              />
            }
          >
            Compare {titleOf(a, b)} with {titleOf(b, a)}
          </DialogTitle>
          <DialogContent className="compare-content">
            <div className="compare-bar">
              <TabList size="small" selectedValue={by} onTabSelect={(_, { value }) => setBy(value as By)}>
                <Tab value="bytes">Bytes</Tab>
                <Tab value="lines">Lines</Tab>
                <Tab value="fields">Fields</Tab>
              </TabList>
              <span className="calm number">{lengths(a, b)}</span>
            </div>
            <Loaded key={`${a.session}/${a.seq} ${b.session}/${b.seq}`} records={pair} by={by} />
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

const titleOf = (one: RecordPlace, other: RecordPlace): string =>
  `#${formatInteger(one.seq)}${one.session === other.session ? '' : ` of session ${one.session}`}`;

function lengths(a: RecordPlace, b: RecordPlace): string {
  if (a.size === b.size) return `both ${formatByteCount(a.size)}`;
  const more = Math.abs(a.size - b.size);
  return `${formatByteCount(a.size)} and ${formatByteCount(b.size)}, ${formatInteger(more)} ${a.size > b.size ? 'fewer' : 'more'}`;
}

function Loaded({ records, by }: { records: readonly [RecordPlace, RecordPlace]; by: By }) {
  const api = useApi();
  const [loaded, setLoaded] = useState<Pair | Failure>();
  const tooLong = records.some(({ size }) => size > MAX_COPY);
  useEffect(() => {
    let wanted = true;
    const read = ({ session, seq, size }: RecordPlace) =>
      readBytes(new PayloadSource((offset, length) => api.payload({ session, seq, offset, length }), size), 0, size);
    const load = async (): Promise<Pair | Failure> => {
      const [a, b] = await Promise.all([read(records[0]), read(records[1])]);
      if (!a.ok) return a.failure;
      return b.ok ? { a: a.value, b: b.value } : b.failure;
    };
    if (!tooLong) void load().then((result) => wanted && setLoaded(result));
    return () => {
      wanted = false;
    };
  }, [api, records, tooLong]);

  if (tooLong) return <p className="calm">Records of up to {formatSize(MAX_COPY)} can be compared.</p>;
  if (!loaded) return <p className="calm">Reading…</p>;
  if ('code' in loaded) return <FailureMessage title="Couldn't read the records" failure={loaded} />;
  if (by === 'fields') return <CompareFields pair={loaded} records={records} />;
  return by === 'bytes' ? (
    <CompareBytes pair={loaded} />
  ) : (
    <CompareLines pair={loaded} sessions={[records[0].session, records[1].session]} />
  );
}
