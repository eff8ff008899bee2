import type { CaptureInfo } from '../../../shared/captures.ts';
import { useHost } from '../../host/host-store.ts';

/** Returns the size of a capture; that of the one being recorded as it grows. */
export function useCaptureBytes(): (capture: Pick<CaptureInfo, 'state' | 'bytes'>) => number {
  const growing = useHost((state) => state.capture?.bytes);
  return ({ state, bytes }) => (state === 'recording' ? (growing ?? bytes) : bytes);
}
