import type { Api } from '../../../shared/api.ts';
import type { Failure } from '../../../shared/failure.ts';
import { reportOf } from '../../../shared/report.ts';
import { notify } from '../../host/notices-store.ts';

/** The most reports per minute: enough for what fails in a loop. */
const A_MINUTE = 20;
/** Chromium reports this if a layout took two frames; it isn't an error. */
const HARMLESS = /^ResizeObserver loop/;

let api: Pick<Api, 'report'> | undefined;
let startedAt = Number.NEGATIVE_INFINITY;
let count = 0;

/** Reports go to this host, including what no other part of the window catches. */
export function reportTo(host: Pick<Api, 'report'>): void {
  api = host;
  addEventListener('error', ({ error, message }) => void tell(error ?? new Error(message)));
  addEventListener('unhandledrejection', ({ reason }) => void tell(reason));
}

/**
 * Makes the host log an error. Resolves to the id of the entry; undefined if there is none. @param more frames of the
 * parts around it
 */
export async function report(where: string, error: unknown, more?: string): Promise<string | undefined> {
  if (!api || !isInTime()) return undefined;
  const answer = await api.report(reportOf(where, error, more));
  return answer.ok ? answer.value : undefined;
}

/** What happened, as the user is told. */
export function failureOf(error: unknown, id: string | undefined): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message: `Unexpected error: ${message}`, ...(id && { id }) };
}

async function tell(error: unknown): Promise<void> {
  if (error instanceof Error && HARMLESS.test(error.message)) return;
  const id = await report('outside any pane', error);
  notify('The last action may not have completed', failureOf(error, id));
}

function isInTime(): boolean {
  const now = performance.now();
  if (now - startedAt > 60_000) [startedAt, count] = [now, 0];
  count += 1;
  return count <= A_MINUTE;
}
