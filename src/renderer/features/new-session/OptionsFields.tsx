import { Checkbox, Field, Input, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { OVERRUN_POLICIES, type OverrunPolicy } from '../../../shared/domain.ts';
import { AccessField } from './AccessField.tsx';
import { choosesSize, creates, joins } from './form.ts';
import { type FieldsProps, validation } from './NamesFields.tsx';
import { CLIENT_LAYOUTS, LAYOUT_WORDS, OVERRUN_WORDS, SERVER_LAYOUTS } from './words.ts';

export function OptionsFields(props: FieldsProps) {
  const { form, change } = props;
  return (
    <>
      <LayoutField {...props} />
      {choosesSize(form) && <SizeField {...props} />}
      <Field label="If unread on send" orientation="horizontal" className="wide-label">
        <Select value={form.overrun} onChange={(_, { value }) => change({ overrun: value as OverrunPolicy })}>
          {OVERRUN_POLICIES.map((policy) => (
            <option key={policy} value={policy}>
              {OVERRUN_WORDS[policy]}
            </option>
          ))}
        </Select>
      </Field>
      <ReceiveField {...props} />
      {joins(form) && (
        <>
          <Checkbox
            className="after-label"
            checked={form.wait}
            onChange={(_, { checked }) => change({ wait: checked === true })}
            label="Wait for the server if it isn't there yet"
          />
          <Checkbox
            className="after-label"
            checked={form.reconnect}
            onChange={(_, { checked }) => change({ reconnect: checked === true })}
            label="Reconnect when the server exits or is restarted"
          />
        </>
      )}
      {creates(form) && <AccessField {...props} />}
      {creates(form) && (
        <Checkbox
          className="after-label"
          checked={form.takeOver}
          onChange={(_, { checked }) => change({ takeOver: checked === true })}
          label="Take over an existing section and rewrite its header and both buffers"
        />
      )}
    </>
  );
}

function LayoutField({ form, change }: FieldsProps) {
  const server = creates(form);
  const layouts = server ? SERVER_LAYOUTS : CLIENT_LAYOUTS;
  const chosen = server ? form.serverLayout : form.clientLayout;
  return (
    <Field label="Layout" orientation="horizontal" className="wide-label">
      <RadioGroup
        value={chosen}
        onChange={(_, { value }) => {
          const layout = layouts.find((l) => l === value);
          if (layout) change(server && layout !== 'auto' ? { serverLayout: layout } : { clientLayout: layout });
        }}
      >
        {layouts.map((layout) => (
          <Radio
            key={layout}
            value={layout}
            label={
              <span className="layout-choice">
                <b>{LAYOUT_WORDS[layout].label}</b> <span>{LAYOUT_WORDS[layout].hint}</span>
              </span>
            }
          />
        ))}
      </RadioGroup>
    </Field>
  );
}

function SizeField({ form, checked, change }: FieldsProps) {
  return (
    <Field label="Buffer size" orientation="horizontal" className="wide-label" {...validation(checked, 'bufferSize')}>
      <Input
        className="number short"
        inputMode="numeric"
        value={form.bufferSize}
        contentAfter="bytes per direction"
        onChange={(_, { value }) => change({ bufferSize: value })}
      />
    </Field>
  );
}

function ReceiveField({ form, checked, change }: FieldsProps) {
  return (
    <Field label="Receiving" orientation="horizontal" className="wide-label" {...validation(checked, 'timeoutMs')}>
      <div className="receive-choice">
        <Checkbox
          checked={form.receive}
          onChange={(_, data) => change({ receive: data.checked === true })}
          label="from the start, with a timeout of"
        />
        <Input
          className="number timeout"
          aria-label="Timeout of each wait in milliseconds"
          inputMode="numeric"
          disabled={!form.receive}
          value={form.timeoutMs}
          contentAfter="ms"
          onChange={(_, { value }) => change({ timeoutMs: value })}
        />
      </div>
    </Field>
  );
}
