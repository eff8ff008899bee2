import { Button, Checkbox, Input } from '@fluentui/react-components';
import { BranchCompare16Regular, Camera16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Api } from '../../../shared/api.ts';
import { MIN_SNAPSHOT_MS } from '../../../shared/raw.ts';
import { useApi } from '../../host/api-context.ts';
import { useConnected, useRaw } from '../../host/host-store.ts';
import { notify, orNotify, tell } from '../../host/notices-store.ts';
import { inGroup, useRegistered } from '../../kit/commands/registry.ts';
import { parseNumber } from '../../kit/format/number.ts';
import { compare } from '../detail/compare-store.ts';

const FILTER = 'kind:snapshot';

/**
 * Snapshots of all bytes into the log: now, or whenever something has changed; and the differences between the last
 * two.
 */
export function SnapshotControls({ session }: { session: number }) {
  const api = useApi();
  const connected = useConnected();
  const raw = useRaw(session, ({ state, snapshotMs }) => ({ isOpen: state === 'open', snapshotMs }));
  const [text, setText] = useState(String(raw?.snapshotMs ?? 1000));
  const usable = connected && (raw?.isOpen ?? false);
  const ms = parseNumber(text);
  const isRight = ms >= MIN_SNAPSHOT_MS && ms <= 86_400_000;
  const take = () => void orNotify("Couldn't take a snapshot", api.takeSnapshot(session));
  const repeat = (wanted: number | null) =>
    void orNotify("Couldn't set the interval", api.setSnapshotInterval(session, wanted));
  useRegistered(
    inGroup('Captures', [
      { id: 'snapshot', title: 'Take a snapshot', keys: 'Alt+Shift+T', run: take, when: () => usable },
      { id: 'compare-snapshots', title: 'Compare the last two snapshots', run: () => void compareLast(api, session) },
    ]),
  );
  return (
    <div className="raw-snapshots">
      <Button
        size="small"
        icon={<Camera16Regular />}
        title="Take a snapshot (Alt+Shift+T)"
        disabled={!usable}
        onClick={take}
      >
        Snapshot
      </Button>
      <Checkbox
        label="on change, every"
        checked={raw?.snapshotMs !== null}
        disabled={!usable || !isRight}
        onChange={(_, { checked }) => repeat(checked === true ? ms : null)}
      />
      <Input
        size="small"
        className="number raw-interval"
        aria-label="Time between snapshots in milliseconds"
        aria-invalid={!isRight}
        inputMode="numeric"
        value={text}
        contentAfter="ms"
        onChange={(_, { value }) => setText(value)}
        onBlur={() => raw?.snapshotMs !== null && isRight && ms !== raw?.snapshotMs && repeat(ms)}
      />
      <Button
        size="small"
        icon={<BranchCompare16Regular />}
        title="Compare the last two snapshots"
        onClick={() => void compareLast(api, session)}
      >
        Compare
      </Button>
    </div>
  );
}

async function compareLast(api: Pick<Api, 'rows'>, session: number): Promise<void> {
  const listing = { session, filter: FILTER };
  for (;;) {
    const counted = await api.rows({ ...listing, from: 0, count: 0 });
    if (!counted.ok) return notify("Couldn't compare the snapshots", counted.failure);
    if (!counted.value.progress.complete) continue;
    const { total } = counted.value;
    if (total < 2)
      return tell('Nothing to compare', 'Take two snapshots first. Any two records of the log can be compared, too.');
    const found = await api.rows({ ...listing, from: total - 2, count: 2 });
    if (!found.ok) return notify("Couldn't compare the snapshots", found.failure);
    const [a, b] = found.value.rows.map(({ seq, size, lane }) => ({ session, seq, size, lane }));
    if (a && b) return compare(a, b);
  }
}
