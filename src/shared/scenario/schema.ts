import * as v from 'valibot';
import { channelSchema, peerSchema, sessionSchema } from './schema-parts.ts';
import { abiSchema, msSchema } from './schema-payload.ts';
import { stepsSchema } from './schema-steps.ts';
import { anomalySchema, either, filled, nameSchema, text, told, valueSchema } from './schema-words.ts';

const MAX_ROWS = 10_000;
const MAX_PARTS = 32;

const few = <T>(what: string) =>
  v.check(
    (map: Record<string, T>) => Object.keys(map).length <= MAX_PARTS,
    `There can be at most ${MAX_PARTS} ${what}.`,
  );
const files = (what: string) => v.optional(v.pipe(v.array(filled(what)), v.maxLength(100)));

const A_MAP = 'A scenario is a map: it has steps, and what they need.';
const varsSchema = v.record(nameSchema, valueSchema);
const dataSchema = v.pipe(
  v.array(varsSchema, 'data is a list of rows, each a map of variables.'),
  v.minLength(1, 'There is no row.'),
  v.maxLength(MAX_ROWS, `There can be at most ${MAX_ROWS} rows.`),
);

/** What is needed before the variables of everything else can be filled in. */
export const headSchema = v.pipe(
  v.custom<object>((content) => typeof content === 'object' && content !== null && !Array.isArray(content), A_MAP),
  v.looseObject({ vars: v.optional(varsSchema), data: v.optional(dataSchema) }),
);

const anomaliesSchema = either(
  v.literal('allow', 'anomalies is allow, or a list of those that may be there.'),
  v.array(anomalySchema, 'anomalies is allow, or a list of those that may be there.'),
);

/** A scenario's file once its variables are filled in. Its JSON schema is docs/scenario.schema.json. */
export const fileSchema = v.strictObject({
  version: v.optional(v.literal(1, 'Only version 1 is known.')),
  name: told(v.optional(filled('A name')), "What is tested; the file's name if omitted."),
  description: v.optional(text('A description')),
  tags: told(v.optional(v.pipe(v.array(nameSchema), v.maxLength(100))), 'For shmscope run --tag.'),
  vars: told(v.optional(varsSchema), 'Variables, used as {{name}}; --var sets them from outside.'),
  data: told(v.optional(dataSchema), 'Rows of variables: the scenario is run once for each.'),
  types: told(files('A file'), 'Files that declare types, relative to this one.'),
  include: told(files('A folder'), 'Folders where #include looks, relative to this file.'),
  abi: told(v.optional(abiSchema), 'The ABI that the senders of typed messages were built for.'),
  timeout: told(v.optional(msSchema), 'How long each expectation waits; 5000 if omitted.'),
  anomalies: told(
    v.optional(anomaliesSchema),
    'Anomalies that no step expects and that do not fail the scenario; left out: those of a fault that a step starts.',
  ),
  channels: told(v.optional(v.pipe(v.record(nameSchema, channelSchema), few('channels'))), 'Default: one, main.'),
  sessions: told(
    v.optional(v.pipe(v.record(nameSchema, sessionSchema), few('sessions'))),
    'Ends of channels and taps that Shmscope opens.',
  ),
  peers: told(v.optional(v.pipe(v.record(nameSchema, peerSchema), few('peers'))), 'Programs that are started.'),
  steps: stepsSchema,
});
export type GivenFile = v.InferOutput<typeof fileSchema>;
