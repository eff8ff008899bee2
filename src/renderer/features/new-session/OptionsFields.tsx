import { Checkbox, Field, Input, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { OVERRUN_POLICIES, type OverrunPolicy } from '../../../shared/domain.ts';
import { TAP_MODES, type TapMode } from '../../../shared/session.ts';
import { validation } from '../../kit/controls/validation.ts';
import { MODE_WORDS } from '../tap/words.ts';
import { AccessField } from './AccessField.tsx';
import { AWAITED_WORDS, choosesSize, isAble } from './form.ts';
import type { FieldsProps } from './NamesFields.tsx';
import { CLIENT_LAYOUTS, LAYOUT_WORDS, OVERRUN_WORDS, SERVER_LAYOUTS } from './words.ts';

export function OptionsFields(props: FieldsProps) {
  const { form, change } = props;
  return (
    <>
      {!isAble(form, 'inspect') && <LayoutField {...props} />}
      {isAble(form, 'inspect') && <SnapshotField {...props} />}
      {choosesSize(form) && <SizeField {...props} />}
      {isAble(form, 'send') && <OverrunField {...props} />}
      {isAble(form, 'receive') && <ReceiveField {...props} />}
      {isAble(form, 'sample') && <ModeField {...props} />}
      {isAble(form, 'join') && <WaitField {...props} />}
      {isAble(form, 'reconnect') && (
        <Checkbox
          className="after-label"
          checked={form.reconnect}
          onChange={(_, { checked }) => change({ reconnect: checked === true })}
          label="Reconnect when the server exits or is restarted"
        />
      )}
      {isAble(form, 'sample') && (
        <Checkbox
          className="after-label"
          checked={form.follow}
          onChange={(_, { checked }) => change({ follow: checked === true })}
          label="Follow restarts: when both programs have left, wait for the channel to be created again"
        />
      )}
      {isAble(form, 'create') && <AccessField {...props} />}
      {isAble(form, 'create') && (
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
  const server = isAble(form, 'create');
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

function SnapshotField({ form, checked, change }: FieldsProps) {
  return (
    <Field label="Snapshots" orientation="horizontal" className="wide-label" {...validation(checked, 'snapshotMs')}>
      <div className="receive-choice">
        <Checkbox
          checked={form.snapshots}
          onChange={(_, data) => change({ snapshots: data.checked === true })}
          label="into the log whenever something has changed, at most every"
        />
        <Input
          className="number timeout"
          aria-label="Time between snapshots in milliseconds"
          inputMode="numeric"
          disabled={!form.snapshots}
          value={form.snapshotMs}
          contentAfter="ms"
          onChange={(_, { value }) => change({ snapshotMs: value })}
        />
      </div>
    </Field>
  );
}

function OverrunField({ form, change }: FieldsProps) {
  return (
    <Field label="If unread on send" orientation="horizontal" className="wide-label">
      <Select value={form.overrun} onChange={(_, { value }) => change({ overrun: value as OverrunPolicy })}>
        {OVERRUN_POLICIES.map((policy) => (
          <option key={policy} value={policy}>
            {OVERRUN_WORDS[policy]}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function ModeField({ form, change }: FieldsProps) {
  return (
    <Field label="Mode" orientation="horizontal" className="wide-label">
      <RadioGroup value={form.mode} onChange={(_, { value }) => change({ mode: value as TapMode })}>
        {TAP_MODES.map((mode) => (
          <Radio
            key={mode}
            value={mode}
            label={
              <span className="layout-choice">
                <b>{MODE_WORDS[mode].label}</b> <span>{MODE_WORDS[mode].hint}</span>
              </span>
            }
          />
        ))}
      </RadioGroup>
    </Field>
  );
}

/** A client or tap may be opened before its channel exists. */
function WaitField({ form, checked, change }: FieldsProps) {
  return (
    <Field
      label="If it isn't there"
      orientation="horizontal"
      className="wide-label"
      {...validation(checked, 'limitMs')}
    >
      <div className="receive-choice">
        <Checkbox
          checked={form.wait}
          onChange={(_, data) => change({ wait: data.checked === true })}
          label={`Wait for the ${AWAITED_WORDS[form.role]}${form.wait ? ', for at most' : ''}`}
        />
        {form.wait && (
          <Input
            className="number timeout"
            aria-label="Longest wait in milliseconds, empty for no limit"
            inputMode="numeric"
            placeholder="no limit"
            value={form.limitMs}
            contentAfter="ms"
            onChange={(_, { value }) => change({ limitMs: value })}
          />
        )}
      </div>
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
