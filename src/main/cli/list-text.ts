import type { ChannelDetails, ChannelProcess, Discovery, FoundSection, FoundSlot } from '../../shared/discovery.ts';
import { flagWords, layoutWords } from '../../shared/discovery-words.ts';
import { nameOnOneLine } from '../capture/export/visible.ts';
import { aligned } from './table.ts';

/** A line per channel below a line of headings; columns are as wide as their widest cell. */
export function channelTable(details: readonly ChannelDetails[]): string[] {
  const heads = ['CHANNEL', 'LAYOUT', 'BUFFERS', 'S→C', 'C→S', 'EVENTS', 'PROCESSES'];
  return aligned([heads, ...details.map(channelCells)]);
}

function channelCells({ section, events, processes }: ChannelDetails): string[] {
  const { name, reading } = section;
  return [
    nameOnOneLine(name),
    reading ? layoutWords(reading) : '',
    reading ? `2 × ${bytes(reading.capacity)}` : '',
    reading ? slotCell(reading.slots.s2c) : '',
    reading ? slotCell(reading.slots.c2s) : '',
    eventCell(section, events),
    processes.filter(isHolder).map(processCell).join(', ') || '–',
  ];
}

/** A process that only holds the events may use them with another section. */
const isHolder = ({ holds }: ChannelProcess) => holds.some(({ kind }) => kind === 'section');

const bytes = (n: number): string => `${n.toLocaleString('en-US')} B`;
const slotCell = (slot: FoundSlot): string =>
  slot.flag === 0 && slot.length === 0 ? flagWords(slot) : `${flagWords(slot)}, ${bytes(slot.length)}`;

/** The most unpaired events that are named; of more, only the number is shown. */
const MAX_CANDIDATES = 2;

/**
 * Both names, with a mark on one that is set. Without a pair, the events that the channel's programs hold, with a "?".
 */
function eventCell({ events: { s2c, c2s } }: FoundSection, events: ChannelDetails['events']): string {
  const isSet = (name: string) => events.some((event) => event.name === name && event.isSet);
  const cell = (name: string, mark = '') => `${nameOnOneLine(name)}${mark}${isSet(name) ? ' (set)' : ''}`;
  const names = [s2c, c2s].filter((name) => name !== null);
  if (names.length > 0) return names.map((name) => cell(name)).join(', ');
  if (events.length > MAX_CANDIDATES) return `${events.length.toLocaleString('en-US')} candidates`;
  return events.map(({ name }) => cell(name, '?')).join(', ') || '–';
}

function processCell({ pid, name, bits, own, looksOnly }: ChannelProcess): string {
  const what = [bits === null ? '' : ` ${bits}-bit`, looksOnly ? ' looks only' : '', own ? ' (this one)' : ''];
  return `${nameOnOneLine(name ?? '?')} #${pid}${what.join('')}`;
}

/** What `--all` adds. */
export function otherLines({ others, looseEvents }: Discovery): string[] {
  const sections = aligned([
    ['OTHER SECTION', 'SIZE', ''],
    ...others.sections.map(({ name, extent, note }) => [
      nameOnOneLine(name),
      extent === null ? '?' : bytes(extent),
      note ?? '',
    ]),
  ]);
  const events = ['OTHER EVENT', ...looseEvents.names.map(nameOnOneLine)];
  return [
    ...(others.count > 0 ? [...sections, ...more(others.count - others.sections.length)] : []),
    ...(others.count > 0 && looseEvents.count > 0 ? [''] : []),
    ...(looseEvents.count > 0 ? [...events, ...more(looseEvents.count - looseEvents.names.length)] : []),
  ];
}

const more = (count: number): string[] => (count > 0 ? [`… and ${count.toLocaleString('en-US')} more`] : []);
