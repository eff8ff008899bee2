import { type Access, DEFAULT_ACCESS } from '../../shared/access.ts';
import type { Lane, Role } from '../../shared/domain.ts';
import { ShmscopeError } from '../../shared/failure.ts';
import type { OpenEndpoint } from '../../shared/session.ts';
import type { Kernel, KernelEvent, Section } from '../kernel/kernel.ts';
import { type Geometry, geometry } from './layout.ts';
import { openFailure } from './open-failure.ts';
import { claimedGeometry, recogniseLayout } from './recognise.ts';

export type ChannelOptions = Pick<
  OpenEndpoint,
  'role' | 'section' | 'eventS2c' | 'eventC2s' | 'layout' | 'bufferSize' | 'takeOver' | 'access'
>;

/** A mapped section and its two events, opened as one end. */
export interface Channel {
  readonly role: Role;
  readonly section: Section;
  readonly events: Readonly<Record<Lane, KernelEvent>>;
  readonly geometry: Geometry;
  /** Events that somebody else already had when this server created its section: their wakes will be shared. */
  readonly sharedEvents: readonly string[];
  /** Who may open the section; null if somebody else created it. */
  readonly access: Access | null;
  /**
   * Throws {@link KernelError} if one of the three is no longer the object that was opened. Asks the OS: don't call it
   * often.
   */
  check(): void;
  /** Releases all three objects. A second call does nothing. */
  close(): void;
}

/**
 * Opens the channel as server (creates the objects) or client (opens them). Throws {@link ShmscopeError} and leaves
 * nothing open.
 */
export function openChannel(kernel: Kernel, options: ChannelOptions): Channel {
  return OPEN[options.role](kernel, options);
}

const OPEN: Readonly<Record<Role, (kernel: Kernel, options: ChannelOptions) => Channel>> = {
  server: createChannel,
  client: joinChannel,
};

function createChannel(kernel: Kernel, options: ChannelOptions): Channel {
  if (options.layout === 'auto') {
    throw new ShmscopeError('invalid-argument', 'A server chooses its layout: fixed64, fixed or sized.');
  }
  const wanted = geometry(options.layout, options.bufferSize);
  return releasing((own) => {
    const { section, existed } = attempt('section', () =>
      kernel.createSection(options.section, wanted.sectionBytes, options.access),
    );
    own(section);
    if (existed && !options.takeOver) throw nameTaken(options.section);
    if (section.extent < wanted.sectionBytes) throw tooSmallToTakeOver(options.section, section.extent, wanted);
    // Before the events: a client that finds them finds a complete header.
    writeFreshHeader(section, wanted, existed);
    const s2c = attempt('event', () => kernel.createEvent(options.eventS2c, options.access));
    own(s2c.event);
    const c2s = attempt('event', () => kernel.createEvent(options.eventC2s, options.access));
    own(c2s.event);
    const sharedEvents = existed
      ? []
      : [s2c.existed && options.eventS2c, c2s.existed && options.eventC2s].filter((name) => name !== false);
    return {
      role: 'server',
      section,
      events: { s2c: s2c.event, c2s: c2s.event },
      geometry: wanted,
      sharedEvents,
      access: existed ? null : (options.access ?? DEFAULT_ACCESS),
    };
  });
}

function joinChannel(kernel: Kernel, options: ChannelOptions): Channel {
  return releasing((own) => {
    const section = own(attempt('section', () => kernel.openSection(options.section, 'write')));
    const found =
      options.layout === 'auto'
        ? recogniseLayout(section, options.section)
        : claimedGeometry(options.layout, section, options.section);
    const s2c = own(attempt('event', () => kernel.openEvent(options.eventS2c)));
    const c2s = own(attempt('event', () => kernel.openEvent(options.eventC2s)));
    return { role: 'client', section, events: { s2c, c2s }, geometry: found, sharedEvents: [], access: null };
  });
}

type Owned = Pick<Section, 'check' | 'close'>;

/** Runs `open`; closes what it owns in reverse order if it throws, or when the channel is closed. */
function releasing(open: (own: <T extends Owned>(object: T) => T) => Omit<Channel, 'check' | 'close'>): Channel {
  const owned: Owned[] = [];
  const close = () => {
    for (let object = owned.pop(); object; object = owned.pop()) object.close();
  };
  try {
    const channel = open((object) => {
      owned.push(object);
      return object;
    });
    const check = () => {
      for (const object of owned) object.check();
    };
    return { ...channel, check, close };
  } catch (error) {
    close();
    throw error;
  }
}

function attempt<T>(kind: 'section' | 'event', call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw openFailure(error, kind);
  }
}

function writeFreshHeader(section: Section, { spec, sectionBytes, capacity }: Geometry, existed: boolean): void {
  // A new section reads zeros. The size goes in last: it is what makes a client recognise the header.
  if (existed) section.fill(0, sectionBytes, 0);
  if (spec.bufferSize !== null) section.storeU32(spec.bufferSize, capacity);
}

function nameTaken(name: string): ShmscopeError {
  return new ShmscopeError(
    'name-taken',
    `A section named "${name}" already exists, so another server is using it (or a client still holds it open). Close that program, choose another name, or take over the section, which erases its contents.`,
    { code: 183, message: 'ERROR_ALREADY_EXISTS' },
  );
}

function tooSmallToTakeOver(name: string, extent: number, wanted: Geometry): ShmscopeError {
  return new ShmscopeError(
    'section-too-small',
    `The existing section "${name}" has ${extent.toLocaleString('en-US')} bytes; the layout "${wanted.layout}" with ${wanted.capacity.toLocaleString('en-US')} bytes per direction needs ${wanted.sectionBytes.toLocaleString('en-US')}. Choose a smaller buffer size or another name.`,
  );
}
