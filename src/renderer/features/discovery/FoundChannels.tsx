import { Button } from '@fluentui/react-components';
import { useEffect } from 'react';
import type { Discovery, FoundProcess, FoundSection } from '../../../shared/discovery.ts';
import { layoutWords } from '../../../shared/discovery-words.ts';
import { useApi } from '../../host/api-context.ts';
import { formatSize } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { shortName } from '../../view/session-text.ts';
import { connectTo, tapChannel } from './actions.ts';
import { showDetails } from './details-store.ts';
import { useFound, watchChannels } from './discovery-store.ts';
import { bitsText, slotText, troubleOf } from './words.ts';

/** More than these are only in the side bar. */
const MOST = 8;

/** null until the first look. */
export const useChannelCount = (): number | null => useFound(({ discovery }) => discovery?.channels.length ?? null);

/** "What is running here?", on the first page: each channel with what can be done with it. */
export function FoundChannels() {
  const api = useApi();
  const discovery = useFound((state) => state.discovery);
  useEffect(() => watchChannels(api, true), [api]);
  if (!discovery) return null;
  const { channels } = discovery;
  return (
    <>
      <table className="found-table">
        <thead>
          <tr>
            <th scope="col">Channel</th>
            <th scope="col">Layout</th>
            <th scope="col">S→C</th>
            <th scope="col">C→S</th>
            <th scope="col">Processes</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {channels.slice(0, MOST).map((section) => (
            <Row key={section.id} section={section} discovery={discovery} />
          ))}
        </tbody>
      </table>
      {channels.length > MOST && <p className="found-more">{channels.length - MOST} more are in the side bar.</p>}
    </>
  );
}

function Row({ section, discovery }: { section: FoundSection; discovery: Discovery }) {
  const api = useApi();
  const { reading } = section;
  if (!reading) return null;
  const name = visibleText(section.name);
  const trouble = troubleOf(section, discovery);
  return (
    <tr>
      <th scope="row" className="foreign" title={name}>
        {shortName(section.name)}
        {trouble && <span className="bad">▲ {trouble}</span>}
      </th>
      <td>
        {layoutWords(reading)}
        <span className="found-under number">2 × {formatSize(reading.capacity)}</span>
      </td>
      <td className="number">{slotText(reading.slots.s2c)}</td>
      <td className="number">{slotText(reading.slots.c2s)}</td>
      <td className="found-holders">{section.processes && <Processes processes={section.processes} />}</td>
      <td className="found-actions">
        <Button
          size="small"
          disabledFocusable={section.closed !== null}
          title={section.closed ?? undefined}
          aria-label={`Tap ${name}`}
          onClick={() => void tapChannel(api, section)}
        >
          Tap
        </Button>
        <Button
          size="small"
          appearance="subtle"
          disabledFocusable={section.closed !== null}
          title={section.closed ?? undefined}
          aria-label={`Connect to ${name} as client`}
          onClick={() => connectTo(section)}
        >
          Connect…
        </Button>
        <Button size="small" appearance="subtle" aria-label={`Details of ${name}`} onClick={() => showDetails(section)}>
          Details
        </Button>
      </td>
    </tr>
  );
}

/** More than these are counted: the details have all. */
const MOST_PROCESSES = 3;

function Processes({ processes }: { processes: readonly FoundProcess[] }) {
  if (processes.length === 0) return <span className="calm">none seen</span>;
  return (
    <ul className="found-processes">
      {processes.slice(0, MOST_PROCESSES).map((process) => (
        <li key={process.pid} title={`PID ${process.pid}`}>
          <span className="foreign">{process.own ? 'this Shmscope' : visibleText(process.name ?? 'unknown')}</span>{' '}
          <span className="calm">{process.looksOnly ? 'looks' : bitsText(process)}</span>
        </li>
      ))}
      {processes.length > MOST_PROCESSES && <li className="calm">and {processes.length - MOST_PROCESSES} more</li>}
    </ul>
  );
}
