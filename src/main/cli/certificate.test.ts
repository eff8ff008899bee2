import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../capture/testing.ts';
import { selfSigned } from '../headless/certificate.testing.ts';
import { readCertificate } from './certificate.ts';
import { UsageError } from './exit-status.ts';

const folder = temporaryFolder();
const file = (name: string) => join(folder.path, name);
const good = selfSigned();

beforeAll(() => {
  const put = (name: string, text: string) => writeFileSync(file(name), text);
  put('cert.pem', good.cert);
  put('key.pem', good.key);
  put('other.pem', selfSigned().key);
  put('ended.pem', selfSigned(-2000, -1000).cert);
  put('future.pem', selfSigned(1_000_000, 2_000_000).cert);
  put(
    'locked.pem',
    String(good.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })),
  );
  put('text.pem', 'no PEM at all');
  put('large.pem', ' '.repeat(2 * 1024 * 1024));
  mkdirSync(file('folder'));
});
afterAll(() => folder.remove());

test('a certificate and its key are read; without either there is no TLS', () => {
  expect(readCertificate(file('cert.pem'), file('key.pem'))).toEqual({ cert: good.cert, key: good.key });
  expect(readCertificate(undefined, undefined)).toBeUndefined();
});

test.each([
  ['cert.pem', undefined, 'go together'],
  [undefined, 'key.pem', 'go together'],
  ['none.pem', 'key.pem', /--tls-cert: .*none\.pem can't be read: there is no such file/],
  ['cert.pem', 'none.pem', /--tls-key: .*none\.pem can't be read: there is no such file/],
  ['folder', 'key.pem', 'it is a folder'],
  ['large.pem', 'key.pem', 'more than the 1,048,576 that can be read'],
  ['text.pem', 'key.pem', 'holds no certificate in PEM form'],
  ['key.pem', 'key.pem', 'holds no certificate in PEM form'],
  ['cert.pem', 'text.pem', 'holds no private key in PEM form'],
  ['cert.pem', 'cert.pem', 'holds no private key in PEM form'],
  ['cert.pem', 'locked.pem', 'has a passphrase'],
  ['cert.pem', 'other.pem', /key in .*other\.pem does not belong to the certificate in .*cert\.pem/],
  ['ended.pem', 'key.pem', 'does not belong'],
])('%s with %s is refused with what is wrong', (cert, key, sentence) => {
  const read = () => readCertificate(cert && file(cert), key && file(key));
  expect(read).toThrow(UsageError);
  expect(read).toThrow(sentence);
});

test.each([
  ['that has ended', -2000, -1000, 'ended on'],
  ['that has not begun', 1_000_000, 2_000_000, 'begins on'],
])('a certificate %s is refused', (_what, from, to, sentence) => {
  const { cert, key } = selfSigned(from, to);
  writeFileSync(file('timed.pem'), cert + key);
  expect(() => readCertificate(file('timed.pem'), file('timed.pem'))).toThrow(sentence);
});
