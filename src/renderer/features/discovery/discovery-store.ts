import { create } from 'zustand';
import type { Api } from '../../../shared/api.ts';
import type { Discovery } from '../../../shared/discovery.ts';
import type { Failure } from '../../../shared/failure.ts';
import { useHost } from '../../host/host-store.ts';
import { share } from '../../host/share.ts';

/** ms between two looks; longer if a look takes long, so that it never takes more than a tenth of a core. */
const INTERVAL_MS = 1000;
const REST = 10;

interface Found {
  /** The last answer; null before the first. */
  readonly discovery: Discovery | null;
  /** Why there is no newer one; null if there is. */
  readonly failure: Failure | null;
  /** Sections that aren't channels are requested too. */
  readonly all: boolean;
}

export const useFound = create<Found>(() => ({ discovery: null, failure: null, all: false }));

let watchers = 0;
/** Of those, the ones that show processes too. */
let processWatchers = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let asked = 0;

/**
 * Keeps {@link useFound} up to date while somebody looks, with the `processes` of each channel if wanted. Returns a
 * function that stops it.
 */
export function watchChannels(api: Api, processes = false): () => void {
  const onVisible = () => void look(api);
  watchers += 1;
  if (processes) processWatchers += 1;
  if (watchers === 1 || processes) onVisible();
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    document.removeEventListener('visibilitychange', onVisible);
    watchers -= 1;
    if (processes) processWatchers -= 1;
    if (watchers === 0) clearTimeout(timer);
  };
}

/** Asks at once, and then at intervals; the answer to an older request is ignored. */
export async function look(api: Api): Promise<void> {
  clearTimeout(timer);
  const mine = ++asked;
  const isWanted = document.visibilityState === 'visible' && useHost.getState().connection === 'connected';
  const result = isWanted ? await api.discover({ all: useFound.getState().all, processes: processWatchers > 0 }) : null;
  if (mine !== asked) return;
  if (result?.ok) useFound.setState(({ discovery }) => ({ discovery: share(discovery, result.value), failure: null }));
  else if (result && result.failure.code !== 'disconnected') useFound.setState({ failure: result.failure });
  const tookMs = result?.ok ? result.value.tookMs : 0;
  if (watchers > 0) timer = setTimeout(() => void look(api), Math.max(INTERVAL_MS, REST * tookMs));
}

export function showAll(api: Api, all: boolean): void {
  useFound.setState({ all });
  void look(api);
}
