import { expect, test } from 'vitest';
import { checkNodeVersion } from './node-version.ts';

test('a Node.js that is too old is named, with one that will do', () => {
  expect(() => checkNodeVersion('20.20.2')).toThrow(
    'This is Node.js 20.20.2, and Shmscope needs Node.js 22 or newer. In the project\'s folder "npx shmscope" runs it on the one that was installed with it.',
  );
});

test.each(['22.0.0', '22.23.3', '24.21.0', '100.1.0'])('Node.js %s will do', (version) => {
  expect(() => checkNodeVersion(version)).not.toThrow();
});
