import { Field, Input, Select, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { ResponderRule } from '../../../shared/responder/schema.ts';
import { validation } from '../../kit/controls/validation.ts';
import {
  checkRuleForm,
  MATCH_WORDS,
  MATCHES,
  type MatchKind,
  REPLIES,
  REPLY_WORDS,
  type ReplyKind,
  type RuleForm,
  ruleFormOf,
} from './rule-form.ts';

interface Props {
  readonly rule: ResponderRule;
  /** null as long as what is written isn't a rule. */
  readonly change: (rule: ResponderRule | null) => void;
}

/** One rule: which messages it answers, and with what. */
export function RuleFields({ rule, change }: Props) {
  const [form, setForm] = useState(() => ruleFormOf(rule));
  if (!form) return <p className="responder-note calm">This rule says more than fits here. Change it as YAML.</p>;
  const checked = checkRuleForm(form);
  const set = (part: Partial<RuleForm>) => {
    const next = { ...form, ...part };
    setForm(next);
    change(checkRuleForm({ ...next, enabled: rule.enabled !== false }).rule);
  };
  return (
    <div className="responder-fields">
      <Field label="Name" {...validation(checked, 'name')}>
        <Input value={form.name} placeholder="its number" onChange={(_, { value }) => set({ name: value })} />
      </Field>
      <Field label="If a message" {...validation(checked, 'match')}>
        <Select value={form.match} onChange={(_, { value }) => set({ match: value as MatchKind })}>
          {MATCHES.map((kind) => (
            <option key={kind} value={kind}>
              {MATCH_WORDS[kind]}
            </option>
          ))}
        </Select>
        <Textarea
          className="mono"
          aria-label="What is matched"
          value={form.matched}
          spellCheck={false}
          onChange={(_, { value }) => set({ matched: value })}
        />
      </Field>
      {form.match === 'type' && (
        <Field label="And where" hint="Such as hdr.id == 3 and side == SELL. May be empty.">
          <Input className="mono" value={form.where} onChange={(_, { value }) => set({ where: value })} />
        </Field>
      )}
      <Field
        label="Send"
        hint="{{n}} counts its answers; {{time}}, {{uuid}} and {{random:8}} are new each time."
        {...validation(checked, 'reply')}
      >
        <Select value={form.reply} onChange={(_, { value }) => set({ reply: value as ReplyKind })}>
          {REPLIES.map((kind) => (
            <option key={kind} value={kind}>
              {REPLY_WORDS[kind]}
            </option>
          ))}
        </Select>
        <Textarea
          className="mono"
          aria-label="What is sent"
          value={form.replied}
          spellCheck={false}
          onChange={(_, { value }) => set({ replied: value })}
        />
      </Field>
      <div className="responder-numbers">
        <Field label="After" {...validation(checked, 'delay')}>
          <Input
            className="number"
            inputMode="numeric"
            value={form.delay}
            contentAfter="ms"
            onChange={(_, { value }) => set({ delay: value })}
          />
        </Field>
        <Field label="At most" {...validation(checked, 'times')}>
          <Input
            className="number"
            inputMode="numeric"
            value={form.times}
            placeholder="no limit"
            contentAfter="times"
            onChange={(_, { value }) => set({ times: value })}
          />
        </Field>
      </div>
    </div>
  );
}
