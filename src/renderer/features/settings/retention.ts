import * as v from 'valibot';
import { type Settings, settingsSchema } from '../../../shared/settings.ts';
import { parseNumber } from '../../kit/format/number.ts';

export const UNITS = { MiB: 1024 ** 2, GiB: 1024 ** 3 } as const;
export type Unit = keyof typeof UNITS;

/** The fields as typed; a limit that is off keeps its number for when it is on again. */
export interface RetentionForm {
  readonly limitSize: boolean;
  readonly size: string;
  readonly unit: Unit;
  readonly limitAge: boolean;
  readonly days: string;
}

export function retentionForm({ retention }: Settings): RetentionForm {
  const bytes = retention.maxBytes ?? 2 * UNITS.GiB;
  const unit = bytes % UNITS.GiB === 0 ? 'GiB' : 'MiB';
  return {
    limitSize: retention.maxBytes !== null,
    size: String(bytes / UNITS[unit]),
    unit,
    limitAge: retention.maxAgeDays !== null,
    days: String(retention.maxAgeDays ?? 30),
  };
}

export type CheckedRetention =
  | { readonly settings: Settings }
  | { readonly settings: null; readonly field: 'size' | 'days'; readonly problem: string };

/** Checks the form against the contract's own schema. */
export function checkRetention(form: RetentionForm): CheckedRetention {
  const maxBytes = form.limitSize ? Math.round(parseNumber(form.size) * UNITS[form.unit]) : null;
  const maxAgeDays = form.limitAge ? parseNumber(form.days) : null;
  const parsed = v.safeParse(settingsSchema, { retention: { maxBytes, maxAgeDays } });
  if (parsed.success) return { settings: parsed.output };
  const [issue] = parsed.issues;
  const field = v.getDotPath(issue) === 'retention.maxBytes' ? 'size' : 'days';
  if (field === 'days') return { settings: null, field, problem: issue.message };
  return { settings: null, field, problem: 'The size limit must be a number from 16 MiB to 1,024 GiB.' };
}
