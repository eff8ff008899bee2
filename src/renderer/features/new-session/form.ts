import * as v from 'valibot';
import { type AccessChoice, DEFAULT_ACCESS } from '../../../shared/access.ts';
import {
  DEFAULT_BUFFER_SIZE,
  DEFAULT_EVENT_C2S,
  DEFAULT_EVENT_S2C,
  DEFAULT_SECTION,
  type Layout,
  type OverrunPolicy,
} from '../../../shared/domain.ts';
import { ABSENT, type Failure } from '../../../shared/failure.ts';
import { type OpenOptions, openOptionsSchema, type TapMode } from '../../../shared/session.ts';
import { type Ability, can } from '../../../shared/session-kind.ts';
import { parseNumber } from '../../kit/format/number.ts';

/** What a session is opened as. */
export type OpenRole = OpenOptions['role'];

/** The contents of the dialog's fields; numbers as typed. */
export interface Form {
  readonly role: OpenRole;
  readonly section: string;
  readonly eventS2c: string;
  readonly eventC2s: string;
  /** Of the side that creates the channel. */
  readonly serverLayout: Layout;
  /** Of the side that opens it. */
  readonly clientLayout: Layout | 'auto';
  readonly bufferSize: string;
  readonly overrun: OverrunPolicy;
  readonly takeOver: boolean;
  readonly access: AccessChoice | 'sddl';
  readonly sddl: string;
  readonly receive: boolean;
  readonly timeoutMs: string;
  /** A client or tap waits until the channel exists. */
  readonly wait: boolean;
  /** For at most this long; empty: without a limit. */
  readonly limitMs: string;
  readonly reconnect: boolean;
  readonly mode: TapMode;
  readonly follow: boolean;
  /** Snapshots are taken automatically, this many ms apart. */
  readonly snapshots: boolean;
  readonly snapshotMs: string;
}

export type Names = Pick<Form, 'section' | 'eventS2c' | 'eventC2s'>;

const CRATE_NAMES: Names = {
  section: DEFAULT_SECTION,
  eventS2c: DEFAULT_EVENT_S2C,
  eventC2s: DEFAULT_EVENT_C2S,
};

export const emptyForm = (role: OpenRole, timeoutMs: number, names: Names = CRATE_NAMES): Form => ({
  role,
  section: names.section,
  eventS2c: names.eventS2c,
  eventC2s: names.eventC2s,
  serverLayout: 'sized',
  clientLayout: 'auto',
  bufferSize: String(DEFAULT_BUFFER_SIZE),
  overrun: 'wait',
  takeOver: false,
  access: DEFAULT_ACCESS,
  sddl: '',
  receive: true,
  timeoutMs: String(timeoutMs),
  wait: false,
  limitMs: '',
  reconnect: false,
  mode: 'adaptive',
  follow: false,
  snapshots: false,
  snapshotMs: '1000',
});

const KINDS: Readonly<Record<OpenRole, OpenOptions['kind']>> = {
  server: 'endpoint',
  client: 'endpoint',
  tap: 'tap',
  raw: 'raw',
};
export const OPEN_ROLES = Object.keys(KINDS) as OpenRole[];

/** What the described session will be able to do, which decides the fields that are shown. */
export const isAble = ({ role }: Form, ability: Ability): boolean => can(KINDS[role], role, ability);
export const choosesSize = (form: Form): boolean => isAble(form, 'create') && form.serverLayout === 'sized';

function toOptions(form: Form): unknown {
  const { role, section, eventS2c, eventC2s } = form;
  if (isAble(form, 'inspect'))
    return { kind: KINDS[role], role, section, eventS2c: '', eventC2s: '', snapshotMs: snapshotIntervalOf(form) };
  const creates = isAble(form, 'create');
  return {
    ...{ kind: KINDS[role], role, section, eventS2c, eventC2s },
    layout: creates ? form.serverLayout : form.clientLayout,
    ...(isAble(form, 'send') && {
      bufferSize: choosesSize(form) ? parseNumber(form.bufferSize) : DEFAULT_BUFFER_SIZE,
      takeOver: creates && form.takeOver,
      overrun: form.overrun,
    }),
    ...(creates &&
      form.access !== DEFAULT_ACCESS && { access: form.access === 'sddl' ? form.sddl.trim() : form.access }),
    ...(isAble(form, 'receive') && {
      receive: form.receive ? { mode: 'continuous', timeoutMs: parseNumber(form.timeoutMs) } : null,
    }),
    ...(isAble(form, 'sample') && { mode: form.mode, follow: form.follow }),
    ...(isAble(form, 'join') && form.wait && { wait: { limitMs: limitOf(form) } }),
    ...(isAble(form, 'reconnect') && form.reconnect && { reconnect: true }),
  };
}

const snapshotIntervalOf = ({ snapshots, snapshotMs }: Form): number | null =>
  snapshots ? parseNumber(snapshotMs) : null;

const limitOf = ({ limitMs }: Form): number | null => (limitMs.trim() === '' ? null : parseNumber(limitMs));

type FieldName = 'access' | 'section' | 'eventS2c' | 'eventC2s' | 'bufferSize' | 'timeoutMs' | 'limitMs' | 'snapshotMs';

export interface Checked {
  /** null while something is wrong. */
  readonly options: OpenOptions | null;
  /** A sentence for each wrong field. */
  readonly fields: Readonly<Partial<Record<FieldName, string>>>;
  /** What is wrong with the fields taken together. */
  readonly together: string | null;
}

/** Checks the form against the contract's own schema. */
export function checkForm(form: Form): Checked {
  const parsed = v.safeParse(openOptionsSchema, toOptions(form));
  if (parsed.success) return { options: parsed.output, fields: {}, together: null };
  const fields: Partial<Record<FieldName, string>> = {};
  let together: string | null = null;
  for (const issue of parsed.issues) {
    const name = v.getDotPath(issue)?.split('.').at(-1) as FieldName | undefined;
    if (name) fields[name] ??= issue.message;
    else together ??= issue.message;
  }
  return { options: null, fields, together };
}

/** A change to the form that may cure a failure, and its button's label. */
export interface Remedy {
  readonly label: string;
  readonly change: Partial<Form>;
}

export function remediesFor(failure: Failure, form: Form): readonly Remedy[] {
  if (failure.code === 'name-taken' && isAble(form, 'create') && !form.takeOver)
    return [{ label: 'Take over the existing section', change: { takeOver: true } }];
  if (ABSENT.includes(failure.code) && isAble(form, 'join') && !form.wait)
    return [{ label: `Wait for the ${AWAITED_WORDS[form.role]}`, change: { wait: true } }];
  return (failure.layouts ?? []).map((layout) => ({ label: `Open as ${layout}`, change: { clientLayout: layout } }));
}

/** Whom a session waits for that joins a channel. */
export const AWAITED_WORDS: Readonly<Record<OpenRole, string>> = {
  server: 'client',
  client: 'server',
  tap: 'channel',
  raw: 'section',
};
