import * as v from 'valibot';

/**
 * The encodings of text that payloads are read and written in: those of the web's Encoding Standard, by its names.
 * `field` is the name in the filter language.
 */
export const ENCODINGS = {
  'utf-8': { field: 'utf8', title: 'UTF-8', script: 'Unicode' },
  'utf-16le': { field: 'utf16', title: 'UTF-16 LE', script: 'Unicode' },
  'utf-16be': { field: 'utf16be', title: 'UTF-16 BE', script: 'Unicode' },
  'windows-1252': { field: 'cp1252', title: 'Windows-1252', script: 'Western European' },
  'iso-8859-15': { field: 'latin9', title: 'ISO-8859-15', script: 'Western European' },
  macintosh: { field: 'mac', title: 'Mac OS Roman', script: 'Western European' },
  'windows-1250': { field: 'cp1250', title: 'Windows-1250', script: 'Central European' },
  'iso-8859-2': { field: 'latin2', title: 'ISO-8859-2', script: 'Central European' },
  'windows-1251': { field: 'cp1251', title: 'Windows-1251', script: 'Cyrillic' },
  'iso-8859-5': { field: 'iso5', title: 'ISO-8859-5', script: 'Cyrillic' },
  'koi8-r': { field: 'koi8r', title: 'KOI8-R', script: 'Cyrillic' },
  'koi8-u': { field: 'koi8u', title: 'KOI8-U', script: 'Cyrillic' },
  ibm866: { field: 'cp866', title: 'IBM866', script: 'Cyrillic' },
  'windows-1253': { field: 'cp1253', title: 'Windows-1253', script: 'Greek' },
  'iso-8859-7': { field: 'iso7', title: 'ISO-8859-7', script: 'Greek' },
  'windows-1254': { field: 'cp1254', title: 'Windows-1254', script: 'Turkish' },
  'windows-1255': { field: 'cp1255', title: 'Windows-1255', script: 'Hebrew' },
  'windows-1256': { field: 'cp1256', title: 'Windows-1256', script: 'Arabic' },
  'windows-1257': { field: 'cp1257', title: 'Windows-1257', script: 'Baltic' },
  'windows-1258': { field: 'cp1258', title: 'Windows-1258', script: 'Vietnamese' },
  'windows-874': { field: 'cp874', title: 'Windows-874', script: 'Thai' },
  shift_jis: { field: 'sjis', title: 'Shift_JIS', script: 'Japanese' },
  'euc-jp': { field: 'eucjp', title: 'EUC-JP', script: 'Japanese' },
  gbk: { field: 'gbk', title: 'GBK', script: 'Chinese' },
  gb18030: { field: 'gb18030', title: 'GB18030', script: 'Chinese' },
  big5: { field: 'big5', title: 'Big5', script: 'Chinese' },
  'euc-kr': { field: 'euckr', title: 'EUC-KR', script: 'Korean' },
} as const;

export type Encoding = keyof typeof ENCODINGS;
export const ENCODING_NAMES = Object.keys(ENCODINGS) as readonly Encoding[];

/** `auto`: UTF-8, or UTF-16 if a payload clearly is; each payload on its own. */
export type EncodingChoice = Encoding | 'auto';

export const encodingSchema = v.picklist(ENCODING_NAMES, 'Unknown encoding.');
export const encodingChoiceSchema = v.picklist(['auto', ...ENCODING_NAMES] as const, 'Unknown encoding.');

export const titleOf = (choice: EncodingChoice): string => (choice === 'auto' ? 'Auto' : ENCODINGS[choice].title);

const FIELDS = new Map<string, EncodingChoice>(ENCODING_NAMES.map((name) => [ENCODINGS[name].field, name]));
FIELDS.set('auto', 'auto');

/** The encoding that is written like this in the filter language. */
export const encodingOfField = (field: string): EncodingChoice | undefined => FIELDS.get(field.toLowerCase());
export const fieldOfEncoding = (choice: EncodingChoice): string =>
  choice === 'auto' ? 'auto' : ENCODINGS[choice].field;

/** Bytes at the start of a payload that the guess uses. */
const GUESSED_BYTES = 160;

/**
 * What `auto` takes a payload for. UTF-16 if it has a byte order mark, or if every unit is a visible character and the
 * zeros are placed as in text of mostly one alphabet; else UTF-8. It never guesses between code pages: they can't be
 * distinguished.
 * @param head the first {@link GUESSED_BYTES}, or all
 * @param size bytes of the whole payload
 */
export function guessEncoding(head: Uint8Array, size: number): Encoding {
  const [a, b] = head;
  if (size % 2 !== 0) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  const part = head.subarray(0, GUESSED_BYTES - (GUESSED_BYTES % 2));
  if (!part.includes(0)) return 'utf-8';
  if (looksLikeUtf16(part, 0)) return 'utf-16le';
  return looksLikeUtf16(part, 1) ? 'utf-16be' : 'utf-8';
}

/** Fewer units, with fewer characters among them, could as well be numbers. */
const [FEWEST, FEWEST_SEEN] = [3, 2];
const SEEN = /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\t\r\n]+$/u;

/** @param low where the lower byte of each unit is */
function looksLikeUtf16(bytes: Uint8Array, low: 0 | 1): boolean {
  const units: number[] = [];
  for (let at = 0; at + 1 < bytes.length; at += 2)
    units.push((bytes[at + low] as number) | ((bytes[at + 1 - low] as number) << 8));
  if (units.length < FEWEST) return false;
  // A C string ends with zeros.
  while (units.at(-1) === 0) units.pop();
  // The last character may be cut.
  if ((units.at(-1) ?? 0) >> 10 === 0xd800 >> 10) units.pop();
  if (units.length < FEWEST_SEEN || !SEEN.test(String.fromCharCode(...units))) return false;
  const plain = units.filter((unit) => unit < 0x100).length;
  const blocks = new Set(units.map((unit) => unit >> 8)).size;
  return plain > 0 && (plain >= units.length / 2 || blocks <= 2);
}
