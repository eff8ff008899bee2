import { Button, Switch } from '@fluentui/react-components';
import { Add16Regular, ArrowDown16Regular, ArrowUp16Regular, Delete16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { nameOf, type ResponderRule, type ResponderRules } from '../../../shared/responder/schema.ts';
import { useEndpoint } from '../../host/host-store.ts';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { visibleText } from '../../kit/format/visible.ts';
import { RuleFields } from './RuleFields.tsx';
import { partWords, ruleStateWords } from './rule-words.ts';

interface Props {
  readonly session: number;
  readonly rules: ResponderRules;
  readonly change: (rules: ResponderRules) => void;
  /** The fields don't form a rule, so the rules are unchanged. */
  readonly tellWrong: (wrong: boolean) => void;
}

const NEW: ResponderRule = { match: { text: '' }, reply: { text: '' } };

/** The rules in order, of which the first match responds; and the fields of the chosen one. */
export function RuleEditor({ session, rules: all, change, tellWrong }: Props) {
  const { rules } = all;
  const [chosen, setChosen] = useState(rules.length - 1);
  const choose = (at: number) => {
    setChosen(at);
    tellWrong(false);
  };
  const put = (next: readonly ResponderRule[]) => change({ ...all, rules: [...next] });
  const move = (from: number, step: 1 | -1) => {
    const rule = rules[from];
    if (!rule || from + step < 0 || from + step >= rules.length) return;
    put(rules.toSpliced(from, 1).toSpliced(from + step, 0, rule));
    choose(from + step);
  };
  const rule = rules[chosen];
  return (
    <div className="responder-parts">
      <div className="responder-rules">
        {rules.length === 0 && <p className="calm">No rule yet. Of several that match, the first answers.</p>}
        <ol aria-label="Rules">
          {rules.map((one, at) => (
            <RuleItem
              // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no other name of its own
              key={at}
              {...{ session, at }}
              rule={one}
              chosen={at === chosen}
              choose={() => choose(at)}
              toggle={() => put(rules.with(at, { ...one, enabled: one.enabled === false }))}
            />
          ))}
        </ol>
        <div className="responder-tools">
          <Button
            size="small"
            icon={<Add16Regular />}
            onClick={() => {
              put([...rules, NEW]);
              choose(rules.length);
            }}
          >
            Add a rule
          </Button>
          <IconButton
            icon={<ArrowUp16Regular />}
            label="Move the rule up"
            disabledFocusable={chosen <= 0}
            onClick={() => move(chosen, -1)}
          />
          <IconButton
            icon={<ArrowDown16Regular />}
            label="Move the rule down"
            disabledFocusable={!rule || chosen >= rules.length - 1}
            onClick={() => move(chosen, 1)}
          />
          <IconButton
            icon={<Delete16Regular />}
            label="Remove the rule"
            disabledFocusable={!rule}
            onClick={() => {
              put(rules.toSpliced(chosen, 1));
              choose(Math.min(chosen, rules.length - 2));
            }}
          />
        </div>
      </div>
      {rule && (
        <RuleFields
          key={chosen}
          rule={rule}
          change={(next) => {
            tellWrong(next === null);
            if (next) put(rules.with(chosen, next));
          }}
        />
      )}
    </div>
  );
}

interface ItemProps {
  readonly session: number;
  readonly at: number;
  readonly rule: ResponderRule;
  readonly chosen: boolean;
  readonly choose: () => void;
  readonly toggle: () => void;
}

function RuleItem({ session, at, rule, chosen, choose, toggle }: ItemProps) {
  const name = visibleText(nameOf(rule, at));
  const state = useEndpoint(session, ({ responder }) => ({ state: responder?.rules.find((one) => one.name === name) }));
  return (
    <li className="responder-rule" data-selected={chosen}>
      <Switch aria-label={`${name} is on`} checked={rule.enabled !== false} onChange={toggle} />
      <button type="button" className="bare-button responder-choose" aria-current={chosen} onClick={choose}>
        <span className="responder-name foreign">{name}</span>
        <span className="responder-words foreign">
          {partWords(rule.match)} → {partWords(rule.reply)}
        </span>
        {state?.state && (
          <span className={state.state.failure ? 'responder-words bad foreign' : 'responder-words number'}>
            {state.state.failure ? visibleText(state.state.failure) : ruleStateWords(state.state)}
          </span>
        )}
      </button>
    </li>
  );
}
