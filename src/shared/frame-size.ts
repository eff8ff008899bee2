import { MAX_BUFFER_SIZE } from './domain.ts';

/** The most bytes of a frame from a page, for a method that names no other limit. */
export const MAX_FRAME = 64 * 1024;

/** Bytes of a frame whose arguments have `bytes` as their largest value. */
export const frameWith = (bytes: number): number => bytes + 1024;

/** The most bytes of any frame from a page. */
export const LARGEST_FRAME = frameWith(MAX_BUFFER_SIZE);
