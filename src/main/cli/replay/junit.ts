import type { ReplayProgress } from '../../../shared/replay/replay.ts';
import { type JunitCase, junitXml } from '../../../shared/scenario/files/junit.ts';
import { reportLines } from './report.ts';

const NAME = 'replay';

/**
 * A replay as JUnit: that everything was sent is one test and, with `compares`, that the replies are equal is another.
 */
export function replayJunit(progress: ReplayProgress, { compares, at }: { compares: boolean; at: number }): string {
  const { capture, session, sent, total, startedAt, endedAt } = progress;
  const seconds = ((endedAt ?? startedAt) - startedAt) / 1_000_000;
  const output = reportLines(progress).join('\n');
  const base = { group: `${NAME} ${capture}`, file: capture, seconds };
  return junitXml([
    {
      ...{ name: `${NAME} ${capture}`, file: capture, startedAt: at, seconds, output, attachments: [] },
      properties: { session: String(session), sent: String(sent), total: String(total) },
      cases: [
        { ...base, name: 'all messages are sent', ...sendingResult(progress, output) },
        ...(compares ? [{ ...base, name: 'the replies are the same', ...repliesResult(progress, output) }] : []),
      ],
    },
  ]);
}

type Result = Pick<JunitCase, 'result'>;

function sendingResult({ result, sent, total, summary }: ReplayProgress, body: string): Result {
  const isSent = sent === total && result !== 'timeout' && result !== 'peer-left' && result !== 'failed';
  const message = summary ?? 'The replay was stopped.';
  return isSent ? {} : { result: { kind: 'failure', message, type: result ?? 'stopped', body } };
}

function repliesResult({ result, differences, first }: ReplayProgress, body: string): Result {
  const message = first ? `${first.sentence} Expected ${first.expected}; got ${first.actual}.` : '';
  if (differences > 0) return { result: { kind: 'failure', message, type: 'replies', body } };
  return result === 'same' ? {} : { result: { kind: 'skipped', message: 'The replay did not come to its end.' } };
}
