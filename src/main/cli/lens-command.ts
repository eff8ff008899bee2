import type { Command } from 'commander';
import { DEFAULT_SECTION, LANES } from '../../shared/domain.ts';
import { safeJson } from '../../shared/json-record.ts';
import type { LensView } from '../../shared/lens.ts';
import { objectNameProblem } from '../../shared/object-name.ts';
import { nameOnOneLine } from '../capture/export/visible.ts';
import { channelFailure } from '../channel/open-failure.ts';
import { crosstalkOf, heldChannels, namedChannel, withEvents } from '../discovery/crosstalk.ts';
import { Discoverer } from '../discovery/discoverer.ts';
import { openDirectory, openKernel } from '../kernel/open.ts';
import { EXIT, type ExitStatus, UsageError } from './exit-status.ts';
import { lensText } from './lens-text.ts';
import { OpenLens, type SeenEvent } from './open-lens.ts';
import { wholeNumber } from './steps.ts';
import { written } from './written.ts';

/** After this long, in ms, whatever somebody was writing is written. */
const SETTLED_MS = 80;
const DEFAULT_WATCH_MS = 500;

interface Given {
  readonly name: string;
  readonly eventS2c?: string;
  readonly eventC2s?: string;
  readonly watch?: string | true;
  readonly json?: boolean;
}

/** `shmscope lens`: which layouts the two sides of a channel use, judged by its bytes. */
export function addLensCommand(program: Command, finish: (status: number) => void): void {
  program
    .command('lens')
    .description("find out from a channel's bytes which layouts its two sides use, and whether they match")
    .option('--name <name>', 'name of the section', DEFAULT_SECTION)
    .option('--event-s2c <name>', 'also show whether this server→client event is set')
    .option('--event-c2s <name>', 'also show whether this client→server event is set')
    .option('--watch [ms]', `keep running until the channel is closed: print changes every MS (${DEFAULT_WATCH_MS})`)
    .option('--json', 'print one line of JSON instead')
    .addHelpText(
      'after',
      '\nIt only looks: nothing is written, set or waited for. Other channels on the same events are reported on stderr.\nExit status: 0 no mismatch was seen, 5 the two sides use different layouts, 1 error, 2 usage.',
    )
    .action(async (given: Given) => finish(await lookThrough(given)));
}

async function lookThrough(given: Given): Promise<ExitStatus> {
  const everyMs = watchMs(given.watch);
  const events = LANES.flatMap((lane) => {
    const name = lane === 's2c' ? given.eventS2c : given.eventC2s;
    return name === undefined ? [] : [{ lane, name }];
  });
  for (const name of [given.name, ...events.map((event) => event.name)]) {
    const problem = objectNameProblem(name);
    if (problem) throw new UsageError(problem);
  }
  const lens = new OpenLens(await openKernel(), given.name, events);
  try {
    for (const detail of await crosstalk(given.name, events))
      process.stderr.write(`shmscope: ${nameOnOneLine(detail)}\n`);
    return await tell(lens, given, everyMs);
  } catch (error) {
    throw channelFailure(error);
  } finally {
    lens.close();
  }
}

/** A sentence for each other channel that uses its events. */
async function crosstalk(name: string, events: readonly { readonly name: string }[]): Promise<string[]> {
  const found = new Discoverer(await openDirectory()).discover({ all: false, processes: false });
  const held = heldChannels(found);
  const named = namedChannel(
    name,
    events.map((event) => event.name),
  );
  return crosstalkOf(withEvents(named, held), held).map(({ detail }) => detail);
}

function watchMs(given: Given['watch']): number | null {
  if (given === undefined) return null;
  return given === true ? DEFAULT_WATCH_MS : wholeNumber('--watch', given, 10, 3_600_000, { unit: 'ms' });
}

async function tell(lens: OpenLens, { name, json = false }: Given, everyMs: number | null): Promise<ExitStatus> {
  let [told, hasMismatch] = ['', false];
  await lens.pass(SETTLED_MS);
  do {
    const view = lens.view();
    hasMismatch ||= view.verdict.outcome === 'mismatch';
    const text = json ? `${safeJson(forPrograms(name, view, lens.events))}\n` : lensText(name, view, lens.events);
    if (text !== told && !(await written(told === '' || json ? text : `\n${text}`))) return EXIT.pipeClosed;
    told = text;
    if (everyMs !== null) await lens.pass(everyMs);
  } while (everyMs !== null && lens.isUsed);
  return hasMismatch ? EXIT.mismatch : EXIT.done;
}

function forPrograms(section: string, { extent, verdict, readings, spans }: LensView, events: readonly SeenEvent[]) {
  const bytes = spans.map(({ from, bytes: shown }) => ({ from, hex: Buffer.from(shown).toString('hex') }));
  return { section, extent, verdict, readings, bytes, ...(events.length > 0 && { events }) };
}
