import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { ExportScope, SeqRange } from '../../../shared/export.ts';
import { ShmscopeError } from '../../../shared/failure.ts';
import type { FeedHead } from '../../../shared/replay/feed.ts';
import { knowsLanes, laneOf } from '../../../shared/session-kind.ts';
import { type CaptureFile, sayDamage } from '../export/capture-file.ts';
import { sessionOf } from '../export/records.ts';
import { KIND_CODES, storedKind, storedLane } from '../store/codes.ts';
import { readSessionTypes } from '../store/session-types.ts';
import { Chooser } from './chooser.ts';
import type { FeedTask } from './task.ts';

/** The part of a session that is replayed. */
export interface Recording {
  readonly head: FeedHead;
  /** Record numbers in question. */
  readonly range: SeqRange;
  /** A fresh one for each pass over them. */
  readonly chooser: () => Chooser;
  /** µs of the session's clock: of the first one, and from one loop to the next. */
  readonly begins: number;
  readonly period: number;
}

type Row = [seq: number, kind: number, lane: number | null, mono: number, size: number, code: string | null];

const ROWS = `SELECT seq, kind, lane, mono, size, code FROM record WHERE session = ? AND seq >= ? AND seq <= ?
  AND (kind IN (?, ?) OR code = 'missed') ORDER BY seq`;

/**
 * Examines what is to be replayed. Throws ShmscopeError `capture-unfit` with the reason if it can't be,
 * `no-such-session`, `filter-invalid`, `filter-too-slow`, `cancelled`.
 */
export async function readRecording(capture: CaptureFile, task: FeedTask, signal: AbortSignal): Promise<Recording> {
  const { session, as, plan } = task;
  const { filter = '', encoding } = plan;
  const [damage] = await capture.hideDamage([session], signal);
  const { role, section } = sessionOf(capture.db, session);
  const name = basename(task.file);
  if (!knowsLanes(role)) throw unfit(`Session ${session} of ${name} watched ${section} as bytes: it has no messages.`);
  const range = rangeOf(capture.db, task);
  const host = { begin: () => {}, progress: () => {}, cancelled: () => signal.aborted, signal };
  const scope: ExportScope = { what: 'selection', filter, ranges: [range], ...(encoding && { encoding }) };
  const selection = await capture.select(session, scope, host);
  const chooser = () => new Chooser(laneOf(as, 'out'), filter === '' ? null : selection.ranges());
  const found = survey(capture.db, session, range, chooser());
  if (found.sends === 0) throw unfit(nothingToSend(task, name));
  const { begins, ends, ...counted } = found;
  const head = {
    capture: name,
    session,
    section,
    ...counted,
    damage: damage ? sayDamage(damage) : null,
    types: readSessionTypes(capture.db, session),
  };
  checkGaps(task, head);
  const { sends, replies } = counted;
  const period = (ends - begins) * (1 + 1 / Math.max(1, sends + replies - 1));
  return { head, range, chooser, begins, period };
}

/** From the first to the last requested record that exists. */
function rangeOf(db: DatabaseSync, { file, session, plan }: FeedTask): [number, number] {
  const { first, last } = db
    .prepare('SELECT min(seq) AS first, max(seq) AS last FROM record WHERE session = ?')
    .get(session) as { first: number | null; last: number | null };
  const name = basename(file);
  if (first === null || last === null) throw unfit(`Session ${session} of ${name} has no records.`);
  if (plan.to === undefined && isUnfinished(db, file, session, last))
    throw unfit(
      `Session ${session} of ${name} has not been closed: it is still being recorded, or its Shmscope was killed. Close the session, or say which record to replay last: its last is #${last} now.`,
    );
  const range: [number, number] = [Math.max(first, plan.from ?? 0), Math.min(last, plan.to ?? last)];
  if (range[0] <= range[1]) return range;
  throw unfit(
    `Session ${session} of ${name} has records #${first} to #${last}, none from #${plan.from} to #${plan.to ?? last}.`,
  );
}

/** A session ends with a record that says so; an imported one need not have it. */
function isUnfinished(db: DatabaseSync, file: string, session: number, last: number): boolean {
  const { kind } = db.prepare('SELECT kind FROM record WHERE session = ? AND seq = ?').get(session, last) as {
    kind: number;
  };
  const isClosed = ['closed', 'error'].includes(storedKind(kind));
  return !isClosed && (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

interface Survey extends Pick<FeedHead, 'sends' | 'replies' | 'largest' | 'peerBegins' | 'missed'> {
  readonly begins: number;
  readonly ends: number;
}

function survey(db: DatabaseSync, session: number, range: SeqRange, chooser: Chooser): Survey {
  const rows = db.prepare(ROWS);
  rows.setReturnArrays(true);
  let [sends, replies, missed, begins, ends] = [0, 0, 0, 0, 0];
  let largest = { seq: 0, size: 0 };
  let peerBegins = false;
  const { message, exit } = KIND_CODES;
  for (const row of rows.iterate(session, ...range, message, exit) as unknown as Iterable<Row>) {
    const [seq, kind, lane, mono, size, code] = row;
    if (code === 'missed') missed++;
    const choice = chooser.choose({ seq, kind: storedKind(kind), lane: storedLane(lane) });
    if (!choice) continue;
    if (sends + replies === 0) [begins, peerBegins] = [mono, choice === 'reply' || choice === 'exit'];
    ends = mono;
    if (choice === 'reply') replies++;
    if (choice === 'send') sends++;
    if (choice === 'send' && size >= largest.size) largest = { seq, size };
  }
  return { sends, replies, missed, largest, peerBegins, begins, ends };
}

function checkGaps({ plan, file }: FeedTask, { missed, session }: FeedHead): void {
  if (missed === 0 || plan.allowGaps || plan.timing.how !== 'lockstep') return;
  throw unfit(
    `Session ${session} of ${basename(file)} can't be replayed in lockstep: the tap missed messages in ${missed.toLocaleString('en-US')} places, so replies may be waited for that were never recorded. Choose another timing, or allow gaps.`,
  );
}

function nothingToSend({ as, session, plan }: FeedTask, name: string): string {
  const where = plan.from === undefined && plan.to === undefined ? '' : ' in this range';
  const which = plan.filter ? ' that pass the filter' : '';
  return `Session ${session} of ${name} has no messages of the ${as}${where}${which}, so there is nothing to send.`;
}

const unfit = (message: string) => new ShmscopeError('capture-unfit', message);
