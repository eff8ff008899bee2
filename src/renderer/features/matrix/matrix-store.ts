import { useEffect } from 'react';
import { create } from 'zustand';
import type { Api } from '../../../shared/api.ts';
import type { MatrixSnapshot } from '../../../shared/matrix/matrix.ts';
import { useApi } from '../../host/api-context.ts';
import { useConnected, useHost } from '../../host/host-store.ts';
import { notifyOfRead } from '../../host/notices-store.ts';
import { share } from '../../host/share.ts';

interface Known {
  /** The matrix that runs or ran last; null before the first. */
  readonly matrix: MatrixSnapshot | null;
}

export const useMatrix = create<Known>(() => ({ matrix: null }));

let asking = false;
let again = false;

/** One request at a time; what changes meanwhile is requested after it. */
async function ask(api: Api): Promise<void> {
  again = true;
  if (asking) return;
  asking = true;
  while (again) {
    again = false;
    const result = await api.matrix();
    if (result.ok) useMatrix.setState(({ matrix }) => ({ matrix: share(matrix, result.value) }));
    else notifyOfRead("Couldn't read the matrix", result.failure);
  }
  asking = false;
}

/** Keeps {@link useMatrix} up to date while the component is mounted. */
export function useMatrixFollowed(): void {
  const api = useApi();
  const version = useHost((state) => state.matrixVersion);
  const connected = useConnected();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is another matrix
  useEffect(() => {
    if (connected) void ask(api);
  }, [api, version, connected]);
}
