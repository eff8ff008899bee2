import { createDOMRenderer, FluentProvider, RendererProvider } from '@fluentui/react-components';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { watchDamage } from '../captures/watch-damage.ts';
import { handleKeys } from '../commands/key-handling.ts';
import type { Host } from '../host/host.ts';
import { followKept } from '../storage/kept.ts';
import { fluentThemes } from '../theme/fluent-theme.ts';
import { useTheme } from '../theme/theme-store.ts';
import { reportTo } from '../trouble/report.ts';
import { WindowBoundary } from '../trouble/WindowBoundary.tsx';
import { App } from './App.tsx';
import { ApiProvider } from './api-context.ts';
import { keepFocus } from './focus-keeper.ts';
import { followHost } from './host-store.ts';
import '../theme/tokens.css';
import '../theme/base.css';
import '../theme/forced-colors.css';

/** Puts the window into `root`. `nonce`: what the page's policy lets style elements carry. */
export function mount(root: HTMLElement, host: Host, nonce: string | undefined): void {
  const renderer = createDOMRenderer(document, nonce === undefined ? {} : { styleElementAttributes: { nonce } });
  reportTo(host.api);
  followKept(host.api);
  followHost(host);
  watchDamage();
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
