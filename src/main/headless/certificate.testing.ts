import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface SelfSigned {
  readonly cert: string;
  readonly key: string;
  readonly privateKey: KeyObject;
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * A self-signed certificate for localhost and 127.0.0.1. @param from ms from now when it becomes valid, and `to` when
 * it expires
 */
export function selfSigned(from = -DAY, to = DAY): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(oid(2, 5, 4, 3), der(0x0c, Buffer.from('Shmscope test')))));
  const algorithm = sequence(oid(1, 2, 840, 10045, 4, 3, 2));
  const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])));
  const tbs = sequence(
    der(0xa0, der(2, Buffer.from([2]))),
    der(2, Buffer.from([1])),
    algorithm,
    name,
    sequence(time(from), time(to)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(oid(2, 5, 29, 17), der(4, names)))),
  );
  const signature = createSign('sha256').update(tbs).sign(privateKey);
  const cert = sequence(tbs, algorithm, der(3, Buffer.from([0]), signature));
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  return { cert: pem('CERTIFICATE', cert), key, privateKey };
}

const pem = (what: string, bytes: Buffer) =>
  `-----BEGIN ${what}-----\n${bytes.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END ${what}-----\n`;

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...head]), body]);
}
const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);
const set = (...parts: readonly Buffer[]) => der(0x31, ...parts);
const time = (fromNow: number) =>
  der(0x18, Buffer.from(`${new Date(Date.now() + fromNow).toISOString().replace(/\D/g, '').slice(0, 14)}Z`));

function oid(first: number, second: number, ...rest: readonly number[]): Buffer {
  return der(6, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}
function base128(value: number): number[] {
  const bytes = [value & 127];
  for (let left = value >> 7; left > 0; left >>= 7) bytes.unshift((left & 127) | 128);
  return bytes;
}
