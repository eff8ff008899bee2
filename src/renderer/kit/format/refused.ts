import type { Failure } from '../../../shared/failure.ts';

/** The answer to what the window itself can't do. */
export const refused = (message: string): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure: { code: 'invalid-argument', message },
});
