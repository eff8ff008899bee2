import type { AbiId } from './abi.ts';
import type { Fit } from './fit.ts';
import type { ByteRange } from './paths.ts';

/** That a message was built by a program of another ABI than it is read under. */
export interface PayloadVerdict {
  /** The ABI it is read under. */
  readonly read: AbiId;
  /** The ABIs it can have been built under. */
  readonly built: AbiId;
  /** A sentence. */
  readonly why: string;
  /** The bytes that prove it; none if they are missing. */
  readonly proof: ByteRange;
}

/**
 * Reports a message that can't be of the type under the ABI that it is read under, but can under another. Undefined if
 * it can be under the first, and if it can be under none: nothing is guessed.
 */
export function payloadVerdict(bytes: Uint8Array, own: Fit, others: readonly Fit[]): PayloadVerdict | undefined {
  const size = own.sizeDoubt(bytes);
  const doubt = size ?? own.contentDoubt(bytes);
  if (doubt === undefined) return undefined;
  const built = others.find((other) => !other.sizeDoubt(bytes) && !other.contentDoubt(bytes));
  if (!built) return undefined;
  const sentence = `It fits ${built.layouts.abi.label} and not ${own.layouts.abi.label}: ${doubt.text}.`;
  return {
    read: own.layouts.abi.id,
    built: built.layouts.abi.id,
    why: sentence,
    proof: { from: doubt.from, to: doubt.to },
  };
}
