/** Whether all is to be tried, as by `npm run test:units`; `npm test` takes samples of what takes long. */
export const isExhaustive = Boolean(process.env.SHMSCOPE_EXHAUSTIVE);

/** The first `count` of them; all where all is to be tried. */
export const sample = <T>(all: readonly T[], count: number): readonly T[] => (isExhaustive ? all : all.slice(0, count));
