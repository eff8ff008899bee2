import { writeExactJson } from '../text/exact-json.ts';
import type { Expected } from './schema-payload.ts';

/** What is expected of a message, in words; and as it is written beside what arrived. */
export function expectedWords(expected: Expected): string {
  const { text, hex, base64, json, regex, flags = '', pattern, size, type, where } = expected;
  const parts = [
    type !== undefined && (where === undefined ? `a ${type}` : `a ${type} where ${where}`),
    type === undefined && where !== undefined && `a message where ${where}`,
    text !== undefined && `“${text}”`,
    hex !== undefined && `hex ${hex}`,
    base64 !== undefined && `base64 ${base64}`,
    json !== undefined && `JSON with ${writeExactJson(json)}`,
    regex !== undefined && `text like /${regex}/${flags}`,
    pattern !== undefined && `bytes like ${pattern}`,
    size !== undefined && `${size} bytes`,
  ];
  return parts.filter(Boolean).join(', ');
}
