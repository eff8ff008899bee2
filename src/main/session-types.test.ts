/** What a capture remembers of the types of its messages, through the contract. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OpenEndpoint } from '../shared/session.ts';
import { openTypes } from '../shared/types/compiled/open.ts';
import { builtWorkers } from './built-worker.testing.ts';
import { type OpenedServices, openServices } from './services.ts';

let folder: string;
let opened: OpenedServices[] = [];
const begin = async (name: string) => {
  const host = await openServices({ dataDir: path.join(folder, name), host: 'headless', workers: builtWorkers() });
  opened.push(host);
  return host;
};

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'shmscope-session-types-'));
  process.env.SHMSCOPE_RUNTIME_DIR = path.join(folder, 'run');
});

afterEach(async () => {
  for (const { close } of opened) await close();
  opened = [];
  rmSync(folder, { recursive: true, force: true });
});

const HEADER = 'struct part { long a; };\nstruct order { struct part p; int n; };\nstruct other { int x; };';
const BINDINGS = 'abi: windows-x64\nbindings:\n  - channel: "Local\\\\Orders*"\n    type: order\n';
const server: OpenEndpoint = {
  ...{ kind: 'endpoint', role: 'server', section: 'Local\\Orders', eventS2c: 'Local\\o-s', eventC2s: 'Local\\o-c' },
  ...{ layout: 'sized', bufferSize: 1024, takeOver: false },
  ...{ overrun: 'wait', receive: null },
};

test('a capture remembers the types of its messages, and opens with them on another machine', async () => {
  const here = await begin('here');
  const { id } = await here.services.open(server);
  await here.services.saveTypeFile({ name: 'order.h', text: HEADER, version: null });
  await here.services.saveTypeFile({ name: 'bindings.yaml', text: BINDINGS, version: null });
  const own = await here.services.sessionTypes(id);
  expect(own.libraries[0]?.types.map(([key]) => key)).toEqual(['struct part', 'struct order']);
  const { captureFile } = await here.services.info();
  await here.services.close(id);
  await here.close();
  opened = [];

  const there = await begin('there');
  const file = path.basename(captureFile).replace('capture-', 'capture-1');
  mkdirSync(path.join(folder, 'there/captures'), { recursive: true });
  copyFileSync(captureFile, path.join(folder, 'there/captures', file));
  const { sessions } = await there.services.openCapture(file);
  const [session = 0] = sessions;
  const kept = await there.services.sessionTypes(session);
  expect(kept).toEqual(own);
  expect(openTypes(kept).match('Local\\Orders', 's2c', new Uint8Array(8))?.decoder.id).toBe('order@windows-x64');

  await there.services.saveTypeFile({ name: 'bindings.yaml', text: 'bindings:\n  - type: json\n', version: null });
  expect((await there.services.sessionTypes(session)).bindings[0]?.type).toBe('order');
  writeFileSync(
    path.join(folder, 'there/types/bindings.yaml'),
    'bindings:\n  - channel: "*\\\\Orders"\n    type: json\n',
  );
  await there.services.types();
  expect((await there.services.sessionTypes(session)).bindings[0]?.type).toBe('json');
});
