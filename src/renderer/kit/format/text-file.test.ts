import { expect, it } from 'vitest';
import { readTextFile } from './text-file.ts';

const file = (bytes: Uint8Array | string) => new Blob([Buffer.from(bytes)]);

it('a file is read as the text that it is, without its byte order mark', async () => {
  const text = { ok: true, text: '{"ü":1}' };
  expect(await readTextFile(file('{"ü":1}'), 100)).toEqual(text);
  expect(await readTextFile(file('\ufeff{"ü":1}'), 100)).toEqual(text);
  const utf16 = Buffer.from('\ufeff{"ü":1}', 'utf16le');
  expect(await readTextFile(file(utf16), 100)).toEqual(text);
  expect(await readTextFile(file(utf16.swap16()), 100)).toEqual(text);
});

it('a file that is not UTF-8 is read as what it may be otherwise', async () => {
  const bytes = Buffer.from('int a; // \xfc', 'latin1');
  expect(await readTextFile(file(bytes), 100, 'windows-1252')).toEqual({ ok: true, text: 'int a; // ü' });
  expect(await readTextFile(file('// ü'), 100, 'windows-1252')).toEqual({ ok: true, text: '// ü' });
});

it('a file that is too large, no text, or gone is refused with why', async () => {
  expect(await readTextFile(file('x'.repeat(101)), 100)).toMatchObject({
    ok: false,
    message: expect.stringMatching(/100 B/),
  });
  expect(await readTextFile(file(Buffer.of(0xff, 0x41)), 100)).toMatchObject({
    ok: false,
    message: expect.stringMatching(/isn't UTF-8/),
  });
  const unsized = { size: 0, slice: (_: number, end: number) => file('x'.repeat(end)) } as unknown as File;
  expect(await readTextFile(unsized, 100)).toMatchObject({ ok: false, message: expect.stringMatching(/100 B/) });
  const gone = {
    size: 1,
    slice: () => ({ arrayBuffer: () => Promise.reject(new Error('NotFound')) }),
  } as unknown as File;
  expect(await readTextFile(gone, 100)).toMatchObject({
    ok: false,
    message: expect.stringMatching(/moved or deleted/),
  });
});
