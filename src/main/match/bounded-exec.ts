import { ScenarioFault } from '../../shared/scenario/payload.ts';
import { BoundedCall, TooSlow } from './bounded-call.ts';

const EXEC = new BoundedCall<RegExpExecArray | null>('regex.exec(text)');

/** What a scenario's regular expression finds. Throws {@link ScenarioFault} if it takes too long. */
export function boundedExec(regex: RegExp, text: string): RegExpExecArray | null {
  try {
    return EXEC.run(regex, text);
  } catch (error) {
    if (!(error instanceof TooSlow)) throw error;
    throw new ScenarioFault(
      `${regex} ran for more than ${error.ms} ms. Simplify it so that it has fewer ways to match; nested repetitions such as (a+)+ are the usual cause.`,
    );
  }
}
