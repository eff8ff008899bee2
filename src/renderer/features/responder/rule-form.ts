import * as v from 'valibot';
import { mistakeIn } from '../../../shared/responder/read.ts';
import { type ResponderRule, responderSchema } from '../../../shared/responder/schema.ts';
import { parseExactJson, writeExactJson } from '../../../shared/text/exact-json.ts';
import { parseNumber } from '../../kit/format/number.ts';

/** What a rule matches, and what it sends, if one word says it. */
export const MATCHES = ['text', 'json', 'regex', 'hex', 'pattern', 'size', 'type'] as const;
export const REPLIES = ['text', 'json', 'hex'] as const;
export type MatchKind = (typeof MATCHES)[number];
export type ReplyKind = (typeof REPLIES)[number];

export const MATCH_WORDS: Readonly<Record<MatchKind, string>> = {
  text: 'is the text',
  json: 'has this JSON in it',
  regex: 'has text like /…/',
  hex: 'is the bytes',
  pattern: 'has bytes like de ?? be',
  size: 'has this many bytes',
  type: 'is of the type',
};
export const REPLY_WORDS: Readonly<Record<ReplyKind, string>> = {
  text: 'the text',
  json: 'the JSON',
  hex: 'the bytes',
};

/** The contents of one rule's fields; numbers as typed. */
export interface RuleForm {
  readonly name: string;
  readonly enabled: boolean;
  readonly match: MatchKind;
  readonly matched: string;
  /** A condition on the fields of a type. */
  readonly where: string;
  readonly reply: ReplyKind;
  readonly replied: string;
  readonly delay: string;
  /** Empty: without a limit. */
  readonly times: string;
}

export const EMPTY_RULE: RuleForm = {
  ...{ name: '', enabled: true, match: 'text', matched: '', where: '' },
  ...{ reply: 'text', replied: '', delay: '0', times: '' },
};

/** The fields of a rule; null if they can't show all that it says. */
export function ruleFormOf(rule: ResponderRule): RuleForm | null {
  const { name = '', enabled = true, capture, delay = 0, times } = rule;
  const match = matchOf(rule.match);
  const reply = replyOf(rule.reply);
  if (!match || !reply || capture !== undefined) return null;
  return { name, enabled, ...match, ...reply, delay: String(delay), times: times === undefined ? '' : String(times) };
}

function matchOf(match: ResponderRule['match']): Pick<RuleForm, 'match' | 'matched' | 'where'> | null {
  if (typeof match === 'string') return { match: 'text', matched: match, where: '' };
  const { where = '', ...rest } = given(match);
  const [kind, ...more] = MATCHES.filter((one) => rest[one] !== undefined);
  if (!kind || more.length > 0 || Object.keys(rest).length > 1 || (where !== '' && kind !== 'type')) return null;
  return { match: kind, matched: shown(kind, rest[kind]), where: String(where) };
}

function replyOf(reply: ResponderRule['reply']): Pick<RuleForm, 'reply' | 'replied'> | null {
  if (typeof reply === 'string') return { reply: 'text', replied: reply };
  const parts = given(reply);
  const kind = REPLIES.find((one) => parts[one] !== undefined);
  return kind && Object.keys(parts).length === 1 ? { reply: kind, replied: shown(kind, parts[kind]) } : null;
}

const given = (map: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined));
const shown = (kind: string, value: unknown): string => (kind === 'json' ? writeExactJson(value) : String(value));

type RuleField = 'name' | 'match' | 'reply' | 'delay' | 'times';

export interface CheckedRule {
  /** null while something is wrong. */
  readonly rule: ResponderRule | null;
  readonly fields: Readonly<Partial<Record<RuleField, string>>>;
}

const ruleSchema = responderSchema.entries.rules;

/** Checks the fields against the contract's own schema. */
export function checkRuleForm(form: RuleForm): CheckedRule {
  const fields: Partial<Record<RuleField, string>> = {};
  const value = (field: RuleField, kind: string, text: string): unknown => {
    try {
      return kind === 'json' ? parseExactJson(text) : kind === 'size' ? parseNumber(text) : text;
    } catch {
      fields[field] = 'This isn’t JSON.';
      return undefined;
    }
  };
  const rule = {
    ...(form.name.trim() !== '' && { name: form.name.trim() }),
    ...(!form.enabled && { enabled: false }),
    match: { [form.match]: value('match', form.match, form.matched), ...(hasWhere(form) && { where: form.where }) },
    reply: { [form.reply]: value('reply', form.reply, form.replied) },
    ...(form.delay.trim() !== '' && form.delay.trim() !== '0' && { delay: parseNumber(form.delay) }),
    ...(form.times.trim() !== '' && { times: parseNumber(form.times) }),
  };
  const parsed = v.safeParse(ruleSchema, [rule]);
  for (const issue of parsed.issues ?? []) {
    const field = v.getDotPath(issue)?.split('.')[1] as RuleField | undefined;
    if (field) fields[field] ??= issue.message;
  }
  const checked = parsed.success && Object.keys(fields).length === 0 ? parsed.output : null;
  const mistake = checked && mistakeIn({ rules: checked });
  if (mistake) fields.match = mistake.replace(/^.*?: /, '');
  return { rule: (!mistake && checked?.[0]) || null, fields };
}

const hasWhere = ({ match, where }: RuleForm): boolean => match === 'type' && where.trim() !== '';
