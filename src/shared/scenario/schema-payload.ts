import * as v from 'valibot';
import { integer, LANES, MAX_BUFFER_SIZE, MAX_TIMEOUT_MS } from '../domain.ts';
import { ENCODING_NAMES } from '../text/encodings.ts';
import { isFiniteJson } from '../text/exact-json.ts';
import { ABI_IDS } from '../types/abi.ts';
import { either, filled, nameSchema, oneOf, plain, text, told } from './schema-words.ts';

/** What is sent, and what is expected of a message. */

export const msSchema = told(plain(integer('A time', 1, MAX_TIMEOUT_MS)), 'Milliseconds.');
export const abiSchema = v.picklist(ABI_IDS, `An abi is one of ${ABI_IDS.join(', ')}.`);
const encodingSchema = v.picklist(ENCODING_NAMES, `An encoding is one of ${ENCODING_NAMES.join(', ')}.`);

/** A value that a message can have, to the last digit. */
const jsonSchema = v.optional(
  v.pipe(v.unknown(), v.check(isFiniteJson, 'JSON has no number that is infinite or NaN.')),
);

const contents = {
  text: told(v.optional(text('A text')), 'Text, in UTF-8 unless encoding says otherwise.'),
  hex: told(v.optional(text('Hex')), 'Bytes in any usual notation: de ad be ef, 0xdeadbeef, a hex dump.'),
  base64: v.optional(text('Base64')),
  json: told(jsonSchema, 'A value that becomes JSON.'),
  file: told(v.optional(filled('A file')), 'A file with the bytes, relative to this one.'),
  encoding: told(v.optional(encodingSchema), 'Of text.'),
};
const CONTENTS = ['text', 'hex', 'base64', 'json', 'file'] as const;

const captureOfSentSchema = v.picklist(
  ['text', 'hex', 'base64', 'size'],
  'From a sent message you can keep text, hex, base64 or size.',
);
export const captureSchema = v.union(
  [
    v.picklist(['text', 'hex', 'base64', 'size']),
    v.strictObject({ group: v.union([integer('A group', 0, 99), filled('A group')]) }),
    v.strictObject({ field: filled('A field') }),
    v.strictObject({ json: filled('A path') }),
  ],
  'From a message you can keep text, hex, base64, size, {group: 1}, {field: hdr.id} or {json: order.id}.',
);
export type Capture = v.InferOutput<typeof captureSchema>;

const session = told(v.optional(nameSchema), 'Of which session; may be omitted if there is only one.');

const sendPartsSchema = v.pipe(
  v.strictObject({
    session,
    ...contents,
    capture: told(v.optional(v.record(nameSchema, captureOfSentSchema)), 'Captures what was sent in variables.'),
  }),
  oneOf(CONTENTS, `What is sent is one of ${CONTENTS.join(', ')}.`),
);
/** What is sent, for a rule that isn't a step. */
export const contentsSchema = v.pipe(
  v.strictObject(contents),
  oneOf(CONTENTS, `What is sent is one of ${CONTENTS.join(', ')}.`),
);
export type Contents = v.InferOutput<typeof contentsSchema>;
export const sendSchema = either(text('What is sent'), sendPartsSchema);

/** What a message is compared with; everything given must hold. */
const expectedFields = {
  text: told(v.optional(text('A text')), 'The whole message, as text.'),
  hex: told(v.optional(text('Hex')), 'The whole message, as bytes.'),
  base64: v.optional(text('Base64')),
  json: told(jsonSchema, 'JSON that contains at least this: other keys are ignored.'),
  regex: told(v.optional(filled('A regular expression')), 'Found in the text; its named groups become variables.'),
  flags: told(v.optional(v.pipe(text('Flags'), v.regex(/^[imsv]*$/, 'Flags are i, m, s and v.'))), 'Of the regex.'),
  pattern: told(v.optional(text('A pattern')), 'Bytes in hex, with ?? for any byte and ? for any digit.'),
  size: told(v.optional(plain(integer('A size', 0, MAX_BUFFER_SIZE))), 'Bytes of the message.'),
  type: told(v.optional(filled('A type')), 'A type that the files of types declare, or msgpack, cbor or json.'),
  where: told(v.optional(filled('A condition')), 'Such as: hdr.id == 3 and side == SELL (docs/types.md).'),
  abi: told(v.optional(abiSchema), 'The ABI that the sender was built for.'),
  encoding: told(v.optional(encodingSchema), 'Of text and regex.'),
};
const EXPECTATIONS = ['text', 'hex', 'base64', 'json', 'regex', 'pattern', 'size', 'type', 'where'] as const;

/** For a rule that isn't a step: what a message must be like. */
export const expectedSchema = v.pipe(
  v.strictObject(expectedFields),
  v.check(
    (map) => EXPECTATIONS.some((key) => map[key] !== undefined),
    `A message is expected by one or more of ${EXPECTATIONS.join(', ')}.`,
  ),
);
export type Expected = v.InferOutput<typeof expectedSchema>;

export const expectSchema = either(
  text('What is expected'),
  v.strictObject({
    session,
    ...expectedFields,
    lane: told(v.optional(v.picklist(LANES)), 'For a tap: which of the two lanes; both if omitted.'),
    skip: told(v.optional(plain(v.boolean('skip is true or false.'))), 'Skips other messages.'),
    timeout: v.optional(msSchema),
    capture: told(v.optional(v.record(nameSchema, captureSchema)), 'Captures what was received in variables.'),
  }),
);
