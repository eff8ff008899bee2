import * as v from 'valibot';
import { integer, LANES } from '../domain.ts';
import { expectSchema, msSchema, sendSchema } from './schema-payload.ts';
import { anomalySchema as anomaly, either, nameSchema, oneOf, plain, text, told } from './schema-words.ts';

/** The most steps of a scenario, nested ones included; and how deep they may be nested. */
export const MAX_STEPS = 20_000;
export const MAX_STEP_DEPTH = 16;
const MAX_TIMES = 10_000_000;

const session = told(v.optional(nameSchema), 'Of which session; may be omitted if there is only one.');
const forSession = either(v.nullable(nameSchema), v.strictObject({ session }));
const timed = (description: string) => told(either(msSchema, v.strictObject({ session, ms: msSchema })), description);
const exitCode = plain(integer('An exit code', 0, 0xffffffff));

const single = {
  send: told(v.optional(sendSchema), 'Sends a message.'),
  expect: told(v.optional(expectSchema), 'The next message is like this.'),
  'expect-timeout': v.optional(timed('A receive ends after so long without a message.')),
  'expect-nothing': v.optional(timed('For so long there is no message, exit, error or anomaly.')),
  'expect-exit': told(
    v.optional(
      either(
        v.nullable(nameSchema),
        v.pipe(
          v.strictObject({
            session,
            peer: told(v.optional(nameSchema), 'Its program ends, instead of saying exit.'),
            code: told(v.optional(exitCode), 'Of the program.'),
            timeout: v.optional(msSchema),
          }),
          v.check(({ peer, code }) => peer !== undefined || code === undefined, 'A code is that of a peer’s program.'),
          v.check(({ peer, session }) => peer === undefined || session === undefined, 'Either session or peer.'),
        ),
      ),
    ),
    'The other end says exit, or a peer’s program ends.',
  ),
  'expect-anomaly': told(
    v.optional(
      either(
        anomaly,
        v.strictObject({
          session,
          anomaly,
          lane: v.optional(v.picklist(LANES)),
          receive: told(
            v.optional(plain(v.boolean('receive is true or false.'))),
            'false: nothing is received meanwhile.',
          ),
          timeout: v.optional(msSchema),
        }),
      ),
    ),
    'The session has recorded this since it was last asked, or does so now.',
  ),
  wait: told(v.optional(msSchema), 'Pauses for this long.'),
  'send-close': told(v.optional(forSession), 'Says exit.'),
  start: told(v.optional(nameSchema), 'Starts a peer or opens a session that is not running.'),
  stop: told(v.optional(nameSchema), 'Ends a peer, or closes a session.'),
  restart: told(v.optional(nameSchema), 'Ends a peer and starts it again; or closes a session and opens it again.'),
  fault: told(
    v.optional(
      either(
        nameSchema,
        v.strictObject({
          peer: nameSchema,
          do: told(v.optional(v.picklist(['misbehave', 'kill', 'suspend', 'resume'])), 'misbehave if omitted.'),
        }),
      ),
    ),
    'A peer misbehaves now, as its fault says; or is killed, suspended or resumed.',
  ),
};
type Single = v.InferOutput<v.StrictObjectSchema<typeof single, undefined>>;

export interface GivenStep extends Single {
  readonly name?: string | undefined;
  readonly repeat?: { readonly times: number; readonly steps: readonly GivenStep[] } | undefined;
  readonly parallel?: readonly (readonly GivenStep[])[] | undefined;
  readonly within?: { readonly ms: number; readonly steps: readonly GivenStep[] } | undefined;
}

const steps: v.GenericSchema<readonly GivenStep[]> = v.lazy(() => stepsSchema) as never;
const STEP_WORDS = [
  ...(Object.keys(single) as (keyof typeof single)[]),
  ...(['repeat', 'parallel', 'within'] as const),
] as const;

const stepSchema = v.pipe(
  v.strictObject({
    name: told(v.optional(text('A name')), 'What the step is for, in reports.'),
    ...single,
    repeat: told(
      v.optional(v.strictObject({ times: plain(integer('times', 1, MAX_TIMES)), steps })),
      'Does the steps so often; {{n}} counts from 1.',
    ),
    parallel: told(
      v.optional(v.pipe(v.array(steps), v.minLength(1, 'There is nothing to do at the same time.'), v.maxLength(32))),
      'Does several lists of steps at the same time.',
    ),
    within: told(v.optional(v.strictObject({ ms: msSchema, steps })), 'The time limit of all its steps.'),
  }),
  oneOf(STEP_WORDS, `A step does one thing: ${STEP_WORDS.join(', ')}.`),
);
export const stepsSchema: v.GenericSchema<readonly GivenStep[]> = v.pipe(
  v.array(stepSchema, 'Steps are a list: each begins with "- ".'),
  v.minLength(1, 'There is no step.'),
  v.maxLength(MAX_STEPS, `A list has at most ${MAX_STEPS} steps.`),
) as never;
