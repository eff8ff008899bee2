import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing.ts';
import { OutputFile } from './output-file.ts';

test('text and bytes stand in the file in the order in which they were written', () => {
  const folder = temporaryFolder();
  try {
    const output = OutputFile.create({ folder: folder.path, temporary: join(folder.path, 'part') });
    for (const piece of ['é', Uint8Array.of(0, 255), Uint8Array.of(254), 'end', new Uint8Array()]) output.write(piece);
    const path = output.finish('Local\\X', 'bin');
    expect([...readFileSync(path)]).toEqual([0xc3, 0xa9, 0, 255, 254, ...Buffer.from('end')]);
  } finally {
    folder.remove();
  }
});
