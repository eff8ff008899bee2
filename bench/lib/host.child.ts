import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { serveHeadless } from '../../src/main/headless.ts';
import { openServices } from '../../src/main/services.ts';
import { rendererDir, workers } from './built.ts';
import type { HostAnswer, HostQuestion } from './host.ts';

/** `node host.child.ts DATA_DIR`: the headless host as in `shmscope serve`, which answers requests about itself. */
const [dataDir = ''] = process.argv.slice(2);
setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

const opened = await openServices({ dataDir, host: 'headless', workers });
const host = await serveHeadless({ ...opened, rendererDir, port: 0 });
/** One per watch, since a pause would count as a delay. Samples include the millisecond between two looks. */
let delay = monitorEventLoopDelay({ resolution: 1 });

const answers: { [Q in HostQuestion['ask']]: (question: Extract<HostQuestion, { ask: Q }>) => unknown } = {
  open: ({ options }) => opened.services.open(options),
  committed: async ({ session }) => {
    const { sessions } = await opened.services.state();
    return sessions.find(({ id }) => id === session)?.committed ?? 0;
  },
  memory: () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return { heap: heapUsed + external };
  },
  watchDelay: () => {
    delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
  },
  delay: () => {
    delay.disable();
    return { p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 };
  },
  close: async () => {
    await host.close();
    await opened.close();
    process.disconnect();
  },
};

process.on('message', async ({ id, question }: { id: number; question: HostQuestion }) => {
  const answer = answers[question.ask] as (question: HostQuestion) => unknown;
  const value = question.ask === 'close' ? undefined : await answer(question);
  process.send?.({ id, value } satisfies HostAnswer);
  if (question.ask === 'close') await answer(question);
});
process.send?.({ id: 0, value: host.newUrl() } satisfies HostAnswer);
