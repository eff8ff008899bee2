import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readGivenFile, readGivenText, readLooseText } from './given-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'shmscope-given-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, bytes: Uint8Array | string = ''): string {
  writeFileSync(path.join(folder, name), bytes);
  return path.join(folder, name);
}

describe('a file that a user has named', () => {
  test('is read whole up to the limit, and no byte of a longer one', () => {
    expect(readGivenFile(file('five', 'bytes'), 5)).toEqual(Buffer.from('bytes'));
    expect(() => readGivenFile(file('six', '6bytes'), 5)).toThrow('it has 6 bytes, more than the 5 that can be read');
    truncateSync(file('huge'), 2 ** 40);
    expect(() => readGivenFile(path.join(folder, 'huge'), 5)).toThrow('1,099,511,627,776 bytes');
  });

  test('that is none is refused with the reason', () => {
    symlinkSync('circle', path.join(folder, 'circle'));
    expect(() => readGivenFile(path.join(folder, 'none'), 5)).toThrow('there is no such file');
    expect(() => readGivenFile(folder, 5)).toThrow('it is a folder');
    expect(() => readGivenFile(path.join(folder, 'circle'), 5)).toThrow('it is a link that leads to itself');
    expect(() => readGivenFile(path.join(file('part'), 'of'), 5)).toThrow('a part of its path is not a folder');
  });

  test('that is a device without an end, or a pipe that nobody writes to, is not read', () => {
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    for (const endless of ['/dev/zero', path.join(folder, 'pipe')])
      expect(() => readGivenFile(endless, 5)).toThrow('it is a pipe or a device, not a file');
  });
});

describe('its text', () => {
  test('is the same in UTF-8 and UTF-16, with a byte order mark and without', () => {
    const marked = '\ufeffä: b\r\n';
    const utf16 = Buffer.from(marked, 'utf16le');
    const forms = [marked, marked.slice(1), utf16, Buffer.from(utf16).swap16()];
    expect(forms.map((form) => readGivenText(file('text', form), 100))).toEqual(forms.map(() => 'ä: b\r\n'));
  });

  test.each([
    ['in another encoding', Uint8Array.of(0x63, 0x61, 0x66, 0xe9)],
    ['in UTF-16 without a mark', Buffer.from('a: b', 'utf16le')],
    ['binary', Uint8Array.of(0, 1, 2)],
  ])('that is %s is refused, and read as well as can be where its letters do not count', (_, bytes) => {
    expect(() => readGivenText(file('odd', bytes), 100)).toThrow('it is not text in UTF-8. Save it as UTF-8');
    expect(readLooseText(file('odd', bytes), 100)).toBe(Buffer.from(bytes).toString('utf8'));
  });
});
