import { create } from 'zustand';
import type { Lane } from '../../../shared/domain.ts';
import type { AbiId } from '../../../shared/types/abi.ts';

/** A message for which a type is being chosen. */
export interface DecodeAbout {
  readonly section: string;
  readonly lane: Lane | null;
  readonly bytes: Uint8Array;
  /** The binding's current type and ABI. */
  readonly type?: string;
  readonly abi?: AbiId;
}

export const useDecodeAs = create<{ readonly about: DecodeAbout | null }>(() => ({ about: null }));

export const decodeAs = (about: DecodeAbout | null): void => useDecodeAs.setState({ about });
