/** Text in XML 1.0, which can't represent most control characters: they are escaped as in JavaScript. */

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const SUSPECT = /[\p{Cc}\p{Cs}\ufffe\uffff]/gu;
const LEGAL = '\t\n\r\u0085';
const legal = (text: string) =>
  text.replace(SUSPECT, (char) => (LEGAL.includes(char) ? char : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`));
const plain = (text: string) => legal(text).replace(/[&<>"]/g, (char) => ENTITIES[char] as string);

export const xmlText = (text: string): string => plain(text).replaceAll('\r', '&#13;');

/** A line feed in an attribute would be read as a space. */
const xmlAttribute = (text: string) => plain(text).replace(/[\n\r\t]/g, (char) => `&#${char.charCodeAt(0)};`);

/** Text that can't be confused with markup, as it is. */
export const cdata = (text: string): string => `<![CDATA[${legal(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

/** `name="value"` for each that has a value. */
export const attributes = (values: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${xmlAttribute(String(value))}"`]))
    .join('');
