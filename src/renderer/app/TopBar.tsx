import { Button } from '@fluentui/react-components';
import { Add16Regular, Search16Regular } from '@fluentui/react-icons';
import { JobsMenu } from '../features/exports/JobsMenu.tsx';
import { newSession } from '../features/new-session/store.ts';
import { newPeer } from '../features/peers/dialog-store.ts';
import { useHost } from '../host/host-store.ts';
import { openPalette } from '../kit/commands/store.ts';
import { formatSize } from '../kit/format/bytes.ts';
import { visibleText } from '../kit/format/visible.ts';
import { ThemeMenu } from '../kit/theme/ThemeMenu.tsx';
import './top-bar.css';

export function TopBar() {
  return (
    <header className="top-bar">
      <span className="logo">
        <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
          <path d="M1 9h3l2-6 3 12 3-9 1.5 3H17" />
        </svg>
        Shmscope
      </span>
      <Button size="small" appearance="primary" icon={<Add16Regular />} onClick={() => newSession('server')}>
        Server
      </Button>
      <Button size="small" icon={<Add16Regular />} onClick={() => newSession('client')}>
        Client
      </Button>
      <Button size="small" icon={<Add16Regular />} onClick={() => newSession('tap')}>
        Tap
      </Button>
      <Button
        size="small"
        icon={<Add16Regular />}
        title="Watch the bytes of any section"
        onClick={() => newSession('raw')}
      >
        Raw
      </Button>
      <Button size="small" icon={<Add16Regular />} onClick={() => newPeer()}>
        Peer
      </Button>
      <div className="command-place">
        <CommandField />
      </div>
      <JobsMenu />
      <Capture />
      <ThemeMenu />
    </header>
  );
}

/** Looks like the field that it opens. */
function CommandField() {
  return (
    <button
      type="button"
      className="command-field"
      aria-label="Run a command"
      aria-keyshortcuts="Control+Shift+P"
      onClick={openPalette}
    >
      <Search16Regular aria-hidden="true" />
      <span className="command-words">Run a command</span>
      <span className="shortcut" aria-hidden="true">
        Ctrl Shift P
      </span>
    </button>
  );
}

function Capture() {
  const capture = useHost((state) => state.capture);
  const file = useHost((state) => state.info?.captureFile);
  const lost = useHost((state) => state.connection !== 'connected');
  if (!capture || lost) return null;
  const going = capture.state === 'capturing';
  return (
    <span className="capture number" title={file ? `Every record is written to\n${visibleText(file)}` : undefined}>
      <span className={going ? 'capture-dot' : 'capture-dot stopped'} aria-hidden="true" />
      {going ? 'capturing' : 'capture stopped'} · {formatSize(capture.bytes)}
    </span>
  );
}
