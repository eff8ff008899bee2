import { create } from 'zustand';
import { MAX_TIMEOUT_MS } from '../../shared/domain.ts';

const KEY = 'shmscope.receive-timeout';
const DEFAULT_TIMEOUT_MS = 1000;

function remembered(): number {
  const value = Number(localStorage.getItem(KEY));
  return Number.isInteger(value) && value >= 1 && value <= MAX_TIMEOUT_MS ? value : DEFAULT_TIMEOUT_MS;
}

/** The timeout that was used last, in ms. */
export const useReceive = create<{ readonly timeoutMs: number }>(() => ({ timeoutMs: remembered() }));

export function rememberTimeout(timeoutMs: number): void {
  localStorage.setItem(KEY, String(timeoutMs));
  useReceive.setState({ timeoutMs });
}
