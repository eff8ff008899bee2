import { useEffect } from 'react';
import { ChannelList } from '../features/discovery/ChannelList.tsx';
import { Announcer } from '../features/log/Announcer.tsx';
import { PeerList } from '../features/peers/PeerList.tsx';
import { SessionList } from '../features/sessions/SessionList.tsx';
import { useApi } from '../host/api-context.ts';
import { useHost } from '../host/host-store.ts';
import { useRegistered } from '../kit/commands/registry.ts';
import { closeLists, useCommandLists } from '../kit/commands/store.ts';
import { ConfirmDialog } from '../kit/controls/ConfirmDialog.tsx';
import { useQuestion } from '../kit/controls/confirm-store.ts';
import { PaneBoundary } from '../kit/trouble/PaneBoundary.tsx';
import type { FeatureDialog } from '../view/feature.ts';
import { usePage } from '../view/page-store.ts';
import { useSelection } from '../view/selection-store.ts';
import { shortName } from '../view/session-text.ts';
import { Banners } from './Banners.tsx';
import { DIALOGS, PAGES } from './features.ts';
import { Palette } from './Palette.tsx';
import { Places } from './Places.tsx';
import { ShortcutSheet } from './ShortcutSheet.tsx';
import { TopBar } from './TopBar.tsx';
import { Welcome } from './Welcome.tsx';
import { Workspace } from './Workspace.tsx';
import { windowCommands } from './window-commands.ts';
import './shell.css';
import './page.css';

export function App() {
  useRegistered(windowCommands(useApi()));
  return (
    <div className="app">
      <PaneBoundary name="toolbar">
        <TopBar />
      </PaneBoundary>
      <aside className="side" data-pane="side">
        <PaneBoundary name="session list">
          <SessionList />
        </PaneBoundary>
        <PaneBoundary name="list of channels found">
          <ChannelList />
        </PaneBoundary>
        <PaneBoundary name="list of peers">
          <PeerList />
        </PaneBoundary>
        <PaneBoundary name="page list">
          <Places />
          <Machine />
        </PaneBoundary>
      </aside>
      <main className="main">
        <PaneBoundary name="notifications">
          <Banners />
        </PaneBoundary>
        <MainPage />
      </main>
      <Overlays />
    </div>
  );
}

/** What covers the window. */
function Overlays() {
  const { question, answer } = useQuestion();
  const list = useCommandLists((state) => state.open);
  const selected = useSelection((state) => state.id);
  return (
    <>
      {DIALOGS.map((dialog) => (
        <BoundedDialog key={dialog.name} {...dialog} />
      ))}
      <PaneBoundary name="confirmation dialog" about={question} close={() => answer(false)}>
        <ConfirmDialog />
      </PaneBoundary>
      <PaneBoundary name="command list" about={list} close={closeLists}>
        <Palette />
        <ShortcutSheet />
      </PaneBoundary>
      <PaneBoundary name="window title" about={selected} close={() => {}}>
        <Announcer />
        <WindowTitle />
      </PaneBoundary>
    </>
  );
}

function BoundedDialog({ name, useAbout, close, Dialog }: FeatureDialog) {
  return (
    <PaneBoundary name={name} about={useAbout()} close={close}>
      <Dialog />
    </PaneBoundary>
  );
}

function MainPage() {
  const page = usePage((state) => state.page);
  const selected = useSelection((state) => state.id);
  const epoch = useHost((state) => state.epoch);
  const answered = useHost((state) => state.capture !== null);
  if (!answered) return <p className="pane-empty">Waiting for the host…</p>;
  if (selected !== null && page === 'session') return <Workspace key={`${epoch}/${selected}`} session={selected} />;
  const Page = PAGES.find(({ id }) => id === page)?.Page;
  return (
    <PaneBoundary key={page} name="page" about={epoch}>
      {Page ? <Page /> : <Welcome />}
    </PaneBoundary>
  );
}

/** What this Shmscope runs on. */
function Machine() {
  const info = useHost((state) => state.info);
  if (!info) return null;
  const text = `${info.kernel} · ${info.os} · ${info.bits}-bit`;
  return (
    <p className="machine" title={`Shmscope ${info.version}, ${info.host}, pid ${info.pid}`}>
      {text}
    </p>
  );
}

function WindowTitle() {
  const selected = useSelection((state) => state.id);
  const section = useHost((state) => state.sessions.find((s) => s.id === selected)?.section);
  useEffect(() => {
    document.title = section ? `${shortName(section)} – Shmscope` : 'Shmscope';
  }, [section]);
  return null;
}
