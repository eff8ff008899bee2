import { createDOMRenderer, FluentProvider, RendererProvider } from '@fluentui/react-components';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { watchDamage } from '../features/captures/watch-damage.ts';
import { ApiProvider } from '../host/api-context.ts';
import type { Host } from '../host/host.ts';
import { followHost } from '../host/host-store.ts';
import { followKept } from '../host/storage/kept.ts';
import { handleKeys } from '../kit/commands/key-handling.ts';
import { fluentThemes } from '../kit/theme/fluent-theme.ts';
import { useTheme } from '../kit/theme/theme-store.ts';
import { reportTo } from '../kit/trouble/report.ts';
import { WindowBoundary } from '../kit/trouble/WindowBoundary.tsx';
import { App } from './App.tsx';
import { FOLLOWERS } from './features.ts';
import { keepFocus } from './focus-keeper.ts';
import '../kit/theme/tokens.css';
import '../kit/theme/base.css';
import '../kit/theme/forced-colors.css';

/** Puts the window into `root`. `nonce`: what the page's policy lets style elements carry. */
export function mount(root: HTMLElement, host: Host, nonce: string | undefined): void {
  const renderer = createDOMRenderer(document, nonce === undefined ? {} : { styleElementAttributes: { nonce } });
  reportTo(host.api);
  followKept(host.api);
  followHost(host);
  watchDamage();
  for (const follow of FOLLOWERS) follow(host.api);
  handleKeys();
  keepFocus();
  createRoot(root).render(
    <StrictMode>
      <WindowBoundary>
        <RendererProvider renderer={renderer}>
          <ApiProvider value={host.api}>
            <Themed />
          </ApiProvider>
        </RendererProvider>
      </WindowBoundary>
    </StrictMode>,
  );
}

function Themed() {
  const theme = useTheme((state) => state.theme);
  return (
    <FluentProvider theme={fluentThemes[theme]}>
      <App />
    </FluentProvider>
  );
}
