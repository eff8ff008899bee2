import { isoMicros } from '../../json-record.ts';
import { html } from '../../text/html.ts';
import { inBytes } from '../match-verdict.ts';
import type { ShownBytes, StepFailure, StepResult } from '../report.ts';
import { titleOf } from '../report.ts';
import { STYLE } from './html-style.ts';
import { timelineSvg } from './html-timeline.ts';
import type { LoggedReport, ReportedLog, ReportedRecord } from './logs.ts';
import { secondsOf } from './report-text.ts';
import { totalsOf, totalsText } from './summary.ts';

/** One page with everything in it and no script: it can be mailed, kept and opened anywhere. */
export function reportsHtml(
  runs: readonly LoggedReport[],
  made: { readonly at: number; readonly by: string /** HTML */; readonly intro: string },
): string {
  const reports = runs.map(({ report }) => report);
  const totals = totalsOf(reports);
  const state = totals.failed > 0 ? 'failed' : 'passed';
  const count = (kind: keyof typeof totals) =>
    `<span class="${totals[kind] > 0 ? kind : 'skipped'}">${totals[kind]} ${kind}</span>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>${totalsText(totals)} · Shmscope</title><style>${STYLE}</style></head><body>
<h1 class="${state}">Scenarios ${state}</h1>
<p>${html(made.by)}, ${timeHtml(made.at)}</p>
<div class="totals">${count('passed')}${count('failed')}${count('skipped')}</div>
${made.intro}
${runs.map(runHtml).join('\n')}
</body></html>
`;
}

/** @param at wall clock, ms since 1970 */
function timeHtml(at: number): string {
  const iso = new Date(at).toISOString();
  return `<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`;
}

const SIGNS = { pending: '○', running: '…', passed: '✓', failed: '✗', skipped: '–', cancelled: '✗' } as const;

function runHtml({ report, logs }: LoggedReport): string {
  const { state, tookMs, file, reason, steps, tags, peers } = report;
  const open = state === 'failed' || state === 'cancelled' ? ' open' : '';
  const tagged = tags.length === 0 ? '' : ` · ${tags.map(html).join(', ')}`;
  const programs = peers.map(({ name, program, bits, pid }) => {
    const facts = [bits === null ? [] : `${bits}-bit`, pid === null ? 'not started' : `process ${pid}`]
      .flat()
      .join(', ');
    return `<tr><td>${html(name)}</td><td class="bytes">${html(program)}</td><td>${facts}</td></tr>`;
  });
  return `<details class="run"${open}><summary><span class="sign ${state}">${SIGNS[state]}</span><h2>${html(titleOf(report))}</h2><small>${state} · ${secondsOf(tookMs)} · ${html(file)}${tagged}</small></summary>
${reason === null ? '' : `<div class="why"><p>${html(reason)}</p></div>`}
<h3>Steps</h3>${table(['Line', 'Step', 'Done', 'Took'], steps.map(stepHtml), 'steps')}
${logs.length === 0 ? '' : `<h3>Timeline</h3>${timelineSvg(logs)}`}
${programs.length === 0 ? '' : `<h3>Programs</h3>${table(['Name', 'Program', ''], programs)}`}
${logs.map(logHtml).join('\n')}
</details>`;
}

const table = (heads: readonly string[], rows: readonly string[], kind = '') =>
  `<table class="${kind}"><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;

function stepHtml({ depth, state, line, words, name, runs, tookMs, failure, reason, seq }: StepResult): string {
  const indent = ` style="padding-left:${depth * 20}px"`;
  const title = name === null ? '' : `<b>${html(name)}</b> `;
  const record = seq === null || seq < 0 ? '' : ` <code>#${seq}</code>`;
  const why = failure ? failureHtml(failure) : reason === null ? '' : ` <small>${html(reason)}</small>`;
  const times = runs === 0 ? '' : runs.toLocaleString('en');
  const took = runs === 0 ? '' : secondsOf(tookMs);
  return `<tr><td class="number">${line}</td><td${indent}><span class="sign ${state}">${SIGNS[state]}</span>${title}${html(words)}${record}${why}</td><td class="number">${times}</td><td class="number">${took}</td></tr>`;
}

function failureHtml({ message, expected, actual, diff }: StepFailure): string {
  const whole = [
    ...(expected === null ? [] : [`<tr><th>expected</th><td class="passed">${html(expected)}</td></tr>`]),
    ...(actual === null ? [] : [`<tr><th>actual</th><td class="failed">${bytesHtml(actual)}</td></tr>`]),
  ];
  const rows = diff.map(
    (one) =>
      `<tr><td>${html(one.path || 'message')}</td><td class="passed">${html(one.expected)}</td><td class="failed">${html(one.actual)}</td></tr>`,
  );
  const tables = [
    ...(whole.length > 0 ? [`<table class="diff"><tbody>${whole.join('')}</tbody></table>`] : []),
    ...(rows.length > 0
      ? [
          `<table class="diff"><thead><tr><th>Where</th><th>Expected</th><th>Actual</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
        ]
      : []),
  ];
  return `<div class="why"><p>${html(message)}</p>${tables.join('')}</div>`;
}

const bytesHtml = ({ size, text, hex }: ShownBytes) =>
  `${html(text ?? hex)}${(text ?? hex).length === 0 ? '<i>empty</i>' : ''} <small>${inBytes(size)}</small>`;

function logHtml({ session, records, left }: ReportedLog): string {
  const rows = records.map(recordHtml);
  const gap = `<tr><td colspan="5">${left.toLocaleString('en')} records between are left out.</td></tr>`;
  if (left > 0) rows.splice(Math.ceil(rows.length / 2), 0, gap);
  const where = session.section === '' ? '' : ` on ${html(session.section)}`;
  return `<h3>Log of ${html(session.name)}, ${session.role}${where}</h3>${table(['#', 'Time (UTC)', 'Lane', 'Kind', 'Content'], rows, 'log')}`;
}

function recordHtml({ seq, wall, lane, kind, code, detail, bytes }: ReportedRecord): string {
  const says = [code, detail].filter((part) => part !== null).map(html);
  const content = [...says, ...(bytes === null ? [] : [bytesHtml(bytes)])].join(' · ');
  return `<tr class="${kind}"><td class="number">${seq}</td><td class="number">${isoMicros(wall).slice(11, 26)}</td><td class="${lane ?? ''}">${lane ?? ''}</td><td>${kind}</td><td class="bytes">${content}</td></tr>`;
}
