import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useApi } from '../shell/api-context.ts';
import { PayloadSource } from './payload-source.ts';

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
