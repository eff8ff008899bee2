import { isoMicros } from '../../../shared/json-record.ts';
import { LANE_VIEW_WORDS } from '../../../shared/session-kind.ts';
import { codecOf } from '../../../shared/text/codecs.ts';
import { escapeHtml } from '../../../shared/text/html.ts';
import { buffer } from '../store/content.ts';
import type { ExportHead, Format } from './format.ts';
import { payloadText } from './pieces.ts';
import type { WholeRecord } from './records.ts';
import { withMarks } from './visible.ts';

/** A browser opens this many in a few seconds; ten times as many take gigabytes. */
export const HTML_RECORDS = 100_000;
/** Bytes of a payload that are shown. */
export const HTML_PAYLOAD = 2048;

const COLUMNS = ['#', 'Time (UTC)', 'Direction', 'Kind', 'Bytes', 'Content'];
const STYLE = `
:root { color-scheme: light dark; font: 13px/1.5 system-ui, sans-serif; }
body { margin: 24px; color: light-dark(#242424, #f0f0f0); background: light-dark(#fff, #1f1f1f); }
h1 { font-size: 20px; margin: 0 0 4px; }
p { margin: 0 0 12px; color: light-dark(#595959, #b8b8b8); }
.part { color: light-dark(#8a3707, #fdb48d); }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; position: sticky; top: 0; background: light-dark(#f5f5f5, #2e2e2e); }
th, td { padding: 2px 10px 2px 0; vertical-align: top; white-space: nowrap; border-bottom: 1px solid light-dark(#e8e8e8, #333); }
td { font-variant-numeric: tabular-nums; }
td:last-child { width: 100%; white-space: pre-wrap; overflow-wrap: anywhere; font-family: ui-monospace, Consolas, monospace; unicode-bidi: isolate; }
.error td, .anomaly td { color: light-dark(#b10e1c, #ff99a4); }
i { font-style: normal; opacity: .65; }
`;

/** One page without scripts that any browser shows, light or dark. */
export const html: Format<string> = {
  extension: 'html',
  name: 'a web page',
  maxRecords: HTML_RECORDS,
  limit: 'more would be too large for a browser',
  head,
  record,
  foot: ({ held }) => `</tbody></table><p>End: ${count(held)}.</p></body></html>\n`,
};

const count = (records: number) => (records === 1 ? '1 record' : `${records.toLocaleString('en-US')} records`);

/** `text` as HTML text or an attribute's value. */
const escaped = (text: string) => withMarks(escapeHtml(text), (code) => `<i>[${code}]</i>`);

function head({ session, asked, held }: ExportHead): string {
  const { role, section, eventS2c, eventC2s, openedAt } = session;
  // A title holds only text.
  const title = escapeHtml(withMarks(section, (code) => `[${code}]`));
  const rule = `default-src 'none'; style-src 'unsafe-inline'`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${rule}">
<meta name="viewport" content="width=device-width"><title>${title} · Shmscope</title><style>${STYLE}</style></head><body>
<h1>${escaped(section)}</h1>
<p>Shmscope as ${role}, events ${escaped(eventS2c)} and ${escaped(eventC2s)}, opened ${isoMicros(openedAt)}. ${count(held)}.</p>
${held < asked ? `<p class="part"><b>These are the first ${count(held)} of ${asked.toLocaleString('en-US')}.</b> A page with all of them would be too large for a browser; export JSON Lines, CSV or text for the rest.</p>\n` : ''}<table><thead><tr>${COLUMNS.map((name) => `<th>${name}</th>`).join('')}</tr></thead>
<tbody>
`;
}

function* record(whole: WholeRecord): Generator<string> {
  const { seq, wall, direction, kind, size } = whole;
  const cells = [seq, isoMicros(wall), direction ? LANE_VIEW_WORDS[direction] : '', kind, size];
  yield `<tr class="${kind}">${cells.map((cell) => `<td>${cell}</td>`).join('')}<td>${content(whole)}</td></tr>\n`;
}

function content(whole: WholeRecord): string {
  const { code, count: times, detail, bytes, mark, note } = whole;
  const says = [code, times !== 1 && `×${times.toLocaleString('en-US')}`, detail, mark !== null && `[${mark}]`, note]
    .filter((part) => typeof part === 'string')
    .map(escaped);
  const payload = bytes.byteLength > 0 ? [shown(whole)] : [];
  return [...says, ...payload].join(' · ');
}

function shown(whole: WholeRecord): string {
  const { bytes, encoding } = whole;
  const part = bytes.subarray(0, HTML_PAYLOAD);
  const named = encoding === 'utf-8' ? '' : `<i>[${encoding}]</i> `;
  const text = payloadText(whole) ? `${named}${escaped(codecOf(encoding).decode(part, true) ?? '')}` : hex(part);
  if (part.byteLength === bytes.byteLength) return text;
  const sizes = [part.byteLength, bytes.byteLength].map((n) => n.toLocaleString('en-US'));
  return `${text} <i>[the first ${sizes[0]} of ${sizes[1]} bytes]</i>`;
}

const hex = (bytes: Uint8Array) => (buffer(bytes).toString('hex').match(/../g) ?? []).join(' ');
