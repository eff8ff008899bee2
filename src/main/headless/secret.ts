import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, as characters that a URL and a header can hold. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** In constant time, so that it doesn't reveal how much was right. */
export const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

const digest = (text: string) => createHash('sha256').update(text).digest();
