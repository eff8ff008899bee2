import type {
  CapturedSessionInfo,
  CaptureInfo,
  ComparedHead,
  OnlyIn,
  RemovedCapture,
} from '../../../shared/captures.ts';
import { totalMessages } from '../../../shared/session-counts.ts';
import { LANE_VIEW_WORDS } from '../../../shared/session-kind.ts';
import { formatInteger, formatSize, plural } from '../../kit/format/bytes.ts';
import { formatDateTime } from '../../kit/format/time.ts';
import { visibleText } from '../../kit/format/visible.ts';

/** A capture's displayed name: its title, else its file. */
export const captureName = ({ title, file }: Pick<CaptureInfo, 'title' | 'file'>): string => visibleText(title ?? file);

export const STATE_WORDS: Readonly<Record<CaptureInfo['state'], string>> = {
  recording: 'recording',
  opened: 'open',
  closed: 'closed',
};

/** Wall clock in µs → "2026-11-23 13:04:11": to the second, as a list of files needs it. */
export const formatMoment = (wall: number): string => formatDateTime(wall, 'local').slice(0, 19);

/** "1,204 messages · 3 timeouts · 1 anomaly"; if nothing was counted, "1,300 records". */
export function sessionCounts({ counts, records, removed }: CapturedSessionInfo): string {
  const gone = removed > 0 ? [`${formatInteger(removed)} removed by retention`] : [];
  if (!counts) return [plural(records, 'record'), ...gone].join(' · ');
  const parts = [plural(totalMessages(counts), 'message')];
  if (counts.timeouts > 0) parts.push(plural(counts.timeouts, 'timeout'));
  if (counts.errors > 0) parts.push(plural(counts.errors, 'error'));
  if (counts.anomalies > 0) parts.push(plural(counts.anomalies, 'anomaly', 'anomalies'));
  if (counts.missed > 0) parts.push(`${formatInteger(counts.missed)} missed`);
  if (counts.alarms > 0) parts.push(plural(counts.alarms, 'alarm'));
  return [...parts, ...gone].join(' · ');
}

/** One side of a first difference: "#12 message ← in, 17 bytes". */
export function headWords(head: ComparedHead): string {
  if (!head) return 'end of log';
  const direction = head.direction === null ? '' : ` ${LANE_VIEW_WORDS[head.direction]}`;
  const size = head.kind === 'message' ? `, ${plural(head.size, 'byte')}` : '';
  return `#${formatInteger(head.seq)} ${head.kind}${head.code ? ` ${head.code}` : ''}${direction}${size}`;
}

const LISTED = 5;

/** "none", "3: #4, #9, #12", "120: #1, #2, #3, #4, #5 …". */
export function onlyWords(only: OnlyIn | null): string {
  if (!only) return 'too many to list';
  if (only.count === 0) return 'none';
  const listed = only.seqs.slice(0, LISTED).map((seq) => `#${formatInteger(seq)}`);
  return `${formatInteger(only.count)}: ${listed.join(', ')}${only.count > listed.length ? ' …' : ''}`;
}

export const removedWords = ({ bytes, at, why }: RemovedCapture): string =>
  `${formatSize(bytes)}, removed ${formatMoment(at)} ${why === 'size' ? 'to stay within the size limit' : 'because of its age'}`;
