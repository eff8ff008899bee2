import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { onEnter } from './on-enter.ts';

const terminal = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY });

test('each line that is typed calls once, whatever is on it, until the end', async () => {
  const [typed, act] = [terminal(true), vi.fn()];
  const end = onEnter(typed, act, () => true);
  typed.write('\n');
  typed.write('\r\n');
  typed.write('help\n');
  await vi.waitFor(() => expect(act).toHaveBeenCalledTimes(3));
  end();
  expect([typed.isPaused(), typed.listenerCount('data')]).toEqual([true, 0]);
});

test('what is no terminal is not read', () => {
  const pipe = terminal(false);
  onEnter(pipe, vi.fn(), () => true)();
  expect(pipe.listenerCount('data')).toBe(0);
});

test.skipIf(process.platform === 'win32')(
  'a terminal that another process has is read only when it is ours again',
  () => {
    const typed = terminal(true);
    let isOurs = false;
    const end = onEnter(typed, vi.fn(), () => isOurs);
    expect(typed.listenerCount('data')).toBe(0);
    isOurs = true;
    process.emit('SIGCONT');
    expect(typed.listenerCount('data')).toBe(1);
    isOurs = false;
    process.emit('SIGCONT');
    expect([typed.listenerCount('data'), typed.isPaused()]).toEqual([0, true]);
    end();
  },
);
