import type { Bits } from '../../shared/peers.ts';
import { NO_32_BIT, runs32Bit } from './runs-32-bit.ts';

const has32 = await runs32Bit();

/** Why tests of 32-bit programs are skipped here; false if they run. */
export const NO_32_BIT_HERE: string | false = !has32 && NO_32_BIT;

/** Bitnesses of the programs that a test can start here. */
export const BITS_HERE: readonly Bits[] = has32 ? [64, 32] : [64];

/** Where it does not matter: the bitness that is not ours, if this system has it. */
export const OTHER_BITS: Bits = has32 ? 32 : 64;
