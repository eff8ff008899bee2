import { useEffect } from 'react';
import { CapturesPage } from '../captures/CapturesPage.tsx';
import { Palette } from '../commands/Palette.tsx';
import { ShortcutSheet } from '../commands/ShortcutSheet.tsx';
import { closeLists, useCommandLists } from '../commands/store.ts';
import { Composer } from '../composer/Composer.tsx';
import { DetailPane } from '../detail/DetailPane.tsx';
import { ExportDialog } from '../exports/ExportDialog.tsx';
import { closeExport, useExport } from '../exports/export-store.ts';
import { Header } from '../header/Header.tsx';
import { Announcer } from '../log/Announcer.tsx';
import { jumpTo } from '../log/jump.ts';
import { LogPane } from '../log/LogPane.tsx';
import { changeFilter } from '../log/relist.ts';
import { useLogViews, viewOf } from '../log/view-store.ts';
import { NewSessionDialog } from '../new-session/NewSessionDialog.tsx';
import { closeNewSession, useNewSession } from '../new-session/store.ts';
import { SessionList } from '../sessions/SessionList.tsx';
import { useSelection } from '../sessions/selection-store.ts';
import { shortName } from '../sessions/session-text.ts';
import { SettingsPage } from '../settings/SettingsPage.tsx';
import { filteredToSpan } from '../timeline/span-filter.ts';
import { TimelinePane } from '../timeline/TimelinePane.tsx';
import { PaneBoundary } from '../trouble/PaneBoundary.tsx';
import { useApi } from './api-context.ts';
import { Banners } from './Banners.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { useQuestion } from './confirm-store.ts';
import { useHost } from './host-store.ts';
import { Places } from './Places.tsx';
import { usePage } from './page-store.ts';
import { Splitter } from './Splitter.tsx';
import { TopBar } from './TopBar.tsx';
import { useMedia } from './use-media.ts';
import { Welcome } from './Welcome.tsx';
import { useWindowCommands } from './window-commands.ts';
import './shell.css';
import './page.css';

export function App() {
  useWindowCommands();
  return (
    <div className="app">
      <PaneBoundary name="The bar at the top">
        <TopBar />
      </PaneBoundary>
      <aside className="side">
        <PaneBoundary name="The list of sessions">
          <SessionList />
        </PaneBoundary>
        <PaneBoundary name="The list of pages">
          <Places />
          <Machine />
        </PaneBoundary>
      </aside>
      <main className="main">
        <PaneBoundary name="The list of messages">
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
      <PaneBoundary name="The dialog for a new session" about={role} close={closeNewSession}>
        <NewSessionDialog />
      </PaneBoundary>
      <PaneBoundary name="The dialog for an export" about={exported} close={closeExport}>
        <ExportDialog />
      </PaneBoundary>
      <PaneBoundary name="The question" about={question} close={() => answer(false)}>
        <ConfirmDialog />
      </PaneBoundary>
      <PaneBoundary name="The list of commands" about={list} close={closeLists}>
        <Palette />
        <ShortcutSheet />
      </PaneBoundary>
      <PaneBoundary name="The window's title" about={selected} close={() => {}}>
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
    <PaneBoundary key={page} name="The page" about={epoch}>
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
      <PaneBoundary name="The session's header">
        <Header id={session} />
      </PaneBoundary>
      <PaneBoundary name="The timeline">
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
          <PaneBoundary name="The log" about={filter}>
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
              <PaneBoundary name="The composer">
                <Composer session={session} />
              </PaneBoundary>
            }
            second={
              <PaneBoundary name="The selected record" about={record}>
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
