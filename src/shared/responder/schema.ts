import * as v from 'valibot';
import { integer, MAX_TIMEOUT_MS } from '../domain.ts';
import { rowQuerySchema } from '../log.ts';
import type { Payload } from '../scenario/model.ts';
import { payloadOf } from '../scenario/payload.ts';
import { abiSchema, captureSchema, contentsSchema, type Expected, expectedSchema } from '../scenario/schema-payload.ts';
import { either, filled, nameSchema, text, told } from '../scenario/schema-words.ts';

const MAX_RULES = 1000;
/** Of all rules together. */
export const MAX_RESPONDER_BYTES = 32 * 1024 * 1024;
const MAX_NAME = 60;
const MAX_TIMES = 1_000_000_000;

const files = (what: string) => v.optional(v.pipe(v.array(filled(what)), v.maxLength(100)));

const ruleSchema = v.strictObject({
  name: told(
    v.optional(v.pipe(filled('A name'), v.maxLength(MAX_NAME, `A name has at most ${MAX_NAME} characters.`))),
    'What the log calls it; its number when left out.',
  ),
  enabled: told(v.optional(v.boolean('enabled is true or false.')), 'false turns the rule off.'),
  match: told(
    either(text('What is matched'), expectedSchema),
    'Which messages it answers, as in expect of a scenario. A text is the whole message.',
  ),
  capture: told(v.optional(v.record(nameSchema, captureSchema)), 'Captures parts of the message as variables.'),
  reply: told(
    either(text('A reply'), contentsSchema),
    'What is sent. {{name}} stands for a variable, {{n}} for how often the rule has answered, {{time}}, {{uuid}}, {{random:8}}.',
  ),
  delay: told(v.optional(integer('A delay', 0, MAX_TIMEOUT_MS)), 'Milliseconds before the reply.'),
  times: told(
    v.optional(integer('times', 1, MAX_TIMES)),
    'How often it answers at most; without a limit when left out.',
  ),
});
export type ResponderRule = v.InferOutput<typeof ruleSchema>;

/** A rules file, and what an end of a channel is given. Its JSON schema is docs/responder.schema.json. */
export const responderSchema = v.strictObject({
  version: v.optional(v.literal(1, 'Only version 1 is known.')),
  name: told(v.optional(filled('A name')), 'What it does.'),
  types: told(files('A file'), 'Files that declare types, relative to this one.'),
  include: told(files('A folder'), 'Folders where #include looks, relative to this file.'),
  abi: told(v.optional(abiSchema), 'The ABI that the senders of typed messages were built for.'),
  rules: told(
    v.pipe(v.array(ruleSchema, 'rules is a list.'), v.maxLength(MAX_RULES, `There can be at most ${MAX_RULES} rules.`)),
    'The first that is on, not used up and matches answers.',
  ),
});
export type ResponderRules = v.InferOutput<typeof responderSchema>;

const seq = integer('A record number', 0, Number.MAX_SAFE_INTEGER);
/** Two messages of a session's log, by their numbers. */
export const pairSchema = v.strictObject({ session: rowQuerySchema.entries.session, request: seq, reply: seq });

export const nameOf = ({ name }: ResponderRule, index: number): string => name ?? `rule ${index + 1}`;

export const expectedOf = ({ match }: ResponderRule): Expected => (typeof match === 'string' ? { text: match } : match);

export const replyOf = ({ reply }: ResponderRule): Payload =>
  payloadOf(typeof reply === 'string' ? { text: reply } : reply);
