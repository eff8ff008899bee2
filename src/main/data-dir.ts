import envPaths from 'env-paths';

/** Where Shmscope keeps its captures, by the system's own custom. */
export const defaultDataDir = (): string => envPaths('Shmscope', { suffix: '' }).data;
