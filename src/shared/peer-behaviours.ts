/** What a bundled peer can be told to do, in the words of `shm-peer --help`. */
export interface Behaviour {
  readonly name: string;
  readonly does: string;
  /** Its options, as its help writes them. */
  readonly options: string;
}

/** Ways to use a channel as intended. */
export const BEHAVIOURS = [
  { name: 'echo', does: 'sends back every message', options: '--count N' },
  { name: 'talk', does: 'lively traffic; answers what it gets', options: '--interval MS' },
  { name: 'send', does: 'sends in the order given; each must be read in time', options: '--interval MS --timeout MS' },
  { name: 'greet', does: 'sends a text once, then receives until it is stopped', options: '--on-input' },
  { name: 'receive', does: 'prints what it receives, a line each', options: '--count N --timeout MS' },
  { name: 'drain', does: 'reads as fast as it can, prints how many', options: '--count N' },
  {
    name: 'flood',
    does: 'numbered messages, each after the last was read',
    options: '--count N --seconds S --rate PER_S --size BYTES --timeout MS',
  },
  {
    name: 'pingpong',
    does: 'round trips with an echo, prints how many a second',
    options: '--count N --seconds S --size BYTES --timeout MS',
  },
] as const satisfies readonly Behaviour[];

export interface Misbehaviour extends Behaviour {
  /** Omitted: either end can. */
  readonly needs?: readonly ('server' | 'sized' | 'windows')[];
}

const fault = (name: string, does: string, more: Partial<Misbehaviour> = {}): Misbehaviour => ({
  ...{ name, does, options: '--delay MS --timeout MS' },
  ...more,
});
const server = { needs: ['server'] } as const;

/** Ways to violate the protocol, in the sections of docs/faults.md: `shm-peer … misbehave NAME`. */
export const MISBEHAVIOURS: readonly { readonly about: string; readonly faults: readonly Misbehaviour[] }[] = [
  {
    about: 'Sends what it should not',
    faults: [
      fault('overwrite', 'sends twice without waiting', { options: '--interval MS --delay MS' }),
      fault('bad-length', 'a message that claims more bytes than there are', { options: '--length N --delay MS' }),
      fault('empty', 'a message that claims 0 bytes, with data'),
      fault('invalid-utf8', 'a message that is not valid UTF-8'),
      fault('unknown-flag', 'a message with flag 4'),
      fault('spurious-wake', 'sets the event and nothing else'),
      fault('double-wake', 'a message, and its event once more when it was read'),
      fault('wake-loop', 'sets the event over and over', { options: '--seconds S --delay MS' }),
      fault('lost-wake', 'a message without its event'),
      fault('torn', 'changes length and data while the message can be read', { options: '--seconds S --delay MS' }),
      fault('exit', 'says exit'),
      fault('send-exit', 'a message, and says exit before it can be read'),
    ],
  },
  {
    about: 'Does not read',
    faults: [
      fault('hold', 'never reads what it gets'),
      fault('keep-full', 'marks the other end’s slot as sent and unread'),
    ],
  },
  {
    about: 'Header and layout',
    faults: [
      fault('new-header', 'a message, then a fresh header of the same layout and size'),
      fault('other-header', 'a fresh header with another buffer size'),
      fault('other-layout', 'a message where another layout has it'),
      fault('huge-header', 'the header claims buffers of 4,294,967,280 bytes', { needs: ['server', 'sized'] }),
    ],
  },
  {
    about: 'The objects',
    faults: [
      fault('small-section', 'a section smaller than its layout needs', server),
      fault('no-events', 'a section and no events', server),
      fault('no-section-events-only', 'events and no section', server),
      fault('event-for-section', 'an event by the name of the section, and no section', server),
      fault('section-for-event', 'a section by the name of the event server to client, and nothing else', server),
      fault('manual-events', 'events that stay set until they are reset, and a message', {
        needs: ['server', 'windows'],
      }),
    ],
  },
  {
    about: 'Dies while it sends',
    faults: [
      fault('die-sending-before-data', 'dies before it writes a message'),
      fault('die-sending-amid-data', 'dies when half of its data is written'),
      fault('die-sending-after-data', 'dies after the data'),
      fault('die-sending-after-length', 'dies after the length'),
      fault('die-sending-after-flag', 'dies after the flag'),
      fault('die-sending-after-event', 'dies after the event'),
    ],
  },
  {
    about: 'Dies while it receives',
    faults: [
      fault('die-receiving-before-event', 'dies before it waits for the message that was sent to it'),
      fault('die-receiving-after-event', 'dies after its wait'),
      fault('die-receiving-after-flag', 'dies after it has read the flag'),
      fault('die-receiving-after-length', 'dies after it has read the length'),
      fault('die-receiving-after-data', 'dies after it has copied the data'),
      fault('die-receiving-after-read', 'dies after it has marked the message as read'),
    ],
  },
];

export const FAULTS: readonly Misbehaviour[] = MISBEHAVIOURS.flatMap(({ faults }) => faults);
