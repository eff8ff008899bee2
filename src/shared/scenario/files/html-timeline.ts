import { html } from '../../text/html.ts';
import type { ReportedLog, ReportedRecord } from './logs.ts';

const WIDTH = 1100;
const LEFT = 130;
const ROW = 34;
const TOP = 6;
const TICKS = 6;

/** When what happened in each session, as a picture: a mark per record. */
export function timelineSvg(logs: readonly ReportedLog[]): string {
  const records = logs.flatMap((log) => log.records);
  if (records.length === 0) return '';
  const start = Math.min(...records.map(({ wall }) => wall));
  const span = Math.max(1, Math.max(...records.map(({ wall }) => wall)) - start);
  const x = (wall: number) => LEFT + ((wall - start) / span) * (WIDTH - LEFT - 20);
  const height = TOP + logs.length * ROW + 22;
  const rows = logs.map((log, at) => rowSvg(log, TOP + at * ROW + ROW / 2, x)).join('');
  const label = `Timeline of ${logs.length} sessions over ${timeText(span)}`;
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">${axis(span, (micros) => x(start + micros), height)}${rows}</svg>`;
}

function axis(span: number, x: (micros: number) => number, height: number): string {
  const step = roundStep(span / TICKS);
  const ticks = Array.from({ length: Math.floor(span / step) + 1 }, (_, at) => {
    const place = x(at * step).toFixed(1);
    return `<line class="axis" x1="${place}" x2="${place}" y1="${TOP}" y2="${height - 18}"/><text x="${place}" y="${height - 5}" text-anchor="middle">${timeText(at * step)}</text>`;
  });
  return ticks.join('');
}

/** 1, 2 or 5 times a power of ten, at least this much. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10);
}

const timeText = (micros: number) =>
  micros < 1000
    ? `${Math.round(micros)} µs`
    : micros < 1_000_000
      ? `${Number((micros / 1000).toFixed(1))} ms`
      : `${Number((micros / 1_000_000).toFixed(2))} s`;

function rowSvg({ session, records }: ReportedLog, y: number, x: (wall: number) => number): string {
  const name = `<text x="0" y="${y + 4}">${html(session.name)} (${session.role})</text>`;
  const line = `<line class="axis" x1="${LEFT}" x2="${WIDTH - 20}" y1="${y}" y2="${y}"/>`;
  return `${name}${line}${records.map((record) => markSvg(record, y, x(record.wall))).join('')}`;
}

/** A message goes up or down by its lane, a problem is a cross, everything else a short line. */
function markSvg({ kind, lane, code, seq }: ReportedRecord, y: number, x: number): string {
  const at = x.toFixed(1);
  const title = `<title>#${seq} ${kind}${lane === null ? '' : ` ${lane}`}${code === null ? '' : ` ${html(code)}`}</title>`;
  if (kind === 'message') {
    const up = lane === 's2c' ? -1 : 1;
    return `<g class="${lane}"><line class="mark" x1="${at}" x2="${at}" y1="${y}" y2="${y + up * 10}"/><circle class="mark" cx="${at}" cy="${y + up * 10}" r="2">${title}</circle></g>`;
  }
  const isOdd = kind === 'anomaly' || kind === 'error';
  const path = isOdd ? `M${(x - 4).toFixed(1)} ${y - 4}l8 8m0 -8l-8 8` : `M${at} ${y - 5}v10`;
  return `<path class="mark ${isOdd ? 'odd' : 'other'}" d="${path}">${title}</path>`;
}
