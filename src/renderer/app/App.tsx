import { useEffect } from 'react';
import { CapturesPage } from '../features/captures/CapturesPage.tsx';
import { Composer } from '../features/composer/Composer.tsx';
import { DetailPane } from '../features/detail/DetailPane.tsx';
import { ExportDialog } from '../features/exports/ExportDialog.tsx';
import { closeExport, useExport } from '../features/exports/export-store.ts';
import { Header } from '../features/header/Header.tsx';
import { Announcer } from '../features/log/Announcer.tsx';
import { jumpTo } from '../features/log/jump.ts';
import { LogPane } from '../features/log/LogPane.tsx';
import { changeFilter } from '../features/log/relist.ts';
import { NewSessionDialog } from '../features/new-session/NewSessionDialog.tsx';
import { closeNewSession, useNewSession } from '../features/new-session/store.ts';
import { SessionList } from '../features/sessions/SessionList.tsx';
import { SettingsPage } from '../features/settings/SettingsPage.tsx';
import { filteredToSpan } from '../features/timeline/span-filter.ts';
import { TimelinePane } from '../features/timeline/TimelinePane.tsx';
import { useApi } from '../host/api-context.ts';
import { useHost } from '../host/host-store.ts';
import { useRegistered } from '../kit/commands/registry.ts';
import { closeLists, useCommandLists } from '../kit/commands/store.ts';
import { ConfirmDialog } from '../kit/controls/ConfirmDialog.tsx';
import { useQuestion } from '../kit/controls/confirm-store.ts';
import { Splitter } from '../kit/controls/Splitter.tsx';
import { useMedia } from '../kit/theme/use-media.ts';
import { PaneBoundary } from '../kit/trouble/PaneBoundary.tsx';
import { usePage } from '../view/page-store.ts';
import { useSelection } from '../view/selection-store.ts';
import { shortName } from '../view/session-text.ts';
import { useLogViews, viewOf } from '../view/view-store.ts';
import { Banners } from './Banners.tsx';
import { Palette } from './Palette.tsx';
import { Places } from './Places.tsx';
import { ShortcutSheet } from './ShortcutSheet.tsx';
import { TopBar } from './TopBar.tsx';
import { Welcome } from './Welcome.tsx';
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

/** What lies over the window. */
function Overlays() {
  const role = useNewSession((state) => state.role);
  const exported = useExport((state) => state.session);
  const { question, answer } = useQuestion();
  const list = useCommandLists((state) => state.open);
  const selected = useSelection((state) => state.id);
  return (
    <>
      <PaneBoundary name="new session dialog" about={role} close={closeNewSession}>
        <NewSessionDialog />
      </PaneBoundary>
      <PaneBoundary name="export dialog" about={exported} close={closeExport}>
        <ExportDialog />
      </PaneBoundary>
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

function MainPage() {
  const page = usePage((state) => state.page);
  const selected = useSelection((state) => state.id);
  const epoch = useHost((state) => state.epoch);
  const answered = useHost((state) => state.capture !== null);
  if (!answered) return <p className="pane-empty">Waiting for the host…</p>;
  if (selected !== null && page === 'session') return <Workspace key={`${epoch}/${selected}`} session={selected} />;
  return (
    <PaneBoundary key={page} name="page" about={epoch}>
      {page === 'captures' && <CapturesPage />}
      {page === 'settings' && <SettingsPage />}
      {page === 'session' && <Welcome />}
    </PaneBoundary>
  );
}

/** As at 200 % zoom: too narrow for composer and detail side by side. */
const NARROW = '(max-width: 800px)';

/** One session: its header, its log, and below it what is sent and what was selected. */
function Workspace({ session }: { session: number }) {
  const api = useApi();
  const narrow = useMedia(NARROW);
  const filter = useLogViews(({ views }) => views[session]?.filter);
  const record = useLogViews(({ views }) => views[session]?.row?.seq);
  return (
    <div className="workspace">
      <PaneBoundary name="session header">
        <Header id={session} />
      </PaneBoundary>
      <PaneBoundary name="timeline">
        <TimelinePane
          session={session}
          onJump={(seq) => void jumpTo(api, session, seq)}
          onFilter={(span, clock) =>
            void changeFilter(api, session, filteredToSpan(viewOf(session).filter, span, clock))
          }
        />
      </PaneBoundary>
      <Splitter
        key={narrow ? 'narrow' : 'wide'}
        name={narrow ? 'log-narrow' : 'log'}
        label="Height of the log"
        direction="column"
        initial={narrow ? 0.5 : 0.68}
        least={narrow ? 240 : 120}
        first={
          <PaneBoundary name="log" about={filter}>
            <LogPane session={session} />
          </PaneBoundary>
        }
        second={
          <Splitter
            name={narrow ? 'foot-narrow' : 'foot'}
            label={narrow ? 'Height of the composer' : 'Width of the composer'}
            direction={narrow ? 'column' : 'row'}
            initial={0.5}
            least={narrow ? 120 : 300}
            first={
              <PaneBoundary name="composer">
                <Composer session={session} />
              </PaneBoundary>
            }
            second={
              <PaneBoundary name="selected record" about={record}>
                <DetailPane session={session} />
              </PaneBoundary>
            }
          />
        }
      />
    </div>
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
