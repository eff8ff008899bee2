import { Field, Input, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { useShallow } from 'zustand/react/shallow';
import { type Layout, ROLES, type Role } from '../../../shared/domain.ts';
import { BITS, type Bits } from '../../../shared/peers.ts';
import { isOnChannel } from '../../../shared/session.ts';
import { useHost } from '../../host/host-store.ts';
import { MonoField } from '../../kit/controls/MonoField.tsx';
import { validation } from '../../kit/controls/validation.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { NAME_FIELDS } from '../../view/channel-names.ts';
import { useFound } from '../discovery/discovery-store.ts';
import type { Names } from '../new-session/form.ts';
import { LAYOUT_WORDS, SERVER_LAYOUTS } from '../new-session/words.ts';
import { uniqueNames } from './dialog-store.ts';
import type { CheckedPeer, PeerForm } from './peer-form.ts';

export interface PeerFieldsProps {
  readonly form: PeerForm;
  readonly checked: CheckedPeer;
  readonly change: (part: Partial<PeerForm>) => void;
}

/** Which end of which channel a bundled peer is. */
export function ChannelFields({ form, checked, change }: PeerFieldsProps) {
  const no32Bit = useHost(({ info }) => info?.no32Bit ?? null);
  return (
    <>
      <Field
        label="Built for"
        orientation="horizontal"
        className="wide-label"
        {...(form.bits === 32 ? { validationMessage: no32Bit } : { hint: no32Bit })}
      >
        <RadioGroup
          layout="horizontal"
          value={String(form.bits)}
          onChange={(_, { value }) => change({ bits: Number(value) as Bits })}
        >
          {BITS.map((bits) => (
            <Radio key={bits} value={String(bits)} label={`${bits} bit`} disabled={bits === 32 && no32Bit !== null} />
          ))}
        </RadioGroup>
      </Field>
      <Field label="Role" orientation="horizontal" className="wide-label">
        <RadioGroup layout="horizontal" value={form.role} onChange={(_, { value }) => change({ role: value as Role })}>
          {ROLES.map((role) => (
            <Radio key={role} value={role} label={role === 'server' ? 'Server' : 'Client'} />
          ))}
        </RadioGroup>
      </Field>
      <ChannelChoice form={form} change={change} />
      {NAME_FIELDS.map(({ name, label }) => (
        <MonoField
          key={name}
          label={label}
          value={form[name]}
          change={(value) => change({ [name]: value })}
          {...validation(checked, name)}
        />
      ))}
      <LayoutField form={form} checked={checked} change={change} />
    </>
  );
}

function LayoutField({ form, checked, change }: PeerFieldsProps) {
  const hasSize = form.role === 'server' && form.layout === 'sized';
  return (
    <Field
      label="Layout"
      orientation="horizontal"
      className="wide-label"
      hint={LAYOUT_WORDS[form.layout].hint}
      {...validation(checked, 'bufferSize')}
    >
      <div className="peer-layout">
        <RadioGroup
          layout="horizontal"
          aria-label="Layout"
          value={form.layout}
          onChange={(_, { value }) => change({ layout: value as Layout })}
        >
          {SERVER_LAYOUTS.map((layout) => (
            <Radio key={layout} value={layout} label={layout} />
          ))}
        </RadioGroup>
        {hasSize && (
          <Input
            className="number"
            aria-label="Buffer size in bytes per direction"
            inputMode="numeric"
            value={form.bufferSize}
            contentAfter="bytes"
            onChange={(_, { value }) => change({ bufferSize: value })}
          />
        )}
      </div>
    </Field>
  );
}

interface Channel extends Names {
  readonly layout: Layout | null;
}

/** Fills in the names of a known channel: of a session here, or found on this machine. */
function ChannelChoice({ form, change }: Omit<PeerFieldsProps, 'checked'>) {
  const { sessions, found } = useChannels();
  const all = [...sessions, ...found];
  const current = all.findIndex(({ section }) => section === form.section);
  const choose = (value: string) => {
    const channel = all[Number(value)];
    if (!channel) return change(uniqueNames());
    const { section, eventS2c, eventC2s, layout } = channel;
    change({ section, eventS2c, eventC2s, ...(layout && { layout }) });
  };
  const option = ({ section }: Channel) => {
    const at = all.findIndex((one) => one.section === section);
    return (
      <option key={at} value={at}>
        {visibleText(section)}
      </option>
    );
  };
  return (
    <Field label="Channel" orientation="horizontal" className="wide-label">
      <Select value={current < 0 ? 'own' : String(current)} onChange={(_, { value }) => choose(value)}>
        <option value="own">A new one, with the names below</option>
        {sessions.length > 0 && <optgroup label="Of a session">{sessions.map(option)}</optgroup>}
        {found.length > 0 && <optgroup label="Found on this machine">{found.map(option)}</optgroup>}
      </Select>
    </Field>
  );
}

function useChannels(): { sessions: readonly Channel[]; found: readonly Channel[] } {
  const live = useHost(useShallow((state) => state.sessions.filter(isOnChannel)));
  const discovered = useFound((state) => state.discovery?.channels);
  const sessions = live
    .map(({ section, eventS2c, eventC2s, layout }) => ({ section, eventS2c, eventC2s, layout }))
    .filter(({ section }, at, all) => all.findIndex((one) => one.section === section) === at);
  const found = (discovered ?? [])
    .filter(({ name }) => !sessions.some(({ section }) => section === name))
    .map(({ name, events, reading }) => ({
      ...{ section: name, eventS2c: events.s2c ?? '', eventC2s: events.c2s ?? '' },
      layout: reading?.layout ?? null,
    }));
  return { sessions, found };
}
