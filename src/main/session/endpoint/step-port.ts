import { MAX_TIMEOUT_MS } from '../../../shared/domain.ts';
import type { ReceiveMode, SendReceipt } from '../../../shared/session.ts';
import type { StepDriver } from '../steps/step-driver.ts';
import type { StepPort } from '../steps/step-run.ts';
import type { Outbox } from './outbox.ts';

/**
 * What the steps of a scenario do at an end of a channel. `receive`: takes over what the end waits for; null: nothing.
 */
export function stepPort(
  steps: StepDriver,
  end: {
    readonly outbox: Outbox;
    readonly stepOutbox: () => void;
    readonly receive: (mode: ReceiveMode | null) => void;
  },
): StepPort {
  const { outbox, stepOutbox, receive } = end;
  const settle =
    <T>(then: (value: T) => void) =>
    (value: T) => {
      then(value);
      steps.wake();
    };
  return {
    send: (bytes, done, fail) => {
      const sending = outbox.send(
        bytes,
        settle<SendReceipt>(({ seq }) => done(seq)),
        settle(fail),
      );
      stepOutbox();
      return () => outbox.withdraw(sending);
    },
    sendClose: (done, fail) => outbox.sendClose(settle(done), settle(fail)),
    receive: (timeoutMs) => receive({ mode: 'once', timeoutMs }),
    listen: () => receive({ mode: 'continuous', timeoutMs: MAX_TIMEOUT_MS }),
    cancelReceive: () => receive(null),
  };
}
