import { expect, test } from 'vitest';
import type { ResponderRule } from '../../../shared/responder/schema.ts';
import { checkRuleForm, EMPTY_RULE, type RuleForm, ruleFormOf } from './rule-form.ts';

const check = (change: Partial<RuleForm>) => checkRuleForm({ ...EMPTY_RULE, matched: 'a', replied: 'b', ...change });

test('what is filled in is the rule; what is as usual is left out', () => {
  expect(check({}).rule).toEqual({ match: { text: 'a' }, reply: { text: 'b' } });
  expect(
    check({ name: ' x ', match: 'json', matched: '{"id":1}', reply: 'hex', replied: 'de ad', delay: '5', times: '2' })
      .rule,
  ).toEqual({ name: 'x', match: { json: { id: 1 } }, reply: { hex: 'de ad' }, delay: 5, times: 2 });
  expect(check({ match: 'size', matched: '1,024', enabled: false }).rule).toMatchObject({
    ...{ enabled: false, match: { size: 1024 } },
  });
});

test('a rule that is edited and not changed stays as it is', () => {
  const rules: ResponderRule[] = [
    { match: { text: 'a' }, reply: { json: { b: [1] } } },
    { name: 'n', enabled: false, match: { pattern: 'de ?? be' }, reply: { hex: '00' }, delay: 10, times: 3 },
    { match: { regex: '^a' }, reply: { text: '{{n}}' } },
    { match: { json: { id: 9_007_199_254_740_993n } }, reply: { json: [2n ** 64n, 1] } },
  ];
  for (const rule of rules) {
    const form = ruleFormOf(rule);
    expect(form && checkRuleForm(form).rule).toEqual(rule);
  }
});

test('a rule that says more than the fields can show is left to YAML', () => {
  expect(ruleFormOf({ match: { text: 'a', size: 1 }, reply: 'b' })).toBeNull();
  expect(ruleFormOf({ match: 'a', reply: { text: 'b', encoding: 'utf-16le' } })).toBeNull();
  expect(ruleFormOf({ match: 'a', capture: { all: 'text' }, reply: '{{all}}' })).toBeNull();
  expect(ruleFormOf({ match: 'a', reply: 'b' })).not.toBeNull();
});

test.each<[Partial<RuleForm>, string, RegExp]>([
  [{ match: 'json', matched: '{' }, 'match', /JSON/],
  [{ match: 'regex', matched: '(' }, 'match', /./],
  [{ match: 'size', matched: 'much' }, 'match', /./],
  [{ reply: 'json', replied: 'x' }, 'reply', /JSON/],
  [{ delay: '-1' }, 'delay', /delay/i],
  [{ times: '0' }, 'times', /times/],
])('%j is refused at its field', (change, field, sentence) => {
  const { rule, fields } = check(change);
  expect(rule).toBeNull();
  expect(fields[field as keyof typeof fields]).toMatch(sentence);
});
