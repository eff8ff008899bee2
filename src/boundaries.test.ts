/** Enforces "A folder may import from those below it": what each part of the source may import, types included. */
import { expect, test } from 'vitest';
import { type Import, importsBelow, importsOf, isTest } from './imports.testing.ts';

/**
 * What is drawn as one box: its name, its place, what it may import besides itself. The first whose folder fits counts;
 * a new folder needs a line here.
 */
interface Zone {
  readonly name: string;
  readonly files: RegExp;
  readonly below: readonly string[];
}

const CAPTURE = ['capture/thread', 'capture/store', 'capture/write', 'capture/aggregate', 'capture/search'];
const READ = [...CAPTURE, 'capture/fields', 'capture/fold', 'capture/listing', 'capture/read'];
const MAIN = [
  'shared',
  'files',
  'log',
  'kernel',
  'channel',
  'discovery',
  'capture/library',
  'session',
  'peers',
  'jobs',
  'scenario',
  'matrix',
  'replay',
  'responder',
  'capture/replay',
  'capture/export',
  'capture/import',
  'types',
];
const ZONES: readonly Zone[] = [
  { name: 'shared', files: /^shared\//, below: [] },
  { name: 'files', files: /^main\/files\//, below: ['shared'] },
  { name: 'types', files: /^main\/types\//, below: ['shared', 'log', 'files'] },
  { name: 'log', files: /^main\/log\//, below: ['shared'] },
  { name: 'kernel', files: /^main\/kernel\//, below: ['shared'] },
  { name: 'match', files: /^main\/match\//, below: ['shared'] },
  { name: 'channel', files: /^main\/channel\//, below: ['shared', 'kernel'] },
  { name: 'peers', files: /^main\/peers\//, below: ['shared', 'log', 'kernel'] },
  { name: 'discovery', files: /^main\/discovery\//, below: ['shared', 'log', 'kernel', 'channel'] },
  { name: 'capture/thread', files: /^main\/capture\/thread\//, below: ['shared', 'log'] },
  { name: 'capture/store', files: /^main\/capture\/store\//, below: ['shared'] },
  { name: 'capture/aggregate', files: /^main\/capture\/aggregate\//, below: ['shared', 'match', 'capture/store'] },
  { name: 'capture/write', files: /^main\/capture\/write\//, below: ['shared', 'capture/store', 'capture/aggregate'] },
  {
    name: 'capture/search',
    files: /^main\/capture\/search\//,
    below: ['shared', 'match', 'capture/thread', 'capture/store'],
  },
  {
    name: 'capture/fields',
    files: /^main\/capture\/fields\//,
    below: ['shared', 'match', 'capture/thread', 'capture/store', 'capture/aggregate', 'capture/search'],
  },
  { name: 'capture/fold', files: /^main\/capture\/fold\//, below: ['shared', 'capture/store', 'capture/search'] },
  {
    name: 'capture/listing',
    files: /^main\/capture\/listing\//,
    below: ['shared', 'capture/store', 'capture/search', 'capture/fold'],
  },
  { name: 'capture/read', files: /^main\/capture\/read\//, below: ['shared', 'log', ...READ] },
  { name: 'capture/export', files: /^main\/capture\/export\//, below: ['shared', ...CAPTURE] },
  {
    name: 'capture/replay',
    files: /^main\/capture\/replay\//,
    below: ['shared', 'capture/export', ...CAPTURE],
  },
  { name: 'capture/import', files: /^main\/capture\/import\//, below: ['shared', ...CAPTURE] },
  { name: 'capture', files: /^main\/capture\/(capture|testing)\.ts$/, below: ['shared', 'log', ...READ] },
  { name: 'capture/library', files: /^main\/capture\/library\//, below: ['shared', 'log', 'capture', ...READ] },
  {
    name: 'capture/worker',
    files: /^main\/capture\/[^/]+\.ts$/,
    below: ['shared', 'log', 'capture', 'capture/library', ...READ],
  },
  {
    name: 'session/endpoint',
    files: /^main\/session\/endpoint\//,
    below: ['shared', 'match', 'kernel', 'channel', 'session'],
  },
  {
    name: 'session/worker',
    files: /^main\/session\/(dying-)?worker(\.testing)?\.ts$/,
    below: ['shared', 'log', 'kernel', 'channel', 'session', 'session/endpoint'],
  },
  { name: 'session', files: /^main\/session\//, below: ['shared', 'log', 'match', 'kernel', 'channel'] },
  {
    name: 'jobs',
    files: /^main\/jobs\//,
    below: ['shared', 'log', 'capture', 'capture/library', 'capture/export', 'capture/import', ...READ],
  },
  {
    name: 'scenario',
    files: /^main\/scenario\//,
    below: ['shared', 'files', 'log', 'kernel', 'channel', 'session', 'peers', 'types'],
  },
  {
    name: 'replay',
    files: /^main\/replay\//,
    below: ['shared', 'log', 'session', 'capture/export', 'capture/replay', 'capture/library', ...READ],
  },
  {
    name: 'responder',
    files: /^main\/responder\//,
    below: ['shared', 'files', 'session', 'types', 'capture/library'],
  },
  {
    name: 'matrix',
    files: /^main\/matrix\//,
    below: ['shared', 'session', 'peers', 'scenario', 'types'],
  },
  {
    name: 'hosts',
    files: /^main\/((host|headless|cli|demo)\/|(index|headless|cli|workers|data-dir)\.ts$)/,
    below: ['services', 'capture', 'capture/worker', 'session/worker', ...MAIN, ...READ],
  },
  { name: 'services', files: /^main\/[^/]+\.ts$/, below: ['capture', ...MAIN, ...READ] },
  { name: 'preload', files: /^preload\//, below: ['shared'] },
  { name: 'renderer/host', files: /^renderer\/host\//, below: ['shared'] },
  { name: 'renderer/kit', files: /^renderer\/kit\//, below: ['shared', 'renderer/host'] },
  { name: 'renderer/view', files: /^renderer\/view\//, below: ['shared', 'renderer/host', 'renderer/kit'] },
  {
    name: 'renderer/features',
    files: /^renderer\/features\//,
    below: ['shared', 'renderer/host', 'renderer/kit', 'renderer/view'],
  },
  {
    name: 'renderer/app',
    files: /^renderer\/(app\/|main\.tsx$)/,
    below: ['shared', 'renderer/host', 'renderer/kit', 'renderer/view', 'renderer/features'],
  },
];

/** Packages and built-in modules that only some places may use. */
const GUARDED: readonly {
  readonly what: RegExp;
  readonly allowed: (file: string) => boolean;
  readonly rule: string;
}[] = [
  { what: /^node:/, allowed: (file) => file.startsWith('main/'), rule: 'Node is for src/main alone' },
  { what: /^koffi$/, allowed: (file) => zoneOf(file).name === 'kernel', rule: 'native calls belong to the kernel' },
  {
    what: /^web-tree-sitter$/,
    allowed: (file) => zoneOf(file).name === 'types',
    rule: 'declarations are read in main/types alone: in a page its WebAssembly would need a weaker policy',
  },
  {
    what: /^node:sqlite$/,
    allowed: (file) => file.startsWith('main/capture/'),
    rule: 'the database belongs to the capture',
  },
  {
    what: /^(ws|commander|open|env-paths)$/,
    allowed: (file) => zoneOf(file).name === 'hosts',
    rule: 'only a host needs it',
  },
  {
    what: /^(react|react-dom|zustand|allotment|@fluentui|@tanstack)\b/,
    allowed: (file) => file.startsWith('renderer/'),
    rule: 'the window alone draws',
  },
];
const ELECTRON_AT_RUN_TIME = /^(main\/index\.ts|main\/host\/|preload\/)/;

function zoneOf(file: string): Zone {
  const zone = ZONES.find(({ files }) => files.test(file));
  if (!zone) throw new Error(`src/${file} is in no folder that the rules know.`);
  return zone;
}

/** A test may set up what it needs from the rest of its part: a reader's test writes a capture first. */
const isSameHouse = (from: Zone, to: Zone) => from.name.split('/')[0] === to.name.split('/')[0];

/** A test may use another part's test helpers, such as the native peers. */
const isForTests = (target: string) => target.endsWith('.testing.ts');

/** Why the import is forbidden, as a sentence; undefined if it isn't. */
function offence(one: Import): string | undefined {
  const { file, target, typeOnly } = one;
  const says = (rule: string) => `src/${file} imports ${target}: ${rule}.`;
  if (target.startsWith('../')) return target.endsWith('package.json') ? undefined : says('it lies outside src');
  if (/^(shared|main|preload|renderer)\//.test(target)) {
    const [from, to] = [zoneOf(file), zoneOf(target)];
    if (from === to || from.below.includes(to.name) || (isTest(file) && (isSameHouse(from, to) || isForTests(target))))
      return undefined;
    return says(`${from.name} may import from ${[from.name, ...from.below].join(', ')}, not from ${to.name}`);
  }
  if (target === 'electron' && !typeOnly && !ELECTRON_AT_RUN_TIME.test(file)) {
    return says('only main/index.ts, main/host/ and preload/ run in Electron; elsewhere import types alone');
  }
  if (target === 'electron' && /^(shared|renderer)\//.test(file)) return says('it knows no Electron');
  const guard = isTest(file) ? undefined : GUARDED.find(({ what, allowed }) => what.test(target) && !allowed(file));
  return guard && says(guard.rule);
}

const { sources, imports } = importsBelow(import.meta.dirname, (file) => file.includes('/'));

test('every folder imports only from those below it', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(imports.length).toBeGreaterThan(sources.length);
  expect(imports.map(offence).filter(Boolean)).toEqual([]);
});

test.each([
  ['shared/x.ts', "import { readFileSync } from 'node:fs';", 'Node is for src/main alone'],
  ['shared/x.ts', "import '../main/services.ts';", 'not from services'],
  ['shared/x.ts', "import type { App } from 'electron';", 'knows no Electron'],
  ['renderer/kit/x.ts', "import type { Kernel } from '../../main/kernel/kernel.ts';", 'not from kernel'],
  ['renderer/app/x.tsx', "import {\n  type A,\n  b,\n} from '../../preload/index.ts';", 'not from preload'],
  ['renderer/kit/x.ts', "import { useView } from '../view/view-store.ts';", 'not from renderer/view'],
  ['main/capture/store/x.ts', "import type { Writer } from '../write/writer.ts';", 'not from capture/write'],
  ['main/kernel/x.ts', "export { openChannel } from '../channel/channel.ts';", 'not from channel'],
  ['main/session/x.ts', "import type { Capture } from '../capture/capture.ts';", 'not from capture'],
  ['main/session/x.ts', "import { Outbox } from './endpoint/outbox.ts';", 'not from session/endpoint'],
  ['main/capture/x.ts', "const it = await import('../session/registry.ts');", 'not from session'],
  ['main/channel/x.ts', "import koffi from 'koffi';", 'native calls belong to the kernel'],
  ['main/headless/x.ts', "import { app, type App } from 'electron';", 'run in Electron'],
  ['main/x.ts', "import '../../scripts/start.mjs';", 'outside src'],
])('in %s, %j is an offence', (file, text, rule) => {
  expect(importsOf(file, text).map(offence)).toEqual([expect.stringContaining(rule)]);
});

test.each([
  ['main/host/x.ts', "import { app } from 'electron';"],
  ['main/headless/x.ts', "import { type App, type Session } from 'electron';"],
  ['main/cli/x.ts', "import { openKernel } from '../kernel/open.ts';"],
  ['preload/x.ts', "import { IPC } from '../shared/rpc.ts';"],
])('in %s, %j is none', (file, text) => {
  expect(importsOf(file, text).map(offence)).toEqual([undefined]);
});
