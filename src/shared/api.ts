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
  /** Most bytes of a call as a frame; {@link MAX_FRAME} when left out. */
  readonly maxFrame?: number;
}
/** Ties the arguments' schema to the type of the answer; the answer exists only for the compiler. */
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
   * Opens one end of a channel. Fails with the OS's reason; a failed attempt leaves no handle. A client that may wait
   * for its server is answered for at once, and is `opening` until that has come.
   */
  open: method<SessionSnapshot>()(v.strictTuple([openOptionsSchema])),
  /** Sends one message under the session's overrun policy; resolves when it stands in the slot. */
  send: method<SendReceipt>()(v.strictTuple([sessionId, bytes]), { maxFrame: LARGEST_FRAME }),
  /**
   * Begins to send messages one after another, from the session's own thread; its snapshot tells how far that is. Fails
   * with `busy` while others are being sent.
   */
  startSending: method<void>()(v.strictTuple([sessionId, sendPlanSchema]), { maxFrame: LARGEST_FRAME }),
  /** Ends that at once. Does nothing when nothing is being sent so. */
  stopSending: method<void>()(v.strictTuple([sessionId])),
  /**
   * Begins to run a scenario in every cell of the matrix; {@link StateEvent.matrixVersion} tells when to ask how far it
   * is. Fails with `busy` while one runs, `scenario-invalid` with what is wrong in the scenario.
   */
  startMatrix: method<MatrixSnapshot>()(v.strictTuple([startMatrixSchema])),
  /** Ends it and all that it has started. */
  cancelMatrix: method<void>()(v.strictTuple([])),
  /** The matrix that runs or ran last; null before the first. */
  matrix: method<MatrixSnapshot | null>()(v.strictTuple([])),
  /** What came of a cell, by its place in the snapshot's list; null where there is none. */
  matrixReport: method<ScenarioReport | null>()(v.strictTuple([integer('Cell', 0, 1000)])),
  /**
   * Begins to send again what one end has sent, from the session's own thread; its snapshot tells how far that is.
   * Fails with `capture-unfit` and others for a recording that can't be replayed, `payload-too-large` for one that does
   * not fit this channel, `busy` while others are being sent. Nothing was sent then.
   */
  startReplay: method<void>()(v.strictTuple([sessionId, startReplaySchema])),
  /** Ends that at once. Does nothing when nothing is replayed. */
  stopReplay: method<void>()(v.strictTuple([sessionId])),
  /** Lets the next message go, of a replay that goes step by step. */
  stepReplay: method<void>()(v.strictTuple([sessionId])),
  /**
   * Has an end answer what comes by rules from now on, by the user's declared types; null ends that. Its snapshot tells
   * how they are doing, and the record of each reply which rule has sent it. An end that does not receive begins to.
   * Fails with what is wrong in a rule; then those from before go on.
   */
  setResponder: method<void>()(v.strictTuple([sessionId, v.nullable(responderSchema)]), {
    maxFrame: frameWith(MAX_RESPONDER_BYTES),
  }),
  /** The rules that an end was given; null without. */
  responder: method<ResponderRules | null>()(v.strictTuple([sessionId])),
  /** A rule that answers one message of a log with another one of it. */
  ruleFromPair: method<ResponderRule>()(v.strictTuple([pairSchema])),
  setOverrun: method<void>()(v.strictTuple([sessionId, overrunSchema])),
  /** Starts receiving; replaces what was being received before. Records and snapshots tell what came. */
  receive: method<void>()(v.strictTuple([sessionId, receiveModeSchema])),
  /** Ends the wait, an unlimited one too, within 50 ms. */
  cancelReceive: method<void>()(v.strictTuple([sessionId])),
  /**
   * Waits as long as a send does (a second, unless the session was opened with another limit) for the last message to
   * be read, then stores exit in our flag and sets the event. The session stays open.
   */
  sendClose: method<CloseReceipt>()(v.strictTuple([sessionId])),
  /**
   * A client closes its channel and waits for the next server, with the same options and log; its snapshot tells. Ended
   * by `close`.
   */
  reconnect: method<void>()(v.strictTuple([sessionId])),
  /** Releases every handle, and ends a wait for the server within 50 ms. The log stays. */
  close: method<void>()(v.strictTuple([sessionId])),
  /** How often a tap looks. */
  setTapMode: method<void>()(v.strictTuple([sessionId, tapModeSchema])),
  /** Bytes of a section that is watched as such, as they are now; fewer where it ends. */
  rawBytes: method<Uint8Array>()(v.strictTuple([sessionId, rawQuerySchema])),
  /** From which byte on a section that is larger than can be watched at once is watched for changes. */
  watchFrom: method<void>()(v.strictTuple([sessionId, offsetSchema])),
  /** Records all bytes of it that are watched; returns the record's number. */
  takeSnapshot: method<number>()(v.strictTuple([sessionId])),
  /** Records them whenever so many ms have passed and something has changed; null ends that. */
  setSnapshotInterval: method<void>()(v.strictTuple([sessionId, snapshotIntervalSchema])),
  /**
   * What a session watches for from now on; alarms that it had before go on as they were. Its snapshot tells which have
   * fired, and its log has a record of each. Fails with what is wrong with a text.
   */
  setAlarms: method<void>()(v.strictTuple([sessionId, alarmTextsSchema])),
  /** Takes a closed session off the list. Its records stay in the capture. */
  remove: method<void>()(v.strictTuple([sessionId])),
  /**
   * Asks the user for a file of the host's machine, where the host can; else fails with `not-here`. null: none was
   * chosen.
   */
  chooseFile: method<string | null>()(v.strictTuple([chosenFileSchema])),
  /** What a program's file is, when it can be started; fails as `startPeer` does where it can't be. */
  inspectProgram: method<ProgramInfo>()(v.strictTuple([programFileSchema])),
  /**
   * Starts a program: a peer that comes with Shmscope, or the user's own. Fails with why it can't be started and what
   * to do; then nothing of it runs. It ends with this host at the latest, and with it all that it has started.
   */
  startPeer: method<PeerSnapshot>()(v.strictTuple([startPeerSchema])),
  /** Tells it to end, and kills it when it has not after 3 s. Resolves when it has ended. */
  stopPeer: method<void>()(v.strictTuple([peerId])),
  /** Ends it at once. Resolves when it has ended. */
  killPeer: method<void>()(v.strictTuple([peerId])),
  /** Stops all of its threads where they are, until it is resumed. */
  suspendPeer: method<void>()(v.strictTuple([peerId])),
  resumePeer: method<void>()(v.strictTuple([peerId])),
  /** A line for its standard input: the cue of a bundled peer that misbehaves with `--on-input`. */
  tellPeer: method<void>()(v.strictTuple([peerId, peerLineSchema])),
  /** What it has written; ask again and again while it is shown. */
  peerOutput: method<OutputPage>()(v.strictTuple([outputQuerySchema])),
  /** Takes one that has ended off the list. */
  removePeer: method<void>()(v.strictTuple([peerId])),
  /** What a scenario's file says, and what is wrong in it, with line and column. */
  checkScenario: method<ScenarioCheck>()(v.strictTuple([scenarioFileSchema])),
  /**
   * Begins to run a scenario: its sessions and programs join the lists. {@link StateEvent.scenarioRuns} tells how far
   * it is. Fails with `scenario-invalid`, and then nothing has been started.
   */
  runScenario: method<ScenarioRun>()(v.strictTuple([scenarioFileSchema])),
  /** Stops one. Resolves when all that it had started has ended. */
  cancelScenario: method<void>()(v.strictTuple([runId])),
  /** Every step of a run; ask again when its version is another. */
  scenarioReports: method<ScenarioReports>()(v.strictTuple([runId])),
  /** Takes one that has ended off the list. */
  removeScenarioRun: method<void>()(v.strictTuple([runId])),
  /** The channels that are there, looked for anew: nothing is looked for while nobody asks. */
  discover: method<Discovery>()(v.strictTuple([discoveryQuerySchema])),
  /** What can be seen of a section by its id: its events, and the processes that hold them with their rights. */
  channelDetails: method<ChannelDetails>()(v.strictTuple([sectionIdSchema])),
  /**
   * What the bytes of a channel say about the layouts of its two sides, now and from what was seen of it before: of a
   * session of this run, or of a section by its name. Ask again and again while it is shown.
   */
  lens: method<LensView>()(v.strictTuple([lensTargetSchema])),
  rows: method<RowPage>()(v.strictTuple([rowQuerySchema])),
  /** The next or previous record of a listing whose payload contains something. Ask again while it is incomplete. */
  find: method<FindAnswer>()(v.strictTuple([findQuerySchema])),
  /** Where a record or a time is in a listing. Ask again while it is incomplete. */
  position: method<PositionAnswer>()(v.strictTuple([positionQuerySchema])),
  /** Messages after each record that passes a filter, laid on each other. Ask again while it is incomplete. */
  sweeps: method<Sweeps>()(v.strictTuple([sweepsQuerySchema])),
  /** The next record that triggers. Ask again, from where it came, while there is none. */
  trigger: method<TriggerAnswer>()(v.strictTuple([triggerQuerySchema])),
  /** Stops what filters and finds of a session still look for; what was found stays. Asking again goes on with it. */
  cancelSearch: method<void>()(v.strictTuple([sessionId])),
  /** A slice of one record's payload. */
  payload: method<Uint8Array>()(v.strictTuple([payloadQuerySchema])),
  /** A span of a session's time as buckets; cheap enough to be asked again at every change. */
  timeline: method<Timeline>()(v.strictTuple([timelineQuerySchema])),
  /** Distributions of size, unread time and reply time over a span. */
  figures: method<Figures>()(v.strictTuple([figuresQuerySchema])),
  /** What a span holds, to the microsecond. */
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
   * Opens a capture to be read; its sessions join {@link StateEvent.sessions}, closed. Fails with what is wrong with
   * the file.
   */
  openCapture: method<OpenedCapture>()(v.strictTuple([captureFileSchema])),
  closeCapture: method<void>()(v.strictTuple([captureFileSchema])),
  /** Gives a capture a title, null takes it away. The file keeps its name. */
  renameCapture: method<void>()(v.strictTuple([captureFileSchema, titleSchema])),
  /** Never the one being recorded, nor one that is open. */
  deleteCapture: method<void>()(v.strictTuple([captureFileSchema])),
  /**
   * {@link StateEvent.comparison} tells how far it is. A new one, or `cancelCompare`, stops the one before with
   * `cancelled`.
   */
  compareCaptures: method<SessionComparison[]>()(v.strictTuple([compareQuerySchema])),
  cancelCompare: method<void>()(v.strictTuple([])),
  settings: method<SettingsState>()(v.strictTuple([])),
  /**
   * Keeps the settings and goes by them at once. Fails with `settings-failed` when they can't be kept; then the old
   * ones stay.
   */
  setSettings: method<SettingsState>()(v.strictTuple([settingsSchema])),
  /** What is kept for the user under a key. {@link StateEvent.kept} tells when to ask again. */
  kept: method<KeptText>()(v.strictTuple([keptKeySchema])),
  /**
   * Keeps a value for the user, in every window; returns its version. Fails with `settings-failed` when it can't be
   * written.
   */
  keep: method<number>()(v.strictTuple([keptKeySchema, keptBytesSchema]), { maxFrame: frameWith(MAX_KEPT_BYTES) }),
  /** Puts a kept value aside that makes no sense; returns its file, null when there is another version by now. */
  setAsideKept: method<string | null>()(v.strictTuple([keptKeySchema, keptVersionSchema])),
  /** The user's files of declared types, and what they say. {@link StateEvent.typesVersion} tells when to ask again. */
  types: method<TypesSnapshot>()(v.strictTuple([])),
  /** Writes one. Fails with `types-changed` when it is another by now, `types-failed` when it can't be written. */
  saveTypeFile: method<TypesSnapshot>()(v.strictTuple([saveTypeFileSchema]), {
    maxFrame: frameWith(MAX_TYPE_FILE_BYTES),
  }),
  /** Fails as `saveTypeFile` does. */
  removeTypeFile: method<TypesSnapshot>()(v.strictTuple([removeTypeFileSchema])),
  /** Fails as `saveTypeFile` does, with `types-changed` where one is called so already. */
  renameTypeFile: method<TypesSnapshot>()(v.strictTuple([renameTypeFileSchema])),
  /** What the files would say if one had another text. Writes nothing. */
  tryTypes: method<ReadTypeFiles>()(v.strictTuple([tryTypesSchema]), { maxFrame: frameWith(MAX_TYPE_FILE_BYTES) }),
  /**
   * By which the messages of a session are read; {@link StateEvent.typesVersion} tells when to ask again. Fails with
   * `no-such-session`.
   */
  sessionTypes: method<CompiledTypes>()(v.strictTuple([sessionId])),
  /** Tries again to write what a failed capture still holds. */
  retryCapture: method<void>()(v.strictTuple([])),
  /**
   * Begins to write records of a session to a file in the exports folder; the job tells how far it is, and its name.
   */
  startExport: method<JobSnapshot>()(v.strictTuple([exportOptionsSchema])),
  /**
   * Begins to import a JSON Lines file of ours as a new capture. Its bytes follow with `importChunk`, then `importEnd`.
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
  /** Stops a job; it leaves nothing behind. Does nothing to one that has ended. */
  cancelJob: method<void>()(v.strictTuple([jobIdSchema])),
  /** Takes a job that has ended off the list. Its file stays. */
  dismissJob: method<void>()(v.strictTuple([jobIdSchema])),
  /** Writes what a window's own code did not expect into the program's log; returns the id of the entry. */
  report: method<string>()(v.strictTuple([reportSchema])),
  /** Shows the program's log in its folder, where the host can; else fails with `not-here`. */
  showLog: method<void>()(v.strictTuple([])),
  /** Shows the job's file in its folder, where the host can; else fails with `not-here`. */
  reveal: method<void>()(v.strictTuple([jobIdSchema])),
} as const;

export type MethodName = keyof typeof methods;
export const METHOD_NAMES = Object.keys(methods) as MethodName[];
export type Args<M extends MethodName> = v.InferOutput<(typeof methods)[M]['args']>;
export type Value<M extends MethodName> =
  NonNullable<(typeof methods)[M]['value']> extends never
    ? undefined
    : Exclude<(typeof methods)[M]['value'], undefined>;

/** What the services implement: the values, or a throw of {@link ShmscopeError}. */
export type Services = { readonly [M in MethodName]: (...args: Args<M>) => Value<M> | Promise<Value<M>> };

/** What the window sees: every call ends in a {@link Result}, none throws. */
export type Api = { readonly [M in MethodName]: (...args: Args<M>) => Promise<Result<Value<M>>> } & {
  /** At most 30 a second. Returns a function that unregisters it. */
  readonly onState: (listener: (event: StateEvent) => void) => () => void;
};

/** Checks what came over a wire for `name`. Throws {@link ShmscopeError} `invalid-argument` naming the first fault. */
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
  /** Why this system runs no 32-bit programs, as a sentence; null where it does. */
  readonly no32Bit: string | null;
  readonly pid: number;
  /** The capture file that is being written. */
  readonly captureFile: string;
  /** The program's own log. */
  readonly logFile: string;
}

export type CaptureState =
  /** Everything taken is being committed. */
  | { readonly state: 'capturing'; readonly bytes: number }
  /** Writing failed; receiving is held back, nothing was dropped. */
  | { readonly state: 'stopped'; readonly bytes: number; readonly reason: string; readonly pending: number };

/** All that the window shows besides rows. */
export interface StateEvent {
  readonly now: HostTime;
  readonly sessions: readonly SessionSnapshot[];
  readonly capture: CaptureState;
  /** Programs that were started from here, those that have ended included. Newest last. */
  readonly peers: readonly PeerSnapshot[];
  /** Scenarios that are run, or were; newest last. */
  readonly scenarioRuns: readonly ScenarioRun[];
  /** Newest last. */
  readonly jobs: readonly JobSnapshot[];
  /**
   * Another number: marks, notes or what can be read of a damaged capture have changed, ask for marks and rows again.
   */
  readonly rowsVersion: number;
  /** Another number: captures were opened, closed, renamed or removed, ask for the list again. */
  readonly capturesVersion: number;
  /** The comparison of captures that runs, null while none does. */
  readonly comparison: ComparisonProgress | null;
  /** By what is kept for the user: another number, ask for it again. */
  readonly kept: KeptVersions;
  /** Another number: ask for the settings again. */
  readonly settingsVersion: number;
  /** Another number: the user's declared types have changed, here or by another program; ask for them again. */
  readonly typesVersion: number;
  /** Another number: the matrix that runs has changed, ask for it again. */
  readonly matrixVersion: number;
}
