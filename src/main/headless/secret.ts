import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, as characters that a URL and a header can hold. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** In a time that doesn't tell how much of it was right. */
export const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

const digest = (text: string) => createHash('sha256').update(text).digest();
