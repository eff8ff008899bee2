import { Tab, TabList } from '@fluentui/react-components';
import { Search16Regular, TextWrap16Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, useId, useState } from 'react';
import { create } from 'zustand';
import type { LogRow } from '../../../shared/log.ts';
import { titleOf } from '../../../shared/text/encodings.ts';
import { useChannel } from '../../host/host-store.ts';
import { orNotify } from '../../host/notices-store.ts';
import { isPress } from '../../kit/commands/keys.ts';
import { inGroup, useRegistered } from '../../kit/commands/registry.ts';
import { IconToggle } from '../../kit/controls/IconButton.tsx';
import { chooseEncoding, encodingFor, useEncoding } from '../../kit/encoding/channel-encodings.ts';
import { EncodingSelect } from '../../kit/encoding/EncodingSelect.tsx';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { copyPayload } from '../../view/copy.ts';
import { Visible } from '../../view/Preview.tsx';
import type { PayloadSource } from '../../view/payload-source.ts';
import { FieldsView } from '../fields/FieldsView.tsx';
import { useIsTyped } from '../fields/use-match.ts';
import { InspectorBar } from '../inspector/InspectorBar.tsx';
import { INSPECTED_BYTES } from '../inspector/values.ts';
import type { Hit } from './byte-search.ts';
import { type ByteSelection, rangeOf, START } from './byte-selection.ts';
import { CopyMenu } from './CopyMenu.tsx';
import { Facts } from './Facts.tsx';
import { HexView } from './HexView.tsx';
import { JsonView } from './JsonView.tsx';
import { CompareMenu, ResendMenu } from './RecordMenus.tsx';
import { SearchBar } from './SearchBar.tsx';
import { TextView } from './TextView.tsx';
import { usePayload, usePayloadFailure, useSlice } from './use-payload.ts';

const FORMS = { text: 'Text', hex: 'Hex', json: 'JSON', fields: 'Fields' } as const;
type Form = keyof typeof FORMS;

interface Looked {
  readonly form: Form;
  /** For a section's bytes, which are hardly ever text. */
  readonly snapshotForm: Form;
  /** For messages that have a declared type. */
  readonly typedForm: Form;
  readonly wrap: boolean;
  readonly searching: boolean;
}

/** How payloads are shown, from record to record. */
const useDetail = create<Looked>(() => ({
  form: 'text',
  snapshotForm: 'hex',
  typedForm: 'fields',
  wrap: true,
  searching: false,
}));

/** A message: its bytes in several forms, and what can be done with them. */
export function MessageDetail({ session, row }: { session: number; row: LogRow }) {
  const source = usePayload(session, row.seq, row.size);
  const failure = usePayloadFailure(source);
  const choice = useEncoding(session);
  const encoding = encodingFor(choice, row.preview, row.size);
  const isTyped = useIsTyped(session, row);
  const formOf = row.kind === 'snapshot' ? 'snapshotForm' : isTyped ? 'typedForm' : 'form';
  const { [formOf]: chosen, wrap, searching } = useDetail();
  const choose = (form: Form) => useDetail.setState({ [formOf]: form });
  const [selection, select] = useState<ByteSelection>(START);
  const [hit, setHit] = useState<Hit | null>(null);
  const panel = useId();
  const form = source.size === 0 && chosen === 'hex' ? 'text' : chosen;
  const range = rangeOf(selection);
  const copy = () => void orNotify("Couldn't copy", copyPayload(source, range, 'hex'));
  const several = (form === 'hex' || form === 'fields') && range.to - range.from > 1;

  useRegistered(
    inGroup('Selected record', [
      ...Object.entries(FORMS).map(([value, label], at) => ({
        ...{ id: `payload-${value}`, title: `Show the payload as ${label}`, keys: `Alt+${at + 5}` },
        run: () => choose(value as Form),
      })),
      {
        ...{ id: 'payload-find', title: 'Find in the payload', keys: 'Ctrl+F', local: true },
        run: () => useDetail.setState({ searching: true }),
        when: () => isSearchable(form),
      },
      {
        ...{ id: 'payload-wrap', title: 'Toggle line wrap' },
        run: () => useDetail.setState({ wrap: !wrap }),
        when: () => form === 'text',
      },
    ]),
  );

  const found = (next: Hit) => {
    setHit(next);
    select({ anchor: next.to - 1, cursor: next.from });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isPress('Ctrl+F', event)) {
      event.preventDefault();
      event.stopPropagation();
      useDetail.setState({ searching: true });
    }
    if (isPress('Escape', event) && searching) useDetail.setState({ searching: false });
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys for what is within
    <div className="message-detail" onKeyDown={onKeyDown}>
      <div className="pane-bar">
        <TabList size="small" selectedValue={form} onTabSelect={(_, { value }) => choose(value as Form)}>
          {Object.entries(FORMS).map(([value, label]) => (
            <Tab key={value} value={value} aria-controls={panel}>
              {label}
            </Tab>
          ))}
        </TabList>
        <Facts row={row} />
        <div className="detail-tools">
          {form !== 'hex' && form !== 'fields' && (
            <EncodingSelect
              label="Encoding"
              hint="Encoding of this channel's payloads"
              value={choice}
              choose={(read) => chooseEncoding(session, { read })}
              autoWords={`Auto: ${titleOf(encodingFor('auto', row.preview, row.size))}`}
            />
          )}
          {form === 'text' && (
            <IconToggle
              label="Wrap lines"
              className="wrap-toggle"
              checked={wrap}
              icon={<TextWrap16Regular />}
              onClick={() => useDetail.setState({ wrap: !wrap })}
            />
          )}
          {isSearchable(form) && (
            <IconToggle
              label="Find in the payload"
              keys="Ctrl+F"
              checked={searching}
              icon={<Search16Regular />}
              onClick={() => useDetail.setState({ searching: !searching })}
            />
          )}
          <CompareMenu session={session} seq={row.seq} source={source} lane={row.lane} />
          <ResendMenu session={session} seq={row.seq} source={source} isTyped={isTyped} />
          <CopyMenu source={source} encoding={encoding} selected={several ? range : null} />
        </div>
      </div>
      {row.detail && (
        <p className="detail-hint">
          <Visible text={row.detail} />
        </p>
      )}
      <MaybeCutOff session={session} row={row} />
      {searching && isSearchable(form) && (
        <SearchBar
          source={source}
          encoding={encoding}
          current={hit ?? { from: selection.cursor, to: selection.cursor }}
          found={found}
          {...(form === 'hex' && { goTo: (cursor: number) => select({ anchor: cursor, cursor }) })}
        />
      )}
      <div className="detail-body" id={panel} role="tabpanel" aria-label={FORMS[form]}>
        {failure ? (
          <FailureMessage title="Couldn't read the payload" failure={failure} />
        ) : form === 'hex' ? (
          <Hex {...{ source, selection, select, copy }} />
        ) : form === 'fields' ? (
          <FieldsView
            {...{ session, row, source }}
            selected={range}
            select={({ from, to }) => select({ anchor: to - 1, cursor: from })}
            hex={<HexView {...{ source, selection, select, copy }} />}
          />
        ) : form === 'json' && source.size > 0 ? (
          <JsonView source={source} encoding={encoding} />
        ) : (
          <TextView source={source} encoding={encoding} wrap={wrap} hit={searching ? hit : null} />
        )}
      </div>
    </div>
  );
}

interface HexProps {
  readonly source: PayloadSource;
  readonly selection: ByteSelection;
  readonly select: (selection: ByteSelection) => void;
  readonly copy: () => void;
}

const isSearchable = (form: Form): boolean => form === 'text' || form === 'hex';

function Hex({ source, selection, select, copy }: HexProps) {
  const { from, to } = rangeOf(selection);
  const bytes = useSlice(source, from, Math.min(source.size, from + INSPECTED_BYTES));
  return (
    <>
      <HexView source={source} selection={selection} select={select} copy={copy} />
      <InspectorBar at={from} selected={to - from} bytes={bytes} />
    </>
  );
}

/** A message that fills the buffer may have been longer: the crate silently sends what fits. */
function MaybeCutOff({ session, row }: { session: number; row: LogRow }) {
  const capacity = useChannel(session, (s) => s.capacity);
  if (row.direction === 'out' || row.size === 0 || row.size !== capacity) return null;
  return (
    <p className="detail-hint">
      This message fills the buffer completely. It may have been longer: the crate silently truncates messages that
      don't fit.
    </p>
  );
}
