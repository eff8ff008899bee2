import { Checkbox, Field, Input, Select, Textarea } from '@fluentui/react-components';
import { BEHAVIOURS, MISBEHAVIOURS } from '../../../shared/peer-behaviours.ts';
import { useHost } from '../../host/host-store.ts';
import { validation } from '../../kit/controls/validation.ts';
import type { PeerFieldsProps } from './ChannelFields.tsx';
import { behaviourOf, isFault, sendsTexts, whyNot } from './peer-form.ts';

/** What a bundled peer does on its channel. */
export function BehaviourFields(props: PeerFieldsProps) {
  const { form, checked, change } = props;
  const kernel = useHost(({ info }) => info?.kernel);
  const chosen = behaviourOf(form.does);
  const problem = whyNot(form.does, form, kernel);
  return (
    <>
      <Field
        label="Behaviour"
        orientation="horizontal"
        className="wide-label"
        {...(problem && { validationState: 'error', validationMessage: `That is for ${problem}. ${CURE}` })}
      >
        <Select
          aria-label="What it does"
          value={form.does}
          onChange={(_, { value }) => change({ does: value, options: '' })}
        >
          <optgroup label="Normal">
            {BEHAVIOURS.map(({ name, does }) => (
              <option key={name} value={name}>{`${name}: ${does}`}</option>
            ))}
          </optgroup>
          {MISBEHAVIOURS.map(({ about, faults }) => (
            <optgroup key={about} label={about}>
              {faults.map(({ name, does }) => {
                const why = whyNot(name, form, kernel);
                return (
                  <option key={name} value={name} disabled={why !== null}>
                    {`${name}: ${does}${why === null ? '' : ` (${why})`}`}
                  </option>
                );
              })}
            </optgroup>
          ))}
        </Select>
      </Field>
      {sendsTexts(form.does) && <TextsField {...props} />}
      {isFault(form.does) && <FaultFields {...props} />}
      <Field
        label="Options"
        orientation="horizontal"
        className="wide-label"
        hint={`Options: ${chosen?.options ?? 'see shm-peer --help'}`}
        {...validation(checked, 'options')}
      >
        <Input
          className="mono"
          value={form.options}
          spellCheck={false}
          autoComplete="off"
          onChange={(_, { value }) => change({ options: value })}
        />
      </Field>
    </>
  );
}

const CURE = 'Choose another, or change the settings above.';

function TextsField({ form, checked, change }: PeerFieldsProps) {
  const several = form.does === 'send';
  const props = { value: form.texts, spellCheck: false };
  const set = (_: unknown, { value }: { value: string }) => change({ texts: value });
  return (
    <Field
      label={several ? 'Messages' : 'Message'}
      orientation="horizontal"
      className="wide-label"
      {...(several && { hint: 'One per line.' })}
      {...validation(checked, 'texts')}
    >
      {several ? <Textarea className="mono" {...props} onChange={set} /> : <Input {...props} onChange={set} />}
    </Field>
  );
}

/** For misbehaviours: when it happens, and what varies. */
function FaultFields({ form, checked, change }: PeerFieldsProps) {
  return (
    <>
      <Field
        label="Seed"
        orientation="horizontal"
        className="wide-label"
        hint="Varies the content, the timing and how many normal messages come first. The same seed repeats the same run; 0: no variation."
        {...validation(checked, 'seed')}
      >
        <Input
          className="number peer-short"
          inputMode="numeric"
          value={form.seed}
          onChange={(_, { value }) => change({ seed: value })}
        />
      </Field>
      <Checkbox
        className="after-label"
        checked={form.onInput}
        onChange={(_, data) => change({ onInput: data.checked === true })}
        label="Do it only when a line is sent to its input"
      />
    </>
  );
}
