import { parseHex } from '../hex/hex.ts';
import { codecOf } from '../text/codecs.ts';
import type { Encoding } from '../text/encodings.ts';
import { isFiniteJson, writeExactJson } from '../text/exact-json.ts';
import type { Payload } from './model.ts';
import type { Capture, Contents } from './schema-payload.ts';
import type { Value } from './schema-words.ts';

/** Bytes as a scenario writes them. A mistake is thrown as a {@link ScenarioFault}. */

/** What can't be done as the scenario says: a sentence for people. */
export class ScenarioFault extends Error {
  override readonly name = 'ScenarioFault';
}

export function textBytes(text: string, encoding: Encoding = 'utf-8'): Uint8Array<ArrayBuffer> {
  const encoded = codecOf(encoding).encode(text);
  if (encoded.ok) return encoded.bytes;
  const { at, length } = encoded;
  throw new ScenarioFault(
    `${encoding} has no “${text.slice(at, at + length)}”, which is character ${[...text.slice(0, at)].length + 1} of the text.`,
  );
}

export function hexBytes(hex: string): Uint8Array<ArrayBuffer> {
  const parsed = parseHex(hex);
  if (parsed.ok) return parsed.bytes;
  throw new ScenarioFault(parsed.message);
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export function base64Bytes(text: string): Uint8Array<ArrayBuffer> {
  const bare = text.replaceAll(/\s/g, '');
  const at = bare.search(/[^A-Za-z0-9+/=]/);
  if (at >= 0) throw new ScenarioFault(`“${bare[at]}” is not a character of base64.`);
  if (!BASE64.test(bare)) throw new ScenarioFault('This base64 is not complete: four characters make three bytes.');
  return Uint8Array.from(atob(bare), (character) => character.charCodeAt(0));
}

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');

const base64Of = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** What is sent, in the model's form. */
export function payloadOf({ text, hex, base64, json, file, encoding }: Contents): Payload {
  if (text !== undefined) return { kind: 'text', text, ...(encoding && { encoding }) };
  if (hex !== undefined) return { kind: 'hex', text: hex };
  if (base64 !== undefined) return { kind: 'base64', text: base64 };
  if (file !== undefined) return { kind: 'file', file };
  return { kind: 'json', json };
}

/** The bytes of a payload whose variables are filled in. Throws {@link ScenarioFault}. */
export function payloadBytes(payload: Payload): Uint8Array<ArrayBuffer> {
  switch (payload.kind) {
    case 'text':
      return textBytes(payload.text, payload.encoding);
    case 'hex':
      return hexBytes(payload.text);
    case 'base64':
      return base64Bytes(payload.text);
    case 'json':
      if (!isFiniteJson(payload.json)) throw new ScenarioFault('JSON has no number that is infinite or NaN.');
      return textBytes(writeExactJson(payload.json));
    case 'bytes':
      return payload.bytes;
    case 'file':
      throw new ScenarioFault(`The file ${payload.file} was not read.`);
  }
}

/** What can be captured from any message; undefined for what only a match has read. */
export function keptOf(capture: Capture, bytes: Uint8Array, text: () => string | null): Value | undefined {
  if (capture === 'size') return bytes.length;
  if (capture === 'hex') return hexOf(bytes);
  if (capture === 'base64') return base64Of(bytes);
  if (capture === 'text') return text() ?? undefined;
  return undefined;
}
