import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { oldNodeMessage } from './node-version.ts';

test('a Node.js that is too old is named, with one that will do', () => {
  expect(oldNodeMessage('20.20.2')).toBe(
    'This is Node.js 20.20.2, and Shmscope needs Node.js 22 or newer. In the project\'s folder "npx shmscope" uses the one that was installed with it.',
  );
});

test.each(['22.0.0', '22.23.3', '24.21.0', '100.1.0'])('Node.js %s will do', (version) => {
  expect(oldNodeMessage(version)).toBeNull();
});

test('nothing else is loaded before that', () => {
  const entry = readFileSync(path.join(import.meta.dirname, '../cli.ts'), 'utf8');
  const loaded = [...entry.matchAll(/^import .* from '([^']+)';$/gm)].map(([, name]) => name);
  expect(loaded).toEqual(['./cli/node-version.ts']);
  expect(readFileSync(path.join(import.meta.dirname, 'node-version.ts'), 'utf8')).not.toMatch(/^import /m);
});
