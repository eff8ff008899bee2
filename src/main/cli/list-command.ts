import type { Command } from 'commander';
import type { ChannelDetails, Discovery, Unseen } from '../../shared/discovery.ts';
import { safeJson } from '../../shared/json-record.ts';
import { nameOnOneLine } from '../capture/export/visible.ts';
import { Discoverer } from '../discovery/discoverer.ts';
import { openDirectory } from '../kernel/open.ts';
import { EXIT } from './exit-status.ts';
import { channelTable, otherLines } from './list-text.ts';
import { written } from './written.ts';

interface Given {
  readonly json?: boolean;
  readonly all?: boolean;
}

/** `shmscope list`: what runs here, without touching it. */
export function addListCommand(program: Command, finish: (status: number) => void): void {
  program
    .command('list')
    .description('list existing channels: layout, buffers, events, and the processes that hold them')
    .option('--json', 'print one line of JSON instead of a table')
    .option('--all', 'include all events, and sections that do not look like a channel')
    .addHelpText(
      'after',
      `
A "?" marks an event that the channel's programs hold but whose lane is unknown. Of more than two, only the number is shown.
Objects are opened only while they are read. Nothing is written, set or waited on.
What could not be seen is reported on stderr, with the reason.`,
    )
    .action(async ({ json = false, all = false }: Given) => {
      const found = new Discoverer(await openDirectory()).survey({ all });
      for (const note of notes(found.discovery, found.details)) process.stderr.write(`shmscope: ${note}\n`);
      const text = json ? `${safeJson(forPrograms(found))}\n` : forPeople(found.discovery, found.details, all);
      finish((await written(text)) ? EXIT.done : EXIT.pipeClosed);
    });
}

function forPeople(discovery: Discovery, details: readonly ChannelDetails[], all: boolean): string {
  const { channels, others, looseEvents } = discovery;
  const rest = others.count + looseEvents.count;
  const hint = all || rest === 0 ? [] : [`${others.count} other sections and ${looseEvents.count} other events: --all`];
  const head = channels.length === 0 ? ['No channels.'] : channelTable(details);
  const foot = all ? otherLines(discovery) : hint;
  return `${[...head, ...(foot.length > 0 ? ['', ...foot] : [])].join('\n')}\n`;
}

/** Ids only serve a window's requests. */
function forPrograms({ discovery, details }: ReturnType<Discoverer['survey']>) {
  const { others, looseEvents, shared } = discovery;
  const nameOf = new Map(discovery.channels.map(({ id, name }) => [id, name]));
  return {
    channels: details.map(
      ({ section: { id: _id, closed, note: _note, processes: _p, ...section }, events, processes }) => ({
        ...section,
        ...(closed !== null && { closed }),
        events: { ...section.events, all: events },
        processes,
      }),
    ),
    otherSections: others.count,
    otherEvents: looseEvents.count,
    ...(others.sections.length > 0 && {
      sections: others.sections.map(({ name, space, extent, note }) => ({ name, space, extent, note })),
    }),
    ...(looseEvents.names.length > 0 && { events: looseEvents.names }),
    shared: shared.map(({ events, sections }) => ({ events, sections: sections.map((id) => nameOf.get(id)) })),
    unseen: unseenOf(discovery, details),
  };
}

function unseenOf({ unseen }: Discovery, details: readonly ChannelDetails[]): Unseen[] {
  const all = [...unseen, ...details.flatMap((each) => each.unseen)];
  return [...new Map(all.map((each) => [each.what, each])).values()];
}

function notes(discovery: Discovery, details: readonly ChannelDetails[]): string[] {
  const nameOf = new Map(discovery.channels.map(({ id, name }) => [id, name]));
  const crosstalk = discovery.shared.map(({ events: { s2c, c2s }, sections }) => {
    const names = sections.map((id) => nameOf.get(id)).join(', ');
    const events = [s2c, c2s].filter((name) => name !== null).join(' and ');
    return nameOnOneLine(`${names} use the same events (${events}): a wake for one can be taken by another's reader.`);
  });
  return [
    ...crosstalk,
    ...unseenOf(discovery, details).map(({ what, reason, cure }) =>
      nameOnOneLine(`${what} could not be seen. ${reason} ${cure}`),
    ),
  ];
}
