import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useApi } from '../host/api-context.ts';
import { useHost } from '../host/host-store.ts';
import { dismiss, orNotify, useNotices } from '../host/notices-store.ts';
import { plural } from '../kit/format/bytes.ts';
import { visibleText } from '../kit/format/visible.ts';
import { FailureMessage } from '../kit/trouble/FailureMessage.tsx';

/** What concerns the whole window: a lost host, a capture that stopped, and errors until they are dismissed. */
export function Banners() {
  const notices = useNotices((state) => state.notices);
  return (
    <div className="banners">
      <LostHost />
      <StoppedCapture />
      {notices.map(({ id, title, about }) =>
        typeof about === 'string' ? (
          <Told key={id} title={title} words={about} end={<Dismiss id={id} />} />
        ) : (
          <FailureMessage key={id} title={title} failure={about} end={<Dismiss id={id} />} />
        ),
      )}
    </div>
  );
}

function Dismiss({ id }: { id: number }) {
  return (
    <Button
      appearance="transparent"
      size="small"
      icon={<Dismiss16Regular />}
      aria-label="Dismiss"
      onClick={() => dismiss(id)}
    />
  );
}

function Told({ title, words, end }: { title: string; words: string; end: ReactElement }) {
  return (
    <MessageBar intent="info" layout="multiline" role="status">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle> {words}
      </MessageBarBody>
      <MessageBarActions containerAction={end} />
    </MessageBar>
  );
}

function LostHost() {
  const lost = useHost((state) => state.connection === 'disconnected');
  if (!lost) return null;
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>Lost the connection to the Shmscope host.</MessageBarTitle> The window shows the last known
        state and reconnects automatically. If the host was stopped, start it again and open the address it prints.
      </MessageBarBody>
    </MessageBar>
  );
}

function StoppedCapture() {
  const api = useApi();
  const capture = useHost((state) => state.capture);
  if (capture?.state !== 'stopped') return null;
  return (
    <FailureMessage
      title="The capture stopped"
      failure={{
        code: 'capture-failed',
        message: `${visibleText(capture.reason)} Receiving is on hold; ${plural(capture.pending, 'record')} waiting to be written, none dropped.`,
      }}
    >
      <Button size="small" onClick={() => orNotify('The capture is still stopped', api.retryCapture())}>
        Try again
      </Button>
    </FailureMessage>
  );
}
