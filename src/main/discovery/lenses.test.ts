import { afterEach, beforeAll, expect, test } from 'vitest';
import { openChannel } from '../channel/channel.ts';
import { Endpoint } from '../channel/endpoint.ts';
import { asServer, NAMES, refused, utf8 } from '../channel/testing.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { openKernel } from '../kernel/open.ts';
import { Lenses } from './lenses.ts';
import { objects } from './testing.ts';

objects();
let kernel: Kernel;
let lenses: Lenses;
const ends: Endpoint[] = [];
beforeAll(async () => {
  kernel = await openKernel();
});
afterEach(() => {
  lenses.close();
  for (const end of ends.splice(0)) end.close();
});

function server(layout: 'fixed' | 'fixed64'): Endpoint {
  const end = new Endpoint(kernel, openChannel(kernel, asServer({ layout })), () => {});
  ends.push(end);
  lenses = new Lenses(kernel);
  return end;
}

test('a channel is looked at by its name, while somebody asks', async () => {
  const end = server('fixed64');
  expect(lenses.view(NAMES.section).verdict.outcome).toBe('nothing');
  end.send(utf8('hello'));
  await expect.poll(() => lenses.view(NAMES.section).verdict.layouts.server).toEqual(['fixed64']);
});

test('is not kept alive by that, and who asks is told that it was closed', () => {
  const end = server('fixed');
  lenses.view(NAMES.section);
  ends.pop();
  end.close();
  expect(() => lenses.view(NAMES.section)).toThrow(refused('channel-lost'));
  expect(() => lenses.view(NAMES.section)).toThrow(refused('no-such-section', NAMES.section));
});

test('a name of nothing, and one of another kind, are refused with the reason', () => {
  server('fixed');
  expect(() => lenses.view('Local\\nobody')).toThrow(refused('no-such-section', 'Local\\nobody'));
  expect(() => lenses.view(NAMES.eventS2c)).toThrow(refused('name-other-kind'));
});
