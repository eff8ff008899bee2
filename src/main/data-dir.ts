import envPaths from 'env-paths';

/** Where Shmscope keeps its captures, following the system's conventions. */
export const defaultDataDir = (): string => envPaths('Shmscope', { suffix: '' }).data;
