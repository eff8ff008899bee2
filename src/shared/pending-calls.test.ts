import { expect, test } from 'vitest';
import { ShmscopeError } from './failure.ts';
import { PendingCalls } from './pending-calls.ts';

const closed = { code: 'closed', message: 'It is closed.' } as const;

test('each call gets the answer of its own id, in whatever order they come', async () => {
  const pending = new PendingCalls();
  const ids: number[] = [];
  const calls = [1, 2].map(() => pending.call((id) => ids.push(id)));
  for (const id of ids.toReversed()) pending.settle(id, { ok: true, value: `answer ${id}` });
  expect(await Promise.all(calls)).toEqual(ids.map((id) => `answer ${id}`));
});

test('a failure is the result of a call, or an error for who wants errors', async () => {
  const pending = new PendingCalls();
  const calls = [pending.begin(() => {}), pending.call(() => {})] as const;
  pending.failAll(closed);
  expect(await calls[0]).toEqual({ ok: false, failure: closed });
  await expect(calls[1]).rejects.toThrow(ShmscopeError);
});

test("a call that can't be posted fails with why, and an answer for nobody is left alone", async () => {
  const pending = new PendingCalls(41);
  const call = pending.begin(() => {
    throw new ShmscopeError('closed', closed.message);
  });
  expect(await call).toEqual({ ok: false, failure: closed });
  expect(() => pending.settle(42, { ok: true, value: null })).not.toThrow();
});
