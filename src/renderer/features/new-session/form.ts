import * as v from 'valibot';
import { type AccessChoice, DEFAULT_ACCESS } from '../../../shared/access.ts';
import {
  DEFAULT_BUFFER_SIZE,
  DEFAULT_EVENT_C2S,
  DEFAULT_EVENT_S2C,
  DEFAULT_SECTION,
  type Layout,
  type OverrunPolicy,
  type Role,
} from '../../../shared/domain.ts';
import type { Failure, FailureCode } from '../../../shared/failure.ts';
import { type OpenEndpoint, openEndpointSchema } from '../../../shared/session.ts';
import { can } from '../../../shared/session-kind.ts';
import { parseWhole } from '../../kit/format/whole.ts';

/** What stands in the dialog's fields; numbers as they are typed. */
export interface Form {
  readonly role: Role;
  readonly section: string;
  readonly eventS2c: string;
  readonly eventC2s: string;
  readonly serverLayout: Layout;
  readonly clientLayout: Layout | 'auto';
  readonly bufferSize: string;
  readonly overrun: OverrunPolicy;
  readonly takeOver: boolean;
  readonly access: AccessChoice | 'sddl';
  readonly sddl: string;
  readonly receive: boolean;
  readonly timeoutMs: string;
  /** A client waits for its server, without a limit. */
  readonly wait: boolean;
  readonly reconnect: boolean;
}

type Names = Pick<Form, 'section' | 'eventS2c' | 'eventC2s'>;

const CRATE_NAMES: Names = {
  section: DEFAULT_SECTION,
  eventS2c: DEFAULT_EVENT_S2C,
  eventC2s: DEFAULT_EVENT_C2S,
};

export const emptyForm = (role: Role, timeoutMs: number, names: Names = CRATE_NAMES): Form => ({
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
  reconnect: false,
});

export const creates = (form: Form): boolean => can('endpoint', form.role, 'create');
export const joins = (form: Form): boolean => can('endpoint', form.role, 'join');
export const choosesSize = (form: Form): boolean => creates(form) && form.serverLayout === 'sized';

function toOptions(form: Form): unknown {
  return {
    kind: 'endpoint',
    role: form.role,
    section: form.section,
    eventS2c: form.eventS2c,
    eventC2s: form.eventC2s,
    layout: creates(form) ? form.serverLayout : form.clientLayout,
    bufferSize: choosesSize(form) ? parseWhole(form.bufferSize) : DEFAULT_BUFFER_SIZE,
    takeOver: creates(form) && form.takeOver,
    ...(creates(form) &&
      form.access !== DEFAULT_ACCESS && { access: form.access === 'sddl' ? form.sddl.trim() : form.access }),
    overrun: form.overrun,
    receive: form.receive ? { mode: 'continuous', timeoutMs: parseWhole(form.timeoutMs) } : null,
    ...(joins(form) && form.wait && { wait: { limitMs: null } }),
    ...(joins(form) && form.reconnect && { reconnect: true }),
  };
}

export type FieldName = 'access' | 'section' | 'eventS2c' | 'eventC2s' | 'bufferSize' | 'timeoutMs';

export interface Checked {
  /** null while something is wrong. */
  readonly options: OpenEndpoint | null;
  /** A sentence for each field that is wrong. */
  readonly fields: Readonly<Partial<Record<FieldName, string>>>;
  /** What is wrong with the fields taken together. */
  readonly together: string | null;
}

/** Holds the form against the contract's own schema. */
export function checkForm(form: Form): Checked {
  const parsed = v.safeParse(openEndpointSchema, toOptions(form));
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

/** A change to the form that may cure a failure, and the words on its button. */
export interface Remedy {
  readonly label: string;
  readonly change: Partial<Form>;
}

/** What goes away by itself once the server is there. */
const AWAITED: readonly FailureCode[] = ['no-such-section', 'no-such-event'];

export function remediesFor(failure: Failure, form: Form): readonly Remedy[] {
  if (failure.code === 'name-taken' && creates(form) && !form.takeOver)
    return [{ label: 'Take over the existing section', change: { takeOver: true } }];
  if (AWAITED.includes(failure.code) && joins(form)) return [{ label: 'Wait for the server', change: { wait: true } }];
  return (failure.layouts ?? []).map((layout) => ({ label: `Open as ${layout}`, change: { clientLayout: layout } }));
}
