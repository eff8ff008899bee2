import type { OpenRaw } from '../../../shared/session.ts';
import { openFailure } from '../../channel/open-failure.ts';
import { sectionRights } from '../../channel/tap/tapped-channel.ts';
import type { Kernel, WatchedSection } from '../../kernel/kernel.ts';
import type { SessionParts } from '../parts.ts';
import type { Live } from '../protocol.ts';
import { RawLoop } from './raw-loop.ts';

/** Watches a section as bytes until it is closed. Throws why it couldn't be opened or went wrong. */
export function runRawSession(options: OpenRaw, parts: SessionParts): Live | null {
  const { kernel, wake, clock, holdings, recorder, post } = parts;
  const section = open(kernel, options.section);
  try {
    holdings.note([section, wake, clock].map(({ lease }) => lease));
    const rights = sectionRights(section.rights);
    recorder.add({ kind: 'opened', detail: opened(section, rights) });
    const loop = new RawLoop(section, rights, options, parts);
    post({ type: 'opened', live: loop.live });
    const end = loop.run();
    recorder.end({ kind: 'closed', detail: end === 'close' ? CLOSED : ABANDONED });
    return loop.live;
  } finally {
    holdings.clear();
    section.close();
  }
}

function open(kernel: Kernel, name: string): WatchedSection {
  try {
    return kernel.openSection(name, 'read');
  } catch (error) {
    throw openFailure(error, 'section');
  }
}

function opened({ extent, uncommitted }: WatchedSection, rights: readonly string[]): string {
  const n = (bytes: number) => bytes.toLocaleString('en-US');
  const missing = uncommitted > 0 ? ` ${n(uncommitted)} more are reserved, but not committed.` : '';
  return `Opened to be watched as bytes: ${n(extent)}.${missing} Rights held: ${rights.join(' and ')}.`;
}

const CLOSED = 'Closed: the section is released.';
const ABANDONED = 'Closed: every program has closed the section, so it was released here too.';
