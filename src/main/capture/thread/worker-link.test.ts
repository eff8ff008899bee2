import { afterEach, expect, test } from 'vitest';
import { workerPath } from '../testing.ts';
import type { WorkerRole } from './calls.ts';
import { WorkerLink } from './worker-link.ts';

interface Calls {
  close(): void;
  [unknown: string]: (argument?: undefined) => unknown;
}

let link: WorkerLink<Calls>;
afterEach(() => link.end());

const start = (role: WorkerRole['role']) => {
  link = new WorkerLink<Calls>(workerPath, { role });
};

test.each(['writer', 'reader', 'search', 'regex', 'fields', 'librarian'] as const)(
  'a call that the %s does not know is an error with its name',
  async (role) => {
    start(role);
    await expect(link.call('nonsense', undefined)).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining(`The capture's ${role} thread has no call "nonsense".`),
    });
  },
);

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', '#open', ''])('%j is no call', async (name) => {
  start('librarian');
  await expect(link.call(name, undefined)).rejects.toMatchObject({ message: expect.stringContaining('has no call') });
});
