import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { FoundChannels, useChannelCount } from '../features/discovery/FoundChannels.tsx';
import { newSession } from '../features/new-session/store.ts';
import { useApi } from '../host/api-context.ts';
import { tryBoth } from './try-both.ts';
import './welcome.css';

/** No session yet: what the window is for, and the ways to a first message. */
export function Welcome() {
  const api = useApi();
  const [trying, setTrying] = useState(false);
  const count = useChannelCount();
  const found = count !== null && count > 0;
  const start = async () => {
    setTrying(true);
    await tryBoth(api);
    setTrying(false);
  };
  return (
    <section className={found ? 'welcome with-channels' : 'welcome'} aria-labelledby="welcome-title">
      {found && (
        <>
          <h1 id="welcome-title">Running on this machine</h1>
          <FoundChannels />
        </>
      )}
      {found ? <h2>Open one end of a channel</h2> : <h1 id="welcome-title">Open one end of a channel</h1>}
      <p>
        Shmscope joins a shared-memory channel and records every message, timeout, exit and error, and how full both
        buffers are.
        {count === 0 && ' No channel is open on this machine now; one that a program opens is shown here.'}
      </p>
      <div className="welcome-ways">
        <div>
          <h2>Testing a client?</h2>
          <p>Act as its server: create the section and both events and wait for it.</p>
          <Button appearance="primary" onClick={() => newSession('server')}>
            New server session
          </Button>
        </div>
        <div>
          <h2>Testing a server?</h2>
          <p>Act as its client: join the section it created.</p>
          <Button onClick={() => newSession('client')}>New client session</Button>
        </div>
      </div>
      <ol className="welcome-steps">
        <li>Open the opposite end to your program, with the same section and event names.</li>
        <li>Start your program. What it sends appears in the log.</li>
        <li>Write a message below the log and send it with Ctrl+Enter.</li>
      </ol>
      <p>
        No program at hand? Open both ends here, on a channel of their own, with a first message between them.{' '}
        <Button size="small" disabledFocusable={trying} onClick={start}>
          {trying ? 'Opening…' : 'Open both ends'}
        </Button>
      </p>
    </section>
  );
}
