import * as v from 'valibot';
import { alarmTextsSchema } from './alarm/texts.ts';
import {
  type CaptureList,
  type ComparisonProgress,
  captureFileSchema,
  compareQuerySchema,
  type OpenedCapture,
  type SessionComparison,
  titleSchema,
} from './captures.ts';
import { chosenFileSchema } from './choose-file.ts';
import { type ChannelDetails, type Discovery, discoveryQuerySchema, sectionIdSchema } from './discovery.ts';
import { integer, MAX_BUFFER_SIZE, overrunSchema } from './domain.ts';
import { exportOptionsSchema, importChunkSchema, importOptionsSchema, MAX_IMPORT_CHUNK } from './export.ts';
import { type Result, ShmscopeError } from './failure.ts';
import { type FieldPlot, fieldPlotQuerySchema } from './field-plot.ts';
import { type FindAnswer, findQuerySchema, type PositionAnswer, positionQuerySchema } from './find.ts';
import { frameWith, LARGEST_FRAME } from './frame-size.ts';
import { type JobSnapshot, jobIdSchema } from './job.ts';
import {
  type KeptText,
  type KeptVersions,
  keptBytesSchema,
  keptKeySchema,
  keptVersionSchema,
  MAX_KEPT_BYTES,
} from './kept.ts';
import { type LensView, lensTargetSchema } from './lens.ts';
import { payloadQuerySchema, type RowPage, rowQuerySchema } from './log.ts';
import { type Mark, marksQuerySchema, setMarkSchema, setNoteSchema } from './marks.ts';
import { type MatrixSnapshot, startMatrixSchema } from './matrix/matrix.ts';
import {
  type OutputPage,
  outputQuerySchema,
  type PeerSnapshot,
  type ProgramInfo,
  peerId,
  peerLineSchema,
  programFileSchema,
  startPeerSchema,
} from './peers.ts';
import { offsetSchema, rawQuerySchema, snapshotIntervalSchema } from './raw.ts';
import { startReplaySchema } from './replay/replay.ts';
import { reportSchema } from './report.ts';
import {
  MAX_RESPONDER_BYTES,
  pairSchema,
  type ResponderRule,
  type ResponderRules,
  responderSchema,
} from './responder/schema.ts';
import type { ScenarioReport } from './scenario/report.ts';
import {
  runId,
  type ScenarioCheck,
  type ScenarioReports,
  type ScenarioRun,
  scenarioFileSchema,
} from './scenario/runs.ts';
import { sendPlanSchema } from './sending.ts';
import {
  type CloseReceipt,
  type HostTime,
  openOptionsSchema,
  receiveModeSchema,
  type SendReceipt,
  type SessionSnapshot,
  tapModeSchema,
} from './session.ts';
import { type SettingsState, settingsSchema } from './settings.ts';
import { type Sweeps, sweepsQuerySchema } from './sweeps.ts';
import {
  type Figures,
  figuresQuerySchema,
  type Measured,
  measureQuerySchema,
  type Timeline,
  timelineQuerySchema,
} from './timeline.ts';
import { type TriggerAnswer, triggerQuerySchema } from './trigger/query.ts';
import {
  MAX_TYPE_FILE_BYTES,
  type ReadTypeFiles,
  removeTypeFileSchema,
  renameTypeFileSchema,
  saveTypeFileSchema,
  type TypesSnapshot,
  tryTypesSchema,
} from './type-files.ts';
import type { CompiledTypes } from './types/compiled/compiled.ts';

const sessionId = integer('Session', 1, Number.MAX_SAFE_INTEGER);
const bytes = v.pipe(
  v.instance(Uint8Array, 'A payload must be bytes.'),
  v.check((b) => b.byteLength <= MAX_BUFFER_SIZE, 'A payload can have at most 256 MiB.'),
);

interface MethodOptions {
  /** The most bytes of a call as a frame; {@link MAX_FRAME} if omitted. */
  readonly maxFrame?: number;
}
/** Ties the arguments' schema to the type of the answer, which exists only for the compiler. */
interface Method<Args extends v.GenericSchema<unknown, unknown[]>, Value> extends MethodOptions {
  readonly args: Args;
  readonly value?: Value;
}
const method =
  <Value>() =>
  <const Args extends v.GenericSchema<unknown, unknown[]>>(
    args: Args,
    options?: MethodOptions,
  ): Method<Args, Value> => ({ args, ...options });

/**
 * The contract between a host and its window. Everything else (preload, `window.shmscope`, IPC handlers, the WebSocket
 * client) is derived from this table.
 */
export const methods = {
  /** Where and on what this Shmscope runs. */
  info: method<AppInfo>()(v.strictTuple([])),
  /** The state that {@link StateEvent} keeps up to date from then on. */
  state: method<StateEvent>()(v.strictTuple([])),
  /**
   * Opens one end of a channel. Fails with the OS's reason; a failed attempt leaves no handle. For a client that may
   * wait for its server it returns at once; the session is `opening` until the server has come.
   */
  open: method<SessionSnapshot>()(v.strictTuple([openOptionsSchema])),
  /** Sends one message under the session's overrun policy; resolves when it is in the slot. */
  send: method<SendReceipt>()(v.strictTuple([sessionId, bytes]), { maxFrame: LARGEST_FRAME }),
  /**
   * Starts sending messages one after another, from the session's own thread; its snapshot shows the progress. Fails
   * with `busy` while others are being sent.
   */
  startSending: method<void>()(v.strictTuple([sessionId, sendPlanSchema]), { maxFrame: LARGEST_FRAME }),
  /** Stops that at once. Does nothing if nothing is being sent that way. */
  stopSending: method<void>()(v.strictTuple([sessionId])),
  /**
   * Starts running a scenario in every cell of the matrix; {@link StateEvent.matrixVersion} tells when to request the
   * progress. Fails with `busy` while one runs, `scenario-invalid` with what is wrong in the scenario.
   */
  startMatrix: method<MatrixSnapshot>()(v.strictTuple([startMatrixSchema])),
  /** Stops it and everything that it has started. */
  cancelMatrix: method<void>()(v.strictTuple([])),
  /** The matrix that runs or ran last; null before the first. */
  matrix: method<MatrixSnapshot | null>()(v.strictTuple([])),
  /** The result of a cell, by its position in the snapshot's list; null if there is none. */
  matrixReport: method<ScenarioReport | null>()(v.strictTuple([integer('Cell', 0, 1000)])),
  /**
   * Starts sending again what one end has sent, from the session's own thread; its snapshot shows the progress. Fails
   * with `capture-unfit` and others for a recording that can't be replayed, `payload-too-large` for one that doesn't
   * fit this channel, `busy` while others are being sent. Nothing has been sent then.
   */
  startReplay: method<void>()(v.strictTuple([sessionId, startReplaySchema])),
  /** Stops that at once. Does nothing if nothing is being replayed. */
  stopReplay: method<void>()(v.strictTuple([sessionId])),
  /** Releases the next message of a stepwise replay. */
  stepReplay: method<void>()(v.strictTuple([sessionId])),
  /**
   * Lets an end respond by rules from now on, by the user's declared types; null stops that. Its snapshot has their
   * counts, and the record of each reply says which rule has sent it. An end that isn't receiving starts to. Fails with
   * what is wrong in a rule; then the previous rules stay.
   */
  setResponder: method<void>()(v.strictTuple([sessionId, v.nullable(responderSchema)]), {
    maxFrame: frameWith(MAX_RESPONDER_BYTES),
  }),
  /** The rules that an end was given; null without. */
  responder: method<ResponderRules | null>()(v.strictTuple([sessionId])),
  /** A rule that answers one message of a log with another one of it. */
  ruleFromPair: method<ResponderRule>()(v.strictTuple([pairSchema])),
  setOverrun: method<void>()(v.strictTuple([sessionId, overrunSchema])),
  /** Starts receiving; replaces what was being received before. Records and snapshots tell what arrived. */
  receive: method<void>()(v.strictTuple([sessionId, receiveModeSchema])),
  /** Ends the wait, even an unlimited one, within 50 ms. */
  cancelReceive: method<void>()(v.strictTuple([sessionId])),
  /**
   * Waits as long as a send does (a second, unless the session was opened with another limit) for the last message to
   * be read, then stores exit in our flag and sets the event. The session stays open.
   */
  sendClose: method<CloseReceipt>()(v.strictTuple([sessionId])),
  /**
   * A client closes its channel and waits for the next server, with the same options and log; its snapshot shows it.
   * Ended by `close`.
   */
  reconnect: method<void>()(v.strictTuple([sessionId])),
  /** Releases every handle, and ends a wait for the server within 50 ms. The log stays. */
  close: method<void>()(v.strictTuple([sessionId])),
  /** How often a tap looks. */
  setTapMode: method<void>()(v.strictTuple([sessionId, tapModeSchema])),
  /** The current bytes of a watched section; fewer at its end. */
  rawBytes: method<Uint8Array>()(v.strictTuple([sessionId, rawQuerySchema])),
  /** Where the watched part of a section begins that is too large to be watched at once. */
  watchFrom: method<void>()(v.strictTuple([sessionId, offsetSchema])),
  /** Records all watched bytes; returns the record's number. */
  takeSnapshot: method<number>()(v.strictTuple([sessionId])),
  /** Records them each time this many ms have passed and something has changed; null stops that. */
  setSnapshotInterval: method<void>()(v.strictTuple([sessionId, snapshotIntervalSchema])),
  /**
   * What a session watches for from now on; alarms that it had before keep their state. Its snapshot shows which have
   * fired, and its log has a record of each. Fails with what is wrong with a text.
   */
  setAlarms: method<void>()(v.strictTuple([sessionId, alarmTextsSchema])),
  /** Takes a closed session off the list. Its records stay in the capture. */
  remove: method<void>()(v.strictTuple([sessionId])),
  /**
   * Asks the user for a file on the host's machine, if the host can; otherwise fails with `not-here`. null: none was
   * chosen.
   */
  chooseFile: method<string | null>()(v.strictTuple([chosenFileSchema])),
  /** What a program's file is, if it can be started; fails like `startPeer` if it can't. */
  inspectProgram: method<ProgramInfo>()(v.strictTuple([programFileSchema])),
  /**
   * Starts a program: a peer that comes with Shmscope, or the user's own. Fails with why it can't be started and what
   * to do; then none of it runs. It ends with this host at the latest, together with everything that it has started.
   */
  startPeer: method<PeerSnapshot>()(v.strictTuple([startPeerSchema])),
  /** Tells it to end, and kills it if it hasn't after 3 s. Resolves when it has ended. */
  stopPeer: method<void>()(v.strictTuple([peerId])),
  /** Kills it. Resolves when it has ended. */
  killPeer: method<void>()(v.strictTuple([peerId])),
  /** Suspends all of its threads until it is resumed. */
  suspendPeer: method<void>()(v.strictTuple([peerId])),
  resumePeer: method<void>()(v.strictTuple([peerId])),
  /** A line for its standard input: the cue of a bundled peer that misbehaves with `--on-input`. */
  tellPeer: method<void>()(v.strictTuple([peerId, peerLineSchema])),
  /** Its output; request it repeatedly while it is shown. */
  peerOutput: method<OutputPage>()(v.strictTuple([outputQuerySchema])),
  /** Takes an ended one off the list. */
  removePeer: method<void>()(v.strictTuple([peerId])),
  /** What a scenario's file contains, and what is wrong in it, with line and column. */
  checkScenario: method<ScenarioCheck>()(v.strictTuple([scenarioFileSchema])),
  /**
   * Starts running a scenario: its sessions and programs join the lists. {@link StateEvent.scenarioRuns} shows the
   * progress. Fails with `scenario-invalid`, and then nothing has been started.
   */
  runScenario: method<ScenarioRun>()(v.strictTuple([scenarioFileSchema])),
  /** Stops one. Resolves when everything that it had started has ended. */
  cancelScenario: method<void>()(v.strictTuple([runId])),
  /** Every step of a run; request it again when its version has changed. */
  scenarioReports: method<ScenarioReports>()(v.strictTuple([runId])),
  /** Takes an ended one off the list. */
  removeScenarioRun: method<void>()(v.strictTuple([runId])),
  /** The existing channels, found anew: nothing is searched while nobody asks. */
  discover: method<Discovery>()(v.strictTuple([discoveryQuerySchema])),
  /** What can be seen of a section by its id: its events, and the processes that hold them with their rights. */
  channelDetails: method<ChannelDetails>()(v.strictTuple([sectionIdSchema])),
  /**
   * What the bytes of a channel say about the layouts of its two sides, now and from earlier looks: of a session of
   * this run, or of a section by its name. Request it repeatedly while it is shown.
   */
  lens: method<LensView>()(v.strictTuple([lensTargetSchema])),
  rows: method<RowPage>()(v.strictTuple([rowQuerySchema])),
  /** The next or previous record of a listing whose payload contains something. Ask again while it is incomplete. */
  find: method<FindAnswer>()(v.strictTuple([findQuerySchema])),
  /** Where a record or a time is in a listing. Ask again while it is incomplete. */
  position: method<PositionAnswer>()(v.strictTuple([positionQuerySchema])),
  /** Messages after each record that matches a filter, on top of each other. Ask again while it is incomplete. */
  sweeps: method<Sweeps>()(v.strictTuple([sweepsQuerySchema])),
  /** The next record that triggers. While there is none, ask again from where it got to. */
  trigger: method<TriggerAnswer>()(v.strictTuple([triggerQuerySchema])),
  /** Stops a session's running filters and searches; what was found stays. Asking again continues. */
  cancelSearch: method<void>()(v.strictTuple([sessionId])),
  /** A slice of one record's payload. */
  payload: method<Uint8Array>()(v.strictTuple([payloadQuerySchema])),
  /** A span of a session's time as buckets; cheap enough to be requested again at every change. */
  timeline: method<Timeline>()(v.strictTuple([timelineQuerySchema])),
  /** Distributions of size, unread time and reply time over a span. */
  figures: method<Figures>()(v.strictTuple([figuresQuerySchema])),
  /** What a span contains, exact to the microsecond. */
  measure: method<Measured>()(v.strictTuple([measureQuerySchema])),
  /**
   * Fields of a session's messages over a span of its time, each read as the type that is bound to it. Ask again while
   * it is incomplete.
   */
  fieldPlot: method<FieldPlot>()(v.strictTuple([fieldPlotQuerySchema])),
  /** Marks a committed record; {@link StateEvent.rowsVersion} tells every window. */
  setMark: method<void>()(v.strictTuple([setMarkSchema])),
  setNote: method<void>()(v.strictTuple([setNoteSchema])),
  /** Records of a session with a mark or a note, by number. */
  marks: method<Mark[]>()(v.strictTuple([marksQuerySchema])),
  /** Every capture in the folder, and what retention removed from it. */
  captures: method<CaptureList>()(v.strictTuple([])),
  /**
   * Opens a capture for reading; its sessions join {@link StateEvent.sessions}, closed. Fails with what is wrong with
   * the file.
   */
  openCapture: method<OpenedCapture>()(v.strictTuple([captureFileSchema])),
  closeCapture: method<void>()(v.strictTuple([captureFileSchema])),
  /** Gives a capture a title, null removes it. The file keeps its name. */
  renameCapture: method<void>()(v.strictTuple([captureFileSchema, titleSchema])),
  /** Never the one being recorded, nor one that is open. */
  deleteCapture: method<void>()(v.strictTuple([captureFileSchema])),
  /**
   * {@link StateEvent.comparison} shows the progress. A new one, or `cancelCompare`, stops the previous one with
   * `cancelled`.
   */
  compareCaptures: method<SessionComparison[]>()(v.strictTuple([compareQuerySchema])),
  cancelCompare: method<void>()(v.strictTuple([])),
  settings: method<SettingsState>()(v.strictTuple([])),
  /**
   * Stores the settings and applies them at once. Fails with `settings-failed` if they can't be stored; then the old
   * ones stay.
   */
  setSettings: method<SettingsState>()(v.strictTuple([settingsSchema])),
  /** What is kept for the user under a key. {@link StateEvent.kept} tells when to ask again. */
  kept: method<KeptText>()(v.strictTuple([keptKeySchema])),
  /**
   * Stores a value for the user, in every window; returns its version. Fails with `settings-failed` if it can't be
   * written.
   */
  keep: method<number>()(v.strictTuple([keptKeySchema, keptBytesSchema]), { maxFrame: frameWith(MAX_KEPT_BYTES) }),
  /** Moves an invalid kept value aside; returns its file, null if it has another version by now. */
  setAsideKept: method<string | null>()(v.strictTuple([keptKeySchema, keptVersionSchema])),
  /**
   * The user's files of declared types, and what they declare. {@link StateEvent.typesVersion} tells when to ask again.
   */
  types: method<TypesSnapshot>()(v.strictTuple([])),
  /** Writes one. Fails with `types-changed` if it has changed, `types-failed` if it can't be written. */
  saveTypeFile: method<TypesSnapshot>()(v.strictTuple([saveTypeFileSchema]), {
    maxFrame: frameWith(MAX_TYPE_FILE_BYTES),
  }),
  /** Fails like `saveTypeFile`. */
  removeTypeFile: method<TypesSnapshot>()(v.strictTuple([removeTypeFileSchema])),
  /** Fails like `saveTypeFile`, with `types-changed` if the name is taken. */
  renameTypeFile: method<TypesSnapshot>()(v.strictTuple([renameTypeFileSchema])),
  /** What the files would declare if one had another text. Writes nothing. */
  tryTypes: method<ReadTypeFiles>()(v.strictTuple([tryTypesSchema]), { maxFrame: frameWith(MAX_TYPE_FILE_BYTES) }),
  /**
   * The types that a session's messages are read with; {@link StateEvent.typesVersion} tells when to ask again. Fails
   * with `no-such-session`.
   */
  sessionTypes: method<CompiledTypes>()(v.strictTuple([sessionId])),
  /** Tries again to write what a failed capture still holds. */
  retryCapture: method<void>()(v.strictTuple([])),
  /** Starts writing records of a session to a file in the exports folder; the job has its progress and its name. */
  startExport: method<JobSnapshot>()(v.strictTuple([exportOptionsSchema])),
  /**
   * Starts importing one of our JSON Lines files as a new capture. Its bytes follow with `importChunk`, then
   * `importEnd`.
   */
  startImport: method<JobSnapshot>()(v.strictTuple([importOptionsSchema])),
  /**
   * The next bytes of the file. Resolves when they were taken, so send one at a time; fails with what is wrong in the
   * file.
   */
  importChunk: method<void>()(v.strictTuple([jobIdSchema, importChunkSchema]), {
    maxFrame: frameWith(MAX_IMPORT_CHUNK),
  }),
  /** The file is complete. */
  importEnd: method<void>()(v.strictTuple([jobIdSchema])),
  /** Cancels a job; it leaves nothing behind. Does nothing if it has ended. */
  cancelJob: method<void>()(v.strictTuple([jobIdSchema])),
  /** Takes an ended job off the list. Its file stays. */
  dismissJob: method<void>()(v.strictTuple([jobIdSchema])),
  /** Writes an unexpected error of a window's own code to the program's log; returns the id of the entry. */
  report: method<string>()(v.strictTuple([reportSchema])),
  /** Shows the program's log in its folder, if the host can; otherwise fails with `not-here`. */
  showLog: method<void>()(v.strictTuple([])),
  /** Shows the job's file in its folder, if the host can; otherwise fails with `not-here`. */
  reveal: method<void>()(v.strictTuple([jobIdSchema])),
} as const;

export type MethodName = keyof typeof methods;
export const METHOD_NAMES = Object.keys(methods) as MethodName[];
export type Args<M extends MethodName> = v.InferOutput<(typeof methods)[M]['args']>;
export type Value<M extends MethodName> =
  NonNullable<(typeof methods)[M]['value']> extends never
    ? undefined
    : Exclude<(typeof methods)[M]['value'], undefined>;

/** What the services implement: the values, or a thrown {@link ShmscopeError}. */
export type Services = { readonly [M in MethodName]: (...args: Args<M>) => Value<M> | Promise<Value<M>> };

/** What the window sees: every call ends in a {@link Result}, none throws. */
export type Api = { readonly [M in MethodName]: (...args: Args<M>) => Promise<Result<Value<M>>> } & {
  /** At most 30 a second. Returns an unsubscribe function. */
  readonly onState: (listener: (event: StateEvent) => void) => () => void;
};

/**
 * Checks what arrived over a wire for `name`. Throws {@link ShmscopeError} `invalid-argument` naming the first fault.
 */
export function parseArgs<M extends MethodName>(name: M, args: unknown): Args<M> {
  const parsed = v.safeParse(methods[name].args, args);
  if (parsed.success) return parsed.output as Args<M>;
  const issue = parsed.issues[0];
  const path = v.getDotPath(issue);
  throw new ShmscopeError('invalid-argument', path === null ? issue.message : `${issue.message} (${name}: ${path})`);
}

export interface AppInfo {
  readonly version: string;
  readonly host: 'electron' | 'headless';
  readonly kernel: 'kernel32' | 'posix';
  /** e.g. "Windows 10.0.19043" or "Linux 6.1". */
  readonly os: string;
  readonly bits: 32 | 64;
  /** Why this system doesn't run 32-bit programs, as a sentence; null if it does. */
  readonly no32Bit: string | null;
  readonly pid: number;
  /** The capture file being written. */
  readonly captureFile: string;
  /** The program's own log. */
  readonly logFile: string;
}

export type CaptureState =
  /** Everything received is being committed. */
  | { readonly state: 'capturing'; readonly bytes: number }
  /** Writing failed; receiving is held back, nothing was dropped. */
  | { readonly state: 'stopped'; readonly bytes: number; readonly reason: string; readonly pending: number };

/** Everything that the window shows besides rows. */
export interface StateEvent {
  readonly now: HostTime;
  readonly sessions: readonly SessionSnapshot[];
  readonly capture: CaptureState;
  /** Programs that were started from here, ended ones included. Newest last. */
  readonly peers: readonly PeerSnapshot[];
  /** Scenarios that are running or have run; newest last. */
  readonly scenarioRuns: readonly ScenarioRun[];
  /** Newest last. */
  readonly jobs: readonly JobSnapshot[];
  /**
   * A change means: marks, notes or the readable part of a damaged capture have changed, request marks and rows again.
   */
  readonly rowsVersion: number;
  /** A change means: captures were opened, closed, renamed or removed, request the list again. */
  readonly capturesVersion: number;
  /** The running comparison of captures, null if none. */
  readonly comparison: ComparisonProgress | null;
  /** By key: a change means: request it again. */
  readonly kept: KeptVersions;
  /** A change means: request the settings again. */
  readonly settingsVersion: number;
  /** A change means: the user's declared types have changed, here or by another program; request them again. */
  readonly typesVersion: number;
  /** A change means: the running matrix has changed, request it again. */
  readonly matrixVersion: number;
}
