import { describe, expect, it } from 'vitest';
import { MAX_IMPORT_CHUNK } from '../../../shared/export.ts';
import { useNotices } from '../../host/notices-store.ts';
import { importFile } from './import.ts';

type Importing = Parameters<typeof importFile>[0];

/** A host that accepts chunks and refuses the one numbered `refuse`. */
function host(refuse = -1) {
  const calls: string[] = [];
  const noted = async (call: string) => {
    calls.push(call);
    return { ok: true };
  };
  const api = {
    startImport: async () => ({ ok: true, value: { id: 7 } }),
    importChunk: async (id: number, chunk: Uint8Array) => {
      calls.push(`chunk ${id} ${chunk.byteLength}`);
      return calls.length - 1 === refuse
        ? { ok: false, failure: { code: 'import-invalid', message: 'no' } }
        : { ok: true };
    },
    importEnd: () => noted('end'),
    cancelJob: () => noted('cancel'),
  } as unknown as Importing;
  return { api, calls };
}

describe('an import', () => {
  const file = new File([new Uint8Array(2 * MAX_IMPORT_CHUNK + 5)], 'a.jsonl');

  it('sends the whole file in order, in pieces that the host takes, and then its end', async () => {
    const { api, calls } = host();
    await importFile(api, file);
    expect(calls).toEqual([`chunk 7 ${MAX_IMPORT_CHUNK}`, `chunk 7 ${MAX_IMPORT_CHUNK}`, 'chunk 7 5', 'end']);
  });

  it('sends nothing more after a piece that was refused: the job tells why', async () => {
    const { api, calls } = host(1);
    await importFile(api, file);
    expect(calls).toHaveLength(2);
  });

  it("is cancelled when the file can't be read on, and says so", async () => {
    const { api, calls } = host();
    const gone = { name: 'a.jsonl', size: 9, slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) };
    await importFile(api, gone as unknown as File);
    expect(calls).toEqual(['cancel']);
    expect(useNotices.getState().notices.at(-1)?.about).toMatchObject({ message: expect.stringContaining('gone') });
  });
});
