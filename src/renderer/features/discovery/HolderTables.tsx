import type { ChannelProcess, FoundEvent, FoundSection, HeldObject } from '../../../shared/discovery.ts';
import { LANE_VIEW_WORDS } from '../../../shared/session-kind.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { shortName } from '../../view/session-text.ts';
import { bitsText, maskText, rightsText } from './words.ts';

/** Who holds the section or its events, with which rights. */
export function ProcessTable({ section, processes }: { section: FoundSection; processes: readonly ChannelProcess[] }) {
  if (processes.length === 0) return <p className="details-none">None that we can see.</p>;
  return (
    <table className="details-table">
      <thead>
        <tr>
          <th scope="col">Process</th>
          <th scope="col" className="numeric">
            PID
          </th>
          <th scope="col">Bits</th>
          <th scope="col">Holds</th>
          <th scope="col">Rights</th>
        </tr>
      </thead>
      {processes.map((process) => (
        <ProcessRows key={process.pid} section={section} process={process} />
      ))}
    </table>
  );
}

function ProcessRows({ section, process }: { section: FoundSection; process: ChannelProcess }) {
  const { pid, name, session, own, looksOnly, holds } = process;
  const marks = [
    own && 'this Shmscope',
    looksOnly && 'only looks',
    session !== null && session > 0 && `session ${session}`,
  ];
  const rows = holds.length;
  return (
    <tbody>
      {holds.map((held, at) => (
        <tr key={`${held.kind} ${held.name} ${held.access} ${held.rights}`}>
          {at === 0 && (
            <>
              <th scope="rowgroup" rowSpan={rows}>
                <span className="foreign">{name === null ? 'unknown' : visibleText(name)}</span>
                <span className="details-marks">{marks.filter(Boolean).join(' · ')}</span>
              </th>
              <td rowSpan={rows} className="numeric">
                {pid}
              </td>
              <td rowSpan={rows} className={process.bits === null ? 'calm' : 'number'}>
                {bitsText(process)}
              </td>
            </>
          )}
          <td className="foreign" title={visibleText(held.name)}>
            {held.name === section.name ? 'section' : shortName(held.name)}
            {held.handles > 1 && <span className="calm"> × {held.handles}</span>}
          </td>
          <Rights held={held} />
        </tr>
      ))}
    </tbody>
  );
}

function Rights({ held: { rights, access } }: { held: HeldObject }) {
  return (
    <td className="number">
      {rightsText(rights)}
      {access !== null && <span className="details-mask">{maskText(access)}</span>}
    </td>
  );
}

const STATES = new Map<boolean | null, string>([
  [true, 'set'],
  [false, 'clear'],
  [null, 'unknown'],
]);

/** The channel's events with their state, and the others that its processes hold. */
export function EventTable({ events }: { events: readonly FoundEvent[] }) {
  if (events.length === 0) return <p className="details-none">None found that belong to it.</p>;
  return (
    <table className="details-table">
      <thead>
        <tr>
          <th scope="col">Event</th>
          <th scope="col">Direction</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {events.map(({ name, lane, paired, isSet }) => (
          <tr key={name} className={paired ? undefined : 'calm'}>
            <th scope="row" className="foreign" title={visibleText(name)}>
              {shortName(name)}
            </th>
            <td>
              {lane === null ? 'unknown' : LANE_VIEW_WORDS[lane]}
              {!paired && ', held by its processes'}
            </td>
            <td>{STATES.get(isSet)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
