import { Button } from '@fluentui/react-components';
import { newSession } from '../new-session/store.ts';

/** No session yet: what the window is for, and the two ways in. */
export function Welcome() {
  return (
    <section className="welcome" aria-labelledby="welcome-title">
      <h1 id="welcome-title">Open one end of a channel</h1>
      <p>
        Shmscope takes part in a shared-memory channel and records every message, timeout, exit and error, with the fill
        of both buffers.
      </p>
      <div className="welcome-ways">
        <div>
          <h2>Your program is a client?</h2>
          <p>Be its server: make the section and both events, and wait for it.</p>
          <Button appearance="primary" onClick={() => newSession('server')}>
            New server session
          </Button>
        </div>
        <div>
          <h2>Your program is a server?</h2>
          <p>Be its client: join the section that it has made.</p>
          <Button onClick={() => newSession('client')}>New client session</Button>
        </div>
      </div>
    </section>
  );
}
