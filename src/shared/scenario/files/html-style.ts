export const STYLE = `
:root { color-scheme: light dark; font: 14px/1.45 system-ui, "Segoe UI", sans-serif;
  --text: light-dark(#242424, #f0f0f0); --soft: light-dark(#5c5c5c, #b4b4b4); --ground: light-dark(#fafafa, #1b1b1b);
  --card: light-dark(#fff, #262626); --line: light-dark(#e3e3e3, #3a3a3a); --good: light-dark(#0e700e, #6ccb5f);
  --bad: light-dark(#b10e1c, #ff99a4); --s2c: light-dark(#0f6cbd, #62abf5); --c2s: light-dark(#8a5a00, #eaa300); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 1200px; color: var(--text); background: var(--ground); }
h1 { font-size: 22px; font-weight: 600; margin: 0 0 2px; }
h2 { font-size: 16px; font-weight: 600; margin: 0; display: inline; }
h3 { font-size: 13px; font-weight: 600; margin: 16px 0 6px; color: var(--soft); }
p { margin: 0; color: var(--soft); }
code, pre, .bytes { font: 12px/1.45 ui-monospace, "Cascadia Mono", Consolas, monospace; }
.totals { display: flex; gap: 20px; margin: 14px 0 20px; font-size: 16px; font-weight: 600; font-variant-numeric: tabular-nums; }
.passed { color: var(--good); } .failed, .cancelled { color: var(--bad); } .skipped, .pending { color: var(--soft); }
details.run { background: var(--card); border: 1px solid var(--line); border-radius: 6px; margin: 10px 0; padding: 10px 14px; }
details.run > summary { cursor: pointer; }
summary small { color: var(--soft); margin-left: 10px; font-variant-numeric: tabular-nums; }
.sign { display: inline-block; width: 1.3em; font-weight: 700; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: 12px; }
th, td { padding: 3px 12px 3px 0; vertical-align: top; border-bottom: 1px solid var(--line); }
td { font-variant-numeric: tabular-nums; }
td.number { text-align: right; white-space: nowrap; color: var(--soft); }
td.bytes, .diff td { font: 12px/1.45 ui-monospace, "Cascadia Mono", Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.why { border-left: 3px solid var(--bad); padding: 4px 0 4px 10px; margin: 4px 0 6px; }
.why p { color: var(--text); }
.diff { margin-top: 6px; width: auto; min-width: 50%; }
td small { color: var(--soft); margin-left: 6px; }
.steps > thead th:nth-child(1), .steps > thead th:nth-child(3), .steps > thead th:nth-child(4) { text-align: right; width: 72px; }
.log { table-layout: fixed; }
.log th:nth-child(1) { width: 60px; text-align: right; } .log th:nth-child(2) { width: 140px; }
.log th:nth-child(3) { width: 50px; } .log th:nth-child(4) { width: 90px; }
.s2c { color: var(--s2c); } .c2s { color: var(--c2s); }
tr.anomaly td, tr.error td { color: var(--bad); }
svg { display: block; width: 100%; height: auto; }
svg text { font: 11px system-ui, "Segoe UI", sans-serif; fill: var(--soft); }
svg .axis { stroke: var(--line); } svg .mark { stroke-width: 1.5; stroke: currentColor; fill: currentColor; }
svg .odd { color: var(--bad); } svg .other { color: var(--soft); }
@media print { details.run { break-inside: avoid; } }
`;
