import { Checkbox, Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { validation } from '../../kit/controls/validation.ts';
import { visibleText } from '../../kit/format/visible.ts';
import type { CheckedReplay, ReplayForm } from './replay-form.ts';

interface Props {
  readonly form: ReplayForm;
  readonly checked: CheckedReplay;
  /** The log's; empty if all of it is shown. */
  readonly filter: string;
  readonly change: (part: Partial<ReplayForm>) => void;
}

/** When each message is sent, and what is required of the replies. */
export function ReplayFields(props: Props) {
  const { form, filter, change } = props;
  return (
    <>
      {filter !== '' && (
        <Checkbox
          className="after-label"
          checked={form.filtered}
          onChange={(_, data) => change({ filtered: data.checked === true })}
          label={`Only messages that match ${visibleText(filter)}`}
        />
      )}
      <TimingField {...props} />
      <Checkbox
        className="after-label"
        checked={form.step}
        onChange={(_, data) => change({ step: data.checked === true })}
        label="Step by step: each message waits until you release it"
      />
      <RepliesField {...props} />
      <NumberField {...props} name="loops" label="Loops" unit="times in all" />
      <NumberField {...props} name="timeoutMs" label="Patience" unit="ms for a reply, and for a slot to be read" />
    </>
  );
}

const TIMINGS: readonly { readonly how: ReplayForm['how']; readonly label: string; readonly hint: string }[] = [
  { how: 'lockstep', label: 'lockstep', hint: 'Each when all replies recorded before it have arrived.' },
  { how: 'original', label: 'as recorded', hint: 'At the times of the recording.' },
  { how: 'rate', label: 'at a rate', hint: 'A fixed number per second.' },
  { how: 'fast', label: 'fast', hint: 'Each as soon as the one before was read.' },
];

function TimingField({ form, checked, change }: Props) {
  return (
    <Field label="Timing" orientation="horizontal" className="wide-label" {...validation(checked, 'timing')}>
      <div className="replay-timing">
        <RadioGroup value={form.how} onChange={(_, { value }) => change({ how: value as ReplayForm['how'] })}>
          {TIMINGS.map(({ how, label, hint }) => (
            <Radio
              key={how}
              value={how}
              label={
                <span className="layout-choice">
                  <b>{label}</b> <span>{hint}</span>
                </span>
              }
            />
          ))}
        </RadioGroup>
        {form.how === 'original' && (
          <Figure label="Speed" unit="times as fast" value={form.speed} set={(speed) => change({ speed })} />
        )}
        {form.how === 'rate' && (
          <Figure label="Rate" unit="a second" value={form.perSecond} set={(perSecond) => change({ perSecond })} />
        )}
        {form.how === 'lockstep' && (
          <Checkbox
            checked={form.allowGaps}
            onChange={(_, data) => change({ allowGaps: data.checked === true })}
            label="Even where messages are missing in the recording"
          />
        )}
      </div>
    </Field>
  );
}

function RepliesField({ form, checked, change }: Props) {
  return (
    <Field label="Replies" orientation="horizontal" className="wide-label" {...validation(checked, 'ignore')}>
      <div className="replay-replies">
        <Checkbox
          checked={form.compare}
          onChange={(_, data) => change({ compare: data.checked === true })}
          label="Compare them with the recorded ones, except for the fields"
        />
        <Input
          className="mono"
          aria-label="Fields that may differ"
          placeholder="header.time, items[].id"
          disabled={!form.compare}
          value={form.ignore}
          spellCheck={false}
          autoComplete="off"
          onChange={(_, { value }) => change({ ignore: value })}
        />
      </div>
    </Field>
  );
}

function NumberField(props: Props & { name: 'loops' | 'timeoutMs'; label: string; unit: string }) {
  const { form, checked, change, name, label, unit } = props;
  return (
    <Field label={label} orientation="horizontal" className="wide-label" {...validation(checked, name)}>
      <Input
        className="number"
        inputMode="numeric"
        value={form[name]}
        contentAfter={<span className="calm">{unit}</span>}
        onChange={(_, { value }) => change({ [name]: value })}
      />
    </Field>
  );
}

function Figure(props: { label: string; unit: string; value: string; set: (value: string) => void }): ReactNode {
  return (
    <Input
      className="number replay-figure"
      aria-label={props.label}
      inputMode="decimal"
      value={props.value}
      contentAfter={<span className="calm">{props.unit}</span>}
      onChange={(_, { value }) => props.set(value)}
    />
  );
}
