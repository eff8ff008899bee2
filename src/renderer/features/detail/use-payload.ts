import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import { useApi } from '../../host/api-context.ts';
import { PayloadSource } from '../../view/payload-source.ts';

/** The payload of one record, empty until it is looked at. */
export function usePayload(session: number, seq: number, size: number): PayloadSource {
  const api = useApi();
  return useMemo(
    () => new PayloadSource((offset, length) => api.payload({ session, seq, offset, length }), size),
    [api, session, seq, size],
  );
}

/** The bytes from `from` to `to`, as soon as they are here. */
export function useBytes(source: PayloadSource, from: number, to: number): Uint8Array | undefined {
  useSyncExternalStore(source.subscribe, () => source.version);
  useEffect(() => source.look(from, to), [source, from, to]);
  return source.read(from, to);
}

/** Why the bytes can't be read, once that is known. */
export function usePayloadFailure(source: PayloadSource): Failure | null {
  return useSyncExternalStore(source.subscribe, () => source.failure);
}

/** The same for a second one; undefined until they are here, and if they can't be read. */
export function useSlice(source: PayloadSource, from: number, to: number): Uint8Array | undefined {
  const [slice, setSlice] = useState<{ readonly from: number; readonly bytes: Uint8Array }>();
  useEffect(() => {
    let wanted = true;
    void source.slice(from, to).then((result) => {
      if (wanted && result.ok) setSlice({ from, bytes: result.value });
    });
    return () => {
      wanted = false;
    };
  }, [source, from, to]);
  return slice?.from === from ? slice.bytes : undefined;
}
