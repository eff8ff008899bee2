import { Button, Tab, TabList, ToggleButton } from '@fluentui/react-components';
import { ArrowRepeatAll16Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react';
import { expandedSize, hasPlaceholders } from '../../../shared/placeholders.ts';
import { useApi } from '../../host/api-context.ts';
import { useConnected, useEndpoint, useSession } from '../../host/host-store.ts';
import { isPress } from '../../kit/commands/keys.ts';
import { useRegistered } from '../../kit/commands/registry.ts';
import { chooseEncoding, useSentEncoding } from '../../kit/encoding/channel-encodings.ts';
import { EncodingSelect } from '../../kit/encoding/EncodingSelect.tsx';
import { formatByteCount, formatInteger } from '../../kit/format/bytes.ts';
import { formatJson } from '../../kit/format/json.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { composerCommands } from './composer-commands.ts';
import { converted, type Draft, type DraftMode, draftParts, isVaried, jsonOf, MODE_WORDS } from './draft.ts';
import { sendDraft, setDraft, useComposition } from './draft-store.ts';
import { Editor } from './Editor.tsx';
import { Example } from './Example.tsx';
import { remember } from './history-store.ts';
import { Library } from './Library.tsx';
import { OutcomeLine } from './OutcomeLine.tsx';
import { OverrunSelect } from './OverrunSelect.tsx';
import { RepeatRow } from './RepeatRow.tsx';
import { sendObstacle } from './send-state.ts';
import './composer.css';

/** Writes a message and sends it, once or repeatedly. */
export function Composer({ session: id }: { session: number }) {
  const api = useApi();
  const session = useSession(id, ({ state }) => ({ state }));
  const capacity = useEndpoint(id, (s) => s.capacity) ?? 0;
  // A plan's own waiting is its business: manual sends queue behind it.
  const isWaiting = useEndpoint(id, (s) => s.sending && s.plan?.state !== 'running') ?? false;
  const connected = useConnected();
  const { draft, n, sending, outcome } = useComposition(id);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [repeating, setRepeating] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const panel = useId();
  const note = useId();
  const encoding = useSentEncoding(id);
  const parsed = useMemo(() => draftParts(draft, encoding), [draft, encoding]);
  const obstacle = session
    ? sendObstacle({ ...session, capacity, sending: isWaiting }, sending, connected, parsed, n)
    : '';
  const send = () => {
    if (obstacle === null && parsed.ok) void sendDraft(api, id, parsed.parts);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isPress('Ctrl+Enter', event)) return;
    event.preventDefault();
    send();
  };
  const write = (next: Draft) => {
    setRefusal(null);
    setDraft(id, next);
  };
  const turnInto = (mode: DraftMode) => {
    const result = converted(draft, mode, encoding);
    if (result.ok) write(result.draft);
    else setRefusal(result.message);
  };
  useRegistered(
    composerCommands({
      api,
      session: id,
      canSend: obstacle === null,
      send,
      write: () => body.current?.querySelector<HTMLElement>('textarea, input')?.focus(),
      turnInto,
      repeat: () => setRepeating(!repeating),
    }),
  );
  if (!session) return null;

  const size = parsed.ok ? expandedSize(parsed.parts, n) : null;
  const over = size !== null && size > capacity && capacity > 0;
  const faulty = (!parsed.ok && draft.mode !== 'file') || over;
  const showFault = () => {
    if (parsed.ok) return;
    field.current?.focus();
    field.current?.setSelectionRange(parsed.at, parsed.at + parsed.length);
  };

  return (
    <section className="composer" data-pane="composer" aria-label="Send a message" onKeyDown={onKeyDown}>
      <div className="pane-bar">
        <TabList size="small" selectedValue={draft.mode} onTabSelect={(_, { value }) => turnInto(value as DraftMode)}>
          {Object.entries(MODE_WORDS).map(([mode, label]) => (
            <Tab key={mode} value={mode} aria-controls={panel}>
              {label}
            </Tab>
          ))}
        </TabList>
        <span className="composer-space" />
        {(draft.mode === 'text' || draft.mode === 'json') && (
          <EncodingSelect
            label="Encoding"
            hint="Send text as"
            value={encoding}
            choose={(write) => chooseEncoding(id, { write })}
          />
        )}
        <Library draft={draft} load={write} />
        <OverrunSelect id={id} />
      </div>
      <div className="composer-middle">
        <div ref={body} className="composer-body" id={panel} role="tabpanel" aria-label={MODE_WORDS[draft.mode]}>
          <Editor
            {...{ draft, field, note, capacity }}
            session={id}
            key={draft.mode}
            invalid={faulty}
            setDraft={write}
            refuse={setRefusal}
          />
        </div>
        <Extras draft={draft} write={write} canFormat={parsed.ok}>
          {parsed.ok && isVaried(parsed.parts) && <Example {...{ n, encoding }} parts={parsed.parts} />}
        </Extras>
        {repeating && (
          <RepeatRow
            id={id}
            parts={obstacle === null && parsed.ok ? parsed.parts : null}
            onStarted={() => remember(draft)}
          />
        )}
      </div>
      <div className="composer-bar">
        <span className={over ? 'composer-count number bad' : 'composer-count number'}>
          {size === null ? '–' : formatInteger(size)} of {formatByteCount(capacity)}
        </span>
        <span className="composer-note" id={note}>
          {refusal ? (
            <span className="warn">{refusal}</span>
          ) : obstacle ? (
            <Obstacle text={obstacle} bad={faulty} {...(!parsed.ok && parsed.length > 0 ? { show: showFault } : {})} />
          ) : (
            <OutcomeLine outcome={outcome} />
          )}
        </span>
        <ToggleButton
          size="small"
          appearance="subtle"
          className="repeat-toggle"
          checked={repeating}
          icon={<ArrowRepeatAll16Regular />}
          aria-label="Repeat…"
          title="Send repeatedly (Alt+A)"
          onClick={() => setRepeating(!repeating)}
        />
        <Button
          size="small"
          appearance="primary"
          className="send"
          aria-keyshortcuts="Control+Enter"
          disabledFocusable={obstacle !== null}
          onClick={send}
        >
          {sending ? 'Sending…' : size === 0 ? 'Send empty message' : 'Send'}
          <span className="shortcut" aria-hidden="true">
            Ctrl ⏎
          </span>
        </Button>
      </div>
    </section>
  );
}

interface ExtrasProps {
  readonly draft: Draft;
  readonly write: (draft: Draft) => void;
  readonly canFormat: boolean;
  readonly children: ReactNode;
}

/** Options for a text or a JSON: placeholders as such or as text, and its form. */
function Extras({ draft, write, canFormat, children }: ExtrasProps) {
  const written = draft.mode === 'text' || draft.mode === 'json';
  const placed = written && hasPlaceholders(draft.content);
  if (!placed && draft.mode !== 'json') return null;
  return (
    <div className="composer-extras">
      {placed && (
        <label title="{{n}} message number · {{time}} UTC with microseconds · {{uuid}} · {{random:16}} 16 hex digits · {{random:16..512}} grows with each repeated message">
          <input
            type="checkbox"
            checked={draft.placeholders}
            onChange={(event) => write({ ...draft, placeholders: event.target.checked })}
          />
          Expand placeholders
        </label>
      )}
      {draft.mode === 'json' && (
        <Button
          size="small"
          appearance="subtle"
          disabledFocusable={!canFormat}
          onClick={() => write({ ...draft, content: formatJson(draft.content, jsonOf(draft)) })}
        >
          Format
        </Button>
      )}
      {children}
    </div>
  );
}

function Obstacle({ text, bad, show }: { text: string; bad: boolean; show?: () => void }) {
  const words = visibleText(text);
  if (!show) return <span className={bad ? 'bad' : 'calm'}>{words}</span>;
  return (
    <button type="button" className="link bad" title={`${words}\nGo there`} onClick={show}>
      {words}
    </button>
  );
}
