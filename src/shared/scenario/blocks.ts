import { eachStep, listsIn, type Step } from './model.ts';

/** Consecutive steps that belong together. */
export type Block =
  /** The session's thread performs them by itself. */
  | { readonly session: string; readonly steps: readonly Step[] }
  | { readonly session: null; readonly steps: readonly [Step] };

/** Splits a list of steps so that as many as possible are performed by one session's thread. */
export function blocksOf(steps: readonly Step[]): Block[] {
  const blocks: Block[] = [];
  let own: { session: string; steps: Step[] } | null = null;
  for (const step of steps) {
    const session = sessionOf(step);
    if (session === undefined) {
      blocks.push({ session: null, steps: [step] });
      own = null;
    } else if (own && (session === null || session === own.session)) own.steps.push(step);
    else if (session === null) blocks.push({ session: null, steps: [step] });
    else {
      own = { session, steps: [step] };
      blocks.push(own);
    }
  }
  return blocks;
}

/** The only session that a step needs; null if it needs none, undefined if it needs more than one. */
function sessionOf(step: Step): string | null | undefined {
  const all = [step, ...listsIn(step).flatMap((list) => [...eachStep(list)].map((each) => each.step))];
  if (all.some((each) => each.do === 'parallel' || 'peer' in each || 'part' in each)) return undefined;
  const sessions = new Set(all.flatMap((each) => ('session' in each ? [each.session] : [])));
  if (sessions.size > 1) return undefined;
  return [...sessions][0] ?? null;
}
