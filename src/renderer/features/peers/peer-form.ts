import * as v from 'valibot';
import { DEFAULT_BUFFER_SIZE, type Layout, type Role } from '../../../shared/domain.ts';
import { BEHAVIOURS, FAULTS } from '../../../shared/peer-behaviours.ts';
import { type Bits, type StartPeer, startPeerSchema } from '../../../shared/peers.ts';
import { parseNumber } from '../../kit/format/number.ts';
import type { Names } from '../new-session/form.ts';

/** The contents of the dialog's fields; lists one entry per line, numbers as typed. */
export interface PeerForm extends Names {
  readonly kind: StartPeer['kind'];
  readonly bits: Bits;
  readonly role: Role;
  readonly layout: Layout;
  readonly bufferSize: string;
  /** A behaviour or a misbehaviour, by its name. */
  readonly does: string;
  /** What `send` and `greet` send. */
  readonly texts: string;
  /** Of a misbehaviour: 0 if nothing varies. */
  readonly seed: string;
  /** A misbehaviour waits for a line on its standard input. */
  readonly onInput: boolean;
  /** Further options of the behaviour, as on a command line. */
  readonly options: string;
  readonly file: string;
  readonly args: string;
  readonly env: string;
  readonly cwd: string;
  /** The section of the channel that a program of the user's speaks on; may be empty. */
  readonly speaksOn: string;
}

export const emptyPeerForm = (names: Names): PeerForm => ({
  ...names,
  ...{ kind: 'bundled', bits: 64, role: 'client', layout: 'sized', bufferSize: String(DEFAULT_BUFFER_SIZE) },
  ...{ does: 'echo', texts: 'Hello', seed: '0', onInput: false, options: '' },
  ...{ file: '', args: '', env: '', cwd: '', speaksOn: '' },
});

export const isFault = (name: string): boolean => FAULTS.some((one) => one.name === name);
export const behaviourOf = (name: string) => [...BEHAVIOURS, ...FAULTS].find((one) => one.name === name);
export const sendsTexts = (name: string): boolean => name === 'send' || name === 'greet';

/** Why that behaviour isn't available with this form; null if it is. */
export function whyNot(name: string, { role, layout }: PeerForm, kernel: string | undefined): string | null {
  const needs = FAULTS.find((one) => one.name === name)?.needs ?? [];
  if (needs.includes('server') && role !== 'server') return 'a server only';
  if (needs.includes('sized') && layout !== 'sized') return 'the layout sized only';
  if (needs.includes('windows') && kernel !== 'kernel32') return 'Windows only';
  return null;
}

/** The lines with something in them. */
const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== '');

function behaviourArgs({ does, texts, seed, onInput, options }: PeerForm): string[] {
  const more = options.split(/\s+/).filter(Boolean);
  if (does === 'send') return [does, ...linesOf(texts), ...more];
  if (does === 'greet') return [does, texts, ...more];
  if (!isFault(does)) return [does, ...more];
  const seeded = seed.trim() === '' || seed.trim() === '0' ? [] : ['--seed', seed.trim()];
  return ['misbehave', does, ...(onInput ? ['--on-input'] : []), ...seeded, ...more];
}

/** NAME=value sets a variable, NAME alone removes it. */
const envOf = (text: string): Record<string, string | null> =>
  Object.fromEntries(
    linesOf(text).map((line) => {
      const at = line.indexOf('=', 1);
      return at < 0 ? [line.trim(), null] : [line.slice(0, at).trim(), line.slice(at + 1)];
    }),
  );

function startOf(form: PeerForm): unknown {
  const { kind, bits, role, section, eventS2c, eventC2s, layout } = form;
  if (kind === 'program')
    return {
      ...{ kind, file: unquoted(form.file), args: linesOf(form.args), env: envOf(form.env) },
      ...(form.cwd.trim() !== '' && { cwd: unquoted(form.cwd) }),
      ...(form.speaksOn.trim() !== '' && { section: form.speaksOn.trim() }),
    };
  const hasSize = role === 'server' && layout === 'sized';
  const bufferSize = hasSize ? parseNumber(form.bufferSize) : DEFAULT_BUFFER_SIZE;
  const channel = { section, eventS2c, eventC2s, layout, bufferSize };
  return { kind, bits, role, ...channel, behaviour: behaviourArgs(form) };
}

/** Windows' "Copy as path" puts quotes around it. */
const unquoted = (path: string): string => path.trim().replace(/^"(.*)"$/, '$1');

type PeerField =
  | 'section'
  | 'eventS2c'
  | 'eventC2s'
  | 'bufferSize'
  | 'seed'
  | 'texts'
  | 'options'
  | 'file'
  | 'args'
  | 'env'
  | 'cwd'
  | 'speaksOn';

export interface CheckedPeer {
  /** null while something is wrong. */
  readonly start: StartPeer | null;
  /** A sentence for each wrong field. */
  readonly fields: Readonly<Partial<Record<PeerField, string>>>;
}

/** Checks the form against the contract's own schema, and against what only the form can know. */
export function checkPeerForm(form: PeerForm): CheckedPeer {
  const fields = ownFaults(form);
  const parsed = v.safeParse(startPeerSchema, startOf(form));
  for (const issue of parsed.issues ?? []) {
    const name = fieldOf(form, v.getDotPath(issue)?.split('.')[0]);
    if (name) fields[name] ??= issue.message;
  }
  return { start: parsed.success && Object.keys(fields).length === 0 ? parsed.output : null, fields };
}

function fieldOf({ kind }: PeerForm, key: string | undefined): PeerField | undefined {
  if (key === 'section') return kind === 'program' ? 'speaksOn' : 'section';
  if (key === 'behaviour') return 'options';
  return key as PeerField | undefined;
}

function ownFaults(form: PeerForm): Partial<Record<PeerField, string>> {
  const faults: Partial<Record<PeerField, string>> = {};
  if (form.kind === 'program') return faults;
  const seed = form.seed.trim() === '' ? 0 : parseNumber(form.seed);
  if (isFault(form.does) && !(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32))
    faults.seed = 'Enter a whole number from 0 to 4,294,967,295.';
  if (sendsTexts(form.does) && form.texts.trim() === '') faults.texts = 'Enter what it should send.';
  const names = [form.section, form.eventS2c, form.eventC2s].map((name) => name.replace(/^Local\\/, ''));
  if (new Set(names).size < 3) faults.eventC2s = 'The section and its two events need three different names.';
  return faults;
}

/** The fields of an entry that is edited or copied. */
export function formOf(start: StartPeer, names: Names): PeerForm {
  const empty = emptyPeerForm(names);
  if (start.kind === 'program') {
    const env = Object.entries(start.env).map(([name, value]) => (value === null ? name : `${name}=${value}`));
    return {
      ...{ ...empty, kind: 'program', file: start.file, args: start.args.join('\n'), env: env.join('\n') },
      ...{ cwd: start.cwd ?? '', speaksOn: start.section ?? '' },
    };
  }
  const { kind, bits, role, section, eventS2c, eventC2s, layout, bufferSize, behaviour } = start;
  const channel = { section, eventS2c, eventC2s, layout, bufferSize: String(bufferSize) };
  return { ...empty, kind, bits, role, ...channel, ...behaviourFields(behaviour, empty) };
}

type BehaviourFields = Pick<PeerForm, 'does' | 'texts' | 'seed' | 'onInput' | 'options'>;

function behaviourFields([first = '', ...rest]: readonly string[], empty: PeerForm): BehaviourFields {
  const { texts, seed } = empty;
  const none = { texts, seed, onInput: false };
  if (first === 'misbehave') {
    const [does = '', ...args] = rest;
    const at = args.indexOf('--seed');
    const given = at < 0 ? seed : (args[at + 1] ?? seed);
    const others = args.filter((arg, i) => arg !== '--on-input' && (at < 0 || (i !== at && i !== at + 1)));
    return { ...none, does, seed: given, onInput: args.includes('--on-input'), options: others.join(' ') };
  }
  if (!sendsTexts(first)) return { ...none, does: first, options: rest.join(' ') };
  const until = rest.findIndex((arg) => arg.startsWith('--'));
  const count = first === 'greet' ? 1 : until < 0 ? rest.length : until;
  return { ...none, does: first, texts: rest.slice(0, count).join('\n'), options: rest.slice(count).join(' ') };
}
