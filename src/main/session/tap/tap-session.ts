import { ShmscopeError } from '../../../shared/failure.ts';
import type { OpenTap } from '../../../shared/session.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Assignment, Live, WorkerMessage } from '../protocol.ts';
import type { Recorder } from '../recorder.ts';

/** Looks at the channel until it is closed. Throws why it couldn't be opened or went wrong. */
export function runTapSession(
  _kernel: Kernel,
  { options }: Assignment<OpenTap>,
  _recorder: Recorder,
  _post: (message: WorkerMessage) => void,
): Live | null {
  throw new ShmscopeError('not-here', `"${options.section}" can't be tapped yet.`);
}
