import * as v from 'valibot';
import { integer, layoutSchema, MAX_BUFFER_SIZE, MIN_BUFFER_SIZE, roleSchema } from './domain.ts';
import type { Exit } from './exit-code.ts';
import { objectNameSchema } from './object-name.ts';

/** The most that run at once; as many ended ones stay listed. */
export const MAX_PEERS = 32;
const MAX_ARGUMENTS = 256;
const MAX_TEXT = 32_767;
/** The most lines of a peer's output in one answer. */
const MAX_OUTPUT_PAGE = 1000;

export const BITS = [64, 32] as const;
export type Bits = (typeof BITS)[number];

/** What a process can be given: no NUL, which would silently end it. */
const text = (what: string) =>
  v.pipe(
    v.string(`${what} must be a text.`),
    v.maxLength(MAX_TEXT, () => `${what} can have at most ${MAX_TEXT.toLocaleString('en-US')} characters.`),
    v.check((given) => !given.includes('\0'), `${what} can't contain a NUL character.`),
  );
const filled = (what: string) => v.pipe(text(what), v.minLength(1, `${what} is missing.`));
const argumentsSchema = v.pipe(
  v.array(text('An argument')),
  v.maxLength(MAX_ARGUMENTS, `A program can be given at most ${MAX_ARGUMENTS} arguments.`),
);
const variableSchema = v.pipe(
  filled('A variable'),
  v.check((name) => !name.includes('='), 'The name of a variable can’t contain "=".'),
);

/** One of the two programs that come with Shmscope, as an end of a channel. */
const bundledSchema = v.strictObject({
  kind: v.literal('bundled'),
  bits: v.picklist(BITS),
  role: roleSchema,
  section: objectNameSchema,
  eventS2c: objectNameSchema,
  eventC2s: objectNameSchema,
  layout: layoutSchema,
  /** For a `sized` server; others ignore it. */
  bufferSize: integer('Buffer size', MIN_BUFFER_SIZE, MAX_BUFFER_SIZE),
  /** What it does and how, such as `misbehave lost-wake --seed 7`: see `shm-peer --help`. */
  behaviour: argumentsSchema,
});

export const programFileSchema = filled('The program');

/** A program of the user's own. */
const programSchema = v.strictObject({
  kind: v.literal('program'),
  file: programFileSchema,
  args: argumentsSchema,
  /** Added to Shmscope's own; null removes a variable. */
  env: v.record(variableSchema, v.nullable(text('The value of a variable'))),
  /** Omitted: the folder of the program. */
  cwd: v.optional(filled('The working folder')),
  /** The channel that it uses: its end is reported in that channel's sessions. */
  section: v.optional(objectNameSchema),
});

export const startPeerSchema = v.variant('kind', [bundledSchema, programSchema]);
export type StartPeer = v.InferOutput<typeof startPeerSchema>;

/** The user's saved peers, kept under `peers`. */
export const savedPeersSchema = v.pipe(
  v.array(v.strictObject({ name: v.pipe(filled('The name'), v.maxLength(200)), start: startPeerSchema })),
  v.maxLength(500),
);

/** What the header of a program's file says, before it is started. */
export interface ProgramInfo {
  readonly format: 'pe' | 'elf' | 'mach-o' | 'script';
  /** null if that is decided at the start: for a .NET program for any processor, and for a script. */
  readonly bits: Bits | null;
  /** In Node.js's terms; null if unknown, or a script. */
  readonly machine: 'ia32' | 'x64' | 'arm' | 'arm64' | null;
}

/** A program that was started from here. */
export interface PeerSnapshot {
  readonly id: number;
  /** Its file, without the folder. */
  readonly name: string;
  readonly start: StartPeer;
  /** Whether a scenario or the matrix has started it. */
  readonly isOfTest: boolean;
  readonly pid: number;
  /** Of its process, or before that is known of its file; null if neither tells. */
  readonly bits: Bits | null;
  /** `stopping`: was told to end, and will be killed if it doesn't. */
  readonly state: 'running' | 'suspended' | 'stopping' | 'ended';
  /** Wall clock, µs since 1970. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** null while it runs. */
  readonly exit: Exit | null;
  /** Whether it ended because somebody here wanted it to. */
  readonly wanted: boolean;
  /** Programs that it had started and left running; they were ended with it. */
  readonly leftBehind: number;
  /** Lines of its output so far, including those no longer kept. */
  readonly lines: number;
}

export interface OutputLine {
  /** From 0. */
  readonly number: number;
  readonly stream: 'stdout' | 'stderr';
  /** Without its line end. One longer than 4,096 characters is split into several. */
  readonly text: string;
}

export interface OutputPage {
  readonly lines: readonly OutputLine[];
  /** The first that is still kept. */
  readonly first: number;
  /** Lines so far. */
  readonly end: number;
}

export const peerId = integer('Peer', 1, Number.MAX_SAFE_INTEGER);

/** A line for its standard input, without the line end. */
export const peerLineSchema = v.pipe(
  text('A line'),
  v.check((line) => !/[\r\n]/.test(line), 'One line can’t have several.'),
);

/** Lines of a peer's output from `from` on; with `search` those that contain it, in any case. */
export const outputQuerySchema = v.strictObject({
  peer: peerId,
  from: integer('Line', 0, Number.MAX_SAFE_INTEGER),
  limit: integer('Lines', 1, MAX_OUTPUT_PAGE),
  search: v.optional(v.pipe(v.string(), v.maxLength(1000))),
});
export type OutputQuery = v.InferOutput<typeof outputQuerySchema>;
