/** Holds "A folder may import from those below it": what each part of the source may import, types included. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

type Zone =
  | 'shared'
  | 'log'
  | 'kernel'
  | 'channel'
  | 'capture'
  | 'session'
  | 'jobs'
  | 'services'
  | 'hosts'
  | 'preload'
  | 'renderer';
interface Import {
  readonly file: string;
  readonly target: string;
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

/** The zones that a zone may import from, besides itself. */
const MAY_IMPORT: Readonly<Record<Zone, readonly Zone[]>> = {
  shared: [],
  log: ['shared'],
  kernel: ['shared'],
  channel: ['shared', 'kernel'],
  capture: ['shared', 'log'],
  session: ['shared', 'log', 'kernel', 'channel'],
  jobs: ['shared', 'log', 'capture'],
  services: ['shared', 'log', 'kernel', 'channel', 'capture', 'session', 'jobs'],
  hosts: ['shared', 'log', 'kernel', 'channel', 'capture', 'session', 'jobs', 'services'],
  preload: ['shared'],
  renderer: ['shared'],
};

/** The first that fits counts. A new folder needs a line here, and one above when it is a zone of its own. */
const FOLDERS: readonly (readonly [where: RegExp, zone: Zone])[] = [
  [/^shared\//, 'shared'],
  [/^main\/log\//, 'log'],
  [/^main\/kernel\//, 'kernel'],
  [/^main\/channel\//, 'channel'],
  [/^main\/capture\//, 'capture'],
  [/^main\/session\//, 'session'],
  [/^main\/jobs\//, 'jobs'],
  [/^main\/(host|headless|cli)\//, 'hosts'],
  [/^main\/(index|headless|cli|demo|demo-peer|workers|data-dir)\.ts$/, 'hosts'],
  [/^main\/[^/]+\.ts$/, 'services'],
  [/^preload\//, 'preload'],
  [/^renderer\//, 'renderer'],
];

const IN_NODE: readonly Zone[] = ['log', 'kernel', 'channel', 'capture', 'session', 'jobs', 'services', 'hosts'];
/** Packages and built-in modules that only some places may use. */
const GUARDED: readonly {
  readonly what: RegExp;
  readonly allowed: (file: string) => boolean;
  readonly rule: string;
}[] = [
  { what: /^node:/, allowed: (file) => IN_NODE.includes(zoneOf(file)), rule: 'Node is for src/main alone' },
  { what: /^koffi$/, allowed: (file) => zoneOf(file) === 'kernel', rule: 'native calls belong to the kernel' },
  { what: /^node:sqlite$/, allowed: (file) => zoneOf(file) === 'capture', rule: 'the database belongs to the capture' },
  {
    what: /^(ws|commander|open|env-paths)$/,
    allowed: (file) => zoneOf(file) === 'hosts',
    rule: 'only a host needs it',
  },
  {
    what: /^(react|react-dom|zustand|uplot|allotment|@fluentui|@tanstack)\b/,
    allowed: (file) => zoneOf(file) === 'renderer',
    rule: 'the window alone draws',
  },
];
const ELECTRON_AT_RUN_TIME = /^(main\/index\.ts|main\/host\/|preload\/)/;

const ROOT = import.meta.dirname;
const STATEMENT = /(?:^|\n)\s*(?:import|export)\s(?:(type)\s)?([^'";]*?\sfrom\s+|\s*)?'([^'\n]+)'/g;
const DYNAMIC = /\bimport\(\s*'([^']+)'\s*\)/g;

function zoneOf(file: string): Zone {
  const zone = FOLDERS.find(([where]) => where.test(file))?.[1];
  if (!zone) throw new Error(`src/${file} is in no folder that the rules know.`);
  return zone;
}

function importsOf(file: string, text: string): Import[] {
  const fixed = [...text.matchAll(STATEMENT)].map(([, type, names = '', target = '']) => ({
    file,
    target: resolved(file, target),
    typeOnly: type === 'type' || /^\{(\s*type [^,}]+,?)+\s*\}\s+from/.test(names.trimStart()),
  }));
  const dynamic = [...text.matchAll(DYNAMIC)].map(([, target = '']) => ({
    file,
    target: resolved(file, target),
    typeOnly: false,
  }));
  return [...fixed, ...dynamic];
}

/** A file of ours as a path below src, whatever the bundler is asked to make of it; a package or a built-in module as it is. */
function resolved(file: string, target: string): string {
  if (!target.startsWith('.')) return target;
  const [where = '', query] = path.posix.join(path.posix.dirname(file), target).split('?');
  return query === undefined ? where : `${where}.ts`;
}

const isTest = (file: string) => /(\.test\.tsx?|\.contract(-peer)?\.ts|\.peers\.ts|\/testing\.ts)$/.test(file);

/** Why the import may not be, as a sentence; undefined where it may. */
function offence(one: Import): string | undefined {
  const { file, target, typeOnly } = one;
  const says = (rule: string) => `src/${file} imports ${target}: ${rule}.`;
  if (target.startsWith('../')) return target.endsWith('package.json') ? undefined : says('it lies outside src');
  if (/^(shared|main|preload|renderer)\//.test(target)) {
    const [from, to] = [zoneOf(file), zoneOf(target)];
    if (from === to || MAY_IMPORT[from].includes(to)) return undefined;
    return says(`${from} may import from ${[from, ...MAY_IMPORT[from]].join(', ')}, not from ${to}`);
  }
  if (target === 'electron' && !typeOnly && !ELECTRON_AT_RUN_TIME.test(file)) {
    return says('only main/index.ts, main/host/ and preload/ run in Electron; elsewhere import types alone');
  }
  if (target === 'electron' && ['shared', 'renderer'].includes(zoneOf(file))) return says('it knows no Electron');
  const guard = isTest(file) ? undefined : GUARDED.find(({ what, allowed }) => what.test(target) && !allowed(file));
  return guard && says(guard.rule);
}

const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => /\.tsx?$/.test(file) && file.includes('/'));
const imports = sources.flatMap((file) => importsOf(file, readFileSync(path.join(ROOT, file), 'utf8')));

test('every folder imports only from those below it', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(imports.length).toBeGreaterThan(sources.length);
  expect(imports.map(offence).filter(Boolean)).toEqual([]);
});

test.each([
  ['shared/x.ts', "import { readFileSync } from 'node:fs';", 'Node is for src/main alone'],
  ['shared/x.ts', "import '../main/services.ts';", 'not from services'],
  ['shared/x.ts', "import type { App } from 'electron';", 'knows no Electron'],
  ['renderer/x.ts', "import type { Kernel } from '../main/kernel/kernel.ts';", 'not from kernel'],
  ['renderer/a/x.tsx', "import {\n  type A,\n  b,\n} from '../../preload/index.ts';", 'not from preload'],
  ['main/kernel/x.ts', "export { openChannel } from '../channel/channel.ts';", 'not from channel'],
  ['main/session/x.ts', "import type { Capture } from '../capture/capture.ts';", 'not from capture'],
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
