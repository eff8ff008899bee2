import * as v from 'valibot';
import { accessSchema } from '../access.ts';
import { integer, layoutSchema, MAX_BUFFER_SIZE, MIN_BUFFER_SIZE, overrunSchema, roleSchema } from '../domain.ts';
import { objectNameSchema } from '../object-name.ts';
import { BITS } from '../peers.ts';
import { TAP_MODES } from '../session.ts';
import { msSchema } from './schema-payload.ts';
import { either, filled, nameSchema, plain, text, told } from './schema-words.ts';

/** Who takes part in a scenario: channels, sessions of Shmscope, and programs. */

const bufferSize = plain(integer('A buffer-size', MIN_BUFFER_SIZE, MAX_BUFFER_SIZE));
const channel = told(v.optional(nameSchema), 'Which channel; may be omitted if there is only one.');
const start = told(v.optional(plain(v.boolean('start is true or false.'))), 'false: only when a step starts it.');

export const channelSchema = v.strictObject({
  section: told(v.optional(objectNameSchema), 'Default: a unique name.'),
  'event-s2c': v.optional(objectNameSchema),
  'event-c2s': v.optional(objectNameSchema),
  layout: told(v.optional(layoutSchema), 'sized if omitted.'),
  'buffer-size': told(v.optional(bufferSize), 'Bytes per direction of a sized channel; 16384 if omitted.'),
});
export type GivenChannel = v.InferOutput<typeof channelSchema>;

export const sessionSchema = either(
  told(
    v.picklist(['server', 'client', 'tap'], 'A session is server, client or tap.'),
    'Only a role; everything else is the default.',
  ),
  v.strictObject({
    role: v.picklist(['server', 'client', 'tap'], 'A role is server, client or tap.'),
    channel,
    start,
    layout: told(v.optional(v.union([layoutSchema, v.literal('auto')])), "If it differs from the channel's."),
    overrun: told(v.optional(overrunSchema), 'What a send does while the previous message is unread; wait if omitted.'),
    'send-wait': told(v.optional(msSchema), 'How long a send waits for its slot.'),
    'take-over': told(
      v.optional(plain(v.boolean('take-over is true or false.'))),
      'A server uses a section that exists.',
    ),
    access: told(v.optional(accessSchema), 'Who may open what a server creates.'),
    reconnect: told(v.optional(plain(v.boolean('reconnect is true or false.'))), 'A client waits for the next server.'),
    wait: told(v.optional(msSchema), 'How long a client or tap waits for its channel; like timeout if omitted.'),
    mode: told(v.optional(v.picklist(TAP_MODES)), 'How often a tap looks.'),
  }),
);
export type GivenSession = v.InferOutput<typeof sessionSchema>;

const words = (what: string) => either(text(what), v.pipe(v.array(text(what)), v.maxLength(256)));

export const peerSchema = v.pipe(
  v.strictObject({
    bits: told(v.optional(plain(v.picklist(BITS, 'bits is 32 or 64.'))), 'A peer that comes with Shmscope.'),
    role: v.optional(roleSchema),
    behaviour: told(v.optional(words('A behaviour')), 'What it does, such as echo: see shm-peer --help.'),
    fault: told(v.optional(words('A fault')), 'How it misbehaves, at the step fault: see docs/faults.md.'),
    seed: told(v.optional(plain(integer('A seed', 0, Number.MAX_SAFE_INTEGER))), 'Varies a fault, the same each time.'),
    program: told(v.optional(filled('A program')), 'A program of your own, relative to this file.'),
    args: told(v.optional(v.pipe(v.array(text('An argument')), v.maxLength(256))), 'With {{section}} and so on.'),
    env: v.optional(v.record(filled('A variable'), v.nullable(text('A variable')))),
    cwd: told(v.optional(filled('A folder')), "Its working folder; the program's folder if omitted."),
    ready: told(v.optional(filled('A regular expression')), 'It has started once a line of its output matches this.'),
    layout: told(v.optional(layoutSchema), "If it differs from the channel's."),
    channel,
    start,
  }),
  v.check((peer) => (peer.bits === undefined) !== (peer.program === undefined), 'A peer has either bits or program.'),
  v.check(
    ({ program, behaviour, fault }) =>
      program === undefined ? behaviour === undefined || fault === undefined : !behaviour && !fault,
    'A peer has one behaviour or fault, and a program of your own has neither.',
  ),
  v.check(
    ({ bits, args, env, cwd, ready }) => bits === undefined || (!args && !env && !cwd && !ready),
    'args, env, cwd and ready are for a program of your own.',
  ),
);
export type GivenPeer = v.InferOutput<typeof peerSchema>;
