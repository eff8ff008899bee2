import { expect, test } from 'vitest';
import type { ScenarioReport } from '../report.ts';
import { tapText } from './tap.ts';

test('what a scenario is called and what came is on one line each, and plays no tricks on a terminal', () => {
  const report = {
    ...{ name: 'a\u001b[2J\u202eb # SKIP\u0085c', row: null, state: 'failed', steps: [], peers: [], sessions: [] },
    ...{ file: 's.yaml', reason: 'got \u009b2J\u202e and\nmore', tags: [], startedAt: 0, tookMs: 1 },
  } as unknown as ScenarioReport;
  const text = tapText([report]);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
  expect(text).toContain('not ok 1 - a [2J b \\# SKIP c\n');
  expect(text).toContain('got \\u009b2J\\u202e and\\nmore');
});
