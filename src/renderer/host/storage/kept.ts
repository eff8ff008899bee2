import type { Api } from '../../../shared/api.ts';
import {
  KEPT_KEYS,
  KEPT_META,
  type KeptKey,
  type KeptText,
  type KeptTexts,
  type KeptVersions,
  MAX_KEPT_BYTES,
} from '../../../shared/kept.ts';
import { useHost } from '../host-store.ts';
import { notify } from '../notices-store.ts';

/** ms between two writes of a value that changes all the time, such as the position of a splitter. */
const PAUSE_MS = 250;

/** What is kept, as named in a sentence. */
const WORDS: Readonly<Record<KeptKey, string>> = {
  alarms: 'alarms',
  answers: 'saved rules',
  columns: 'log columns',
  encodings: 'channel encodings',
  'field-columns': 'columns of fields',
  filters: 'saved filters',
  'fold-timeouts': 'timeout folding',
  peers: 'saved peers',
  'receive-timeout': 'last timeout',
  scenarios: 'list of scenarios',
  sent: 'recently sent messages',
  'split.foot': 'pane sizes',
  'split.foot-narrow': 'pane sizes',
  'split.lab': 'pane sizes',
  'split.log': 'pane sizes',
  'split.log-narrow': 'pane sizes',
  templates: 'templates',
  theme: 'theme',
  'time-mode': 'time display',
  timeline: 'timeline state',
  'timeline.measure': 'timeline measure',
  'timeline.tracks': 'timeline tracks',
  'window-settings': 'window settings',
};

/** A value as this window has it. */
interface Value {
  text: string | null;
  /** The host's version that `text` is, or was before it was changed here. */
  version: number;
  /** The last one that the host reported. */
  reported: number;
  /** Changed here, and not sent to the host yet. */
  changed: boolean;
  /** Called when the host has it. */
  written: (() => void) | undefined;
  /** The host's value is invalid, as this sentence says: it is moved aside before anything is written. */
  damage: string | null;
  /** Waits for the host. */
  busy: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
  nextWrite: number;
  readonly listeners: Set<() => void>;
}

const NOTHING: KeptText = { text: null, version: 0 };
const delivered = readPage();
const values = new Map(KEPT_KEYS.map((key) => [key, fresh(delivered[key] ?? NOTHING)]));
let api: Pick<Api, 'kept' | 'keep' | 'setAsideKept'> | undefined;

/** JSON that is kept under `key`; null if nothing is. Available from the page's first moment. */
export const keptText = (key: KeptKey): string | null => value(key).text;

/**
 * Calls `changed` when another window has stored something under `key`, or removed it. Returns an unsubscribe function.
 */
export function onKept(key: KeptKey, changed: () => void): () => void {
  const { listeners } = value(key);
  listeners.add(changed);
  return () => void listeners.delete(changed);
}

/** Stores JSON under `key` for every window, soon. Reports it if that fails. @param written it is on disk */
export function keepText(key: KeptKey, text: string, written?: () => void): void {
  const one = value(key);
  Object.assign(one, { text, changed: true, written: written ?? one.written });
  write(key);
}

/** Makes the host move aside what is kept under `key`, and reports it. */
export function setAside(key: KeptKey, damage: string): void {
  Object.assign(value(key), { text: null, damage });
  write(key);
}

/** From now on values go to the host, and come from it. */
export function followKept(host: Pick<Api, 'kept' | 'keep' | 'setAsideKept'>): void {
  api = host;
  useHost.subscribe((state, before) => {
    if (state.kept !== null && state.kept !== before.kept) hear(state.kept);
    if (state.connection === 'connected' && before.connection !== 'connected') writeAll();
  });
  globalThis.addEventListener?.('pagehide', writeNow);
  writeAll();
}

function hear(versions: KeptVersions): void {
  for (const key of KEPT_KEYS) {
    const one = value(key);
    one.reported = versions[key] ?? NOTHING.version;
    if (one.reported !== one.version) void read(key);
  }
}

async function read(key: KeptKey): Promise<void> {
  const one = value(key);
  if (!api || one.busy || one.changed || one.damage !== null) return;
  one.busy = true;
  const answer = await api.kept(key);
  one.busy = false;
  // What was changed here meanwhile wins.
  if (one.changed) return write(key);
  if (!answer.ok) return;
  one.version = answer.value.version;
  if (one.text !== answer.value.text) {
    one.text = answer.value.text;
    for (const listener of one.listeners) listener();
  }
  if (one.reported > one.version) void read(key);
}

function writeAll(): void {
  for (const key of KEPT_KEYS) write(key);
}

/** The page is being left: what is pending has no later turn. */
function writeNow(): void {
  for (const [key, one] of values) if (one.changed && one.damage === null) void send(key, one);
}

function write(key: KeptKey): void {
  const one = value(key);
  if (!api || one.busy || !(one.changed || one.damage !== null)) return;
  clearTimeout(one.timer);
  const wait = one.nextWrite - performance.now();
  if (wait > 0) one.timer = setTimeout(() => write(key), wait);
  else void (one.damage === null ? send(key, one) : moveAside(key, one, one.damage));
}

async function send(key: KeptKey, one: Value): Promise<void> {
  one.changed = false;
  one.nextWrite = performance.now() + PAUSE_MS;
  const bytes = new TextEncoder().encode(one.text ?? 'null');
  if (bytes.byteLength > MAX_KEPT_BYTES) return sayNoRoom(key);
  one.busy = true;
  const answer = await api?.keep(key, bytes);
  one.busy = false;
  if (answer?.ok) {
    one.version = answer.value;
    one.written?.();
    one.written = undefined;
  } else if (answer?.failure.code === 'disconnected') {
    // It is sent to the host once that is back.
    one.changed = true;
  } else if (answer) notify(`Couldn't save the ${WORDS[key]}`, answer.failure);
  if (one.changed && answer?.ok) write(key);
  else if (one.reported > one.version) void read(key);
}

async function moveAside(key: KeptKey, one: Value, damage: string): Promise<void> {
  one.busy = true;
  const answer = await api?.setAsideKept(key, one.version);
  one.busy = false;
  if (!answer?.ok) {
    // The damaged one stays where it is: nothing overwrites it.
    if (answer && answer.failure.code !== 'disconnected') notify(`Couldn't read the ${WORDS[key]}`, answer.failure);
    return;
  }
  one.damage = null;
  if (answer.value !== null)
    notify(`Couldn't read the ${WORDS[key]}`, {
      code: 'settings-failed',
      message: `The saved data is damaged (${damage}). It was set aside as ${answer.value}, and the defaults are used.`,
    });
  if (one.changed) write(key);
  else void read(key);
}

function sayNoRoom(key: KeptKey): void {
  const message =
    'They take more than 8 MiB, so the latest additions will be lost when the window closes. Delete some.';
  notify(`Couldn't save the ${WORDS[key]}`, { code: 'settings-failed', message });
}

function value(key: KeptKey): Value {
  return values.get(key) as Value;
}

function fresh({ text, version }: KeptText): Value {
  const idle = { changed: false, written: undefined, damage: null, busy: false, timer: undefined, nextWrite: 0 };
  return { ...idle, text, version, reported: version, listeners: new Set() };
}

/** What the host put into the page. */
function readPage(): KeptTexts {
  const text = globalThis.document?.querySelector<HTMLMetaElement>(`meta[name=${KEPT_META}]`)?.content;
  return text ? (JSON.parse(text) as KeptTexts) : {};
}
