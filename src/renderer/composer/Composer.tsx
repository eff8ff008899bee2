import { Button, Tab, TabList } from '@fluentui/react-components';
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { formatByteCount, formatInteger } from '../format/bytes.ts';
import { visibleText } from '../format/visible.ts';
import { useApi } from '../shell/api-context.ts';
import { useConnected, useSession } from '../shell/host-store.ts';
import { converted, type DraftMode, draftBytes } from './draft.ts';
import { sendBytes, setDraft, useComposition } from './draft-store.ts';
import { OutcomeLine } from './OutcomeLine.tsx';
import { OverrunSelect } from './OverrunSelect.tsx';
import { sendObstacle } from './send-state.ts';
import './composer.css';

/** Writes one message and sends it. */
export function Composer({ session: id }: { session: number }) {
  const api = useApi();
  const session = useSession(id, (s) => ({ state: s.state, capacity: s.capacity, sending: s.sending }));
  const connected = useConnected();
  const { draft, sending, outcome } = useComposition(id);
  const [refusal, setRefusal] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const panel = useId();
  const note = useId();
  const parsed = useMemo(() => draftBytes(draft), [draft]);
  if (!session) return null;

  const obstacle = sendObstacle(session, sending, connected, parsed);
  const size = parsed.ok ? parsed.bytes.length : null;
  const over = size !== null && size > session.capacity && session.capacity > 0;
  const faulty = !parsed.ok || over;

  const send = () => {
    if (obstacle === null && parsed.ok) void sendBytes(api, id, parsed.bytes);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !event.ctrlKey) return;
    event.preventDefault();
    send();
  };
  const write = (content: string) => {
    setRefusal(null);
    setDraft(id, { ...draft, content });
  };
  const turnInto = (mode: DraftMode) => {
    const result = converted(draft, mode);
    setRefusal(result.ok ? null : result.message);
    if (result.ok) setDraft(id, result.draft);
  };
  const showFault = () => {
    if (parsed.ok) return;
    field.current?.focus();
    field.current?.setSelectionRange(parsed.at, parsed.at + 1);
  };

  return (
    <section className="composer" aria-label="Send a message" onKeyDown={onKeyDown}>
      <div className="pane-bar">
        <TabList size="small" selectedValue={draft.mode} onTabSelect={(_, { value }) => turnInto(value as DraftMode)}>
          <Tab value="text" aria-controls={panel}>
            Text
          </Tab>
          <Tab value="hex" aria-controls={panel}>
            Hex
          </Tab>
        </TabList>
        <OverrunSelect id={id} />
      </div>
      <div className="composer-body" id={panel} role="tabpanel" aria-label={draft.mode === 'text' ? 'Text' : 'Hex'}>
        <textarea
          ref={field}
          className="composer-field"
          aria-label={draft.mode === 'text' ? 'Message as text' : 'Message as hex bytes'}
          aria-invalid={faulty}
          aria-describedby={note}
          placeholder={draft.mode === 'text' ? 'Message' : 'de ad be ef'}
          spellCheck={false}
          value={draft.content}
          onChange={(event) => write(event.target.value)}
        />
      </div>
      <div className="composer-bar">
        <span className={over ? 'composer-count number bad' : 'composer-count number'}>
          {size === null ? '–' : formatInteger(size)} of {formatByteCount(session.capacity)}
        </span>
        <span className="composer-note" id={note}>
          {refusal ? (
            <span className="warn">{refusal}</span>
          ) : obstacle ? (
            <Obstacle text={obstacle} bad={faulty} {...(parsed.ok ? {} : { show: showFault })} />
          ) : (
            <OutcomeLine outcome={outcome} />
          )}
        </span>
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

function Obstacle({ text, bad, show }: { text: string; bad: boolean; show?: () => void }) {
  const words = visibleText(text);
  if (!show) return <span className={bad ? 'bad' : 'calm'}>{words}</span>;
  return (
    <button type="button" className="link bad" title={`${words}\nGo there`} onClick={show}>
      {words}
    </button>
  );
}
