import { place } from '../place.ts';
import { HexMistake } from './mistake.ts';

/** A text without what languages write around a list of bytes; blanks replace it, so that positions don't change. */
export interface Unwrapped {
  readonly content: string;
  /** It was in brackets. */
  readonly listed: boolean;
}

/** `xxd -i` writes the length after the array. */
const LENGTH = /;\s*(?:static\s+)?(?:const\s+)?(?:unsigned\s+int|size_t)\s+\w+\s*=\s*(\d+)\s*;?\s*$/;
/** Everything before the value of a declaration or an assignment, on one line. */
const DECLARATION = /^\s*((?:\[[^\]=\n]*\]|[\w\t *&:<>,.$@()"'!?\ue000-])+):?=(?!=)\s*/;
const WIDE =
  /\b(?:u?int(?:16|32|64)(?:_t)?|short|long|int|d?word|qword|ushort|uint|ulong|[iu](?:16|32|64)|float|double)\b/i;
const CAST = /\(\s*(?:(?:un)?signed\s+)?(?:char|s?byte|u?int8(?:_t)?|[iu]8|uchar|std::byte)\s*\)/gi;
const STD_BYTE = /\bstd::byte\s*[{(]\s*(0x[0-9a-f]{1,2})\s*[})]/gi;
/** What precedes the brackets or quotes of a literal, and the bytes of a registry file. */
const WRAPPERS = new RegExp(
  String.raw`^\s*(?:(?:${[
    String.raw`(?:bytes|bytearray)(?:\.fromhex)?|(?:binascii\.)?unhexlify|hex\.DecodeString`,
    String.raw`(?:new\s+)?Uint8Array(?:\.(?:of|from|fromHex))?|Buffer\.(?:from|of)|vec!|hex!|List\.of|&(?:mut\s+)?`,
    String.raw`(?:new\s+)?(?:s?byte|uint8_t|unsigned\s+char|u8|char)\s*\[\s*\d*\s*\]|\[\s*\d*\s*\]\s*(?:byte|uint8|u8)`,
  ].join('|')})(?=\s*(?:[[({"'\x60&]|new\b))|hex(?:\([0-9a-f]+\))?:)`,
  'i',
);
const STRING_OR_COMMENT = /(["'`])((?:\\[\s\S]|(?!\1)[^\\\n])*)\1|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?|\/\/[^\n]*/g;
/** Stands for what is within quotes while that should be ignored. */
const HIDDEN = '\ue000';
/** The deepest nesting of brackets. */
const MAX_DEPTH = 8;
const PAIRS: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')', '<': '>' };

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** Throws {@link HexMistake} for an unclosed bracket, a wrong length, and numbers that aren't bytes. */
export function unwrapped(text: string): Unwrapped {
  const hidden = text.replace(STRING_OR_COMMENT, (whole, quote: string | undefined, inner: string | undefined) =>
    quote === undefined ? withoutComment(whole) : quote + HIDDEN.repeat(inner?.length ?? 0) + quote,
  );
  const { content, listed } = unwrap(hidden, text);
  return { content: content.replaceAll(HIDDEN, (_, at: number) => text[at] as string), listed };
}

/** One that doesn't end isn't one. */
const withoutComment = (comment: string) =>
  comment.startsWith('/*') && !/^\/\*[\s\S]*\*\/$/.test(comment) ? comment : blank(comment);

function unwrap(hidden: string, text: string): Unwrapped {
  let content = hidden.replace(/\\\r?\n/g, blank);
  const length = LENGTH.exec(content);
  if (length) content = content.slice(0, length.index) + blank(length[0]);
  content = content.replace(DECLARATION, (declaration, before: string) => {
    if (!isDeclaration(before, content.slice(declaration.length))) return declaration;
    const wide = WIDE.exec(declaration);
    if (wide)
      throw new HexMistake(
        wide.index,
        `"${wide[0]}" at ${place(text, wide.index)} has several bytes in unknown byte order. Write each byte separately.`,
      );
    return blank(declaration);
  });
  content = content.replace(CAST, blank).replace(STD_BYTE, (whole, number: string) => {
    const [before = '', after = ''] = whole.split(number);
    return blank(before) + number + blank(after);
  });
  const result = withoutBrackets(content, text);
  if (length) checkLength(result.content, Number(length[1]), text, length.index);
  return result;
}

/** Unlike `de ad = be`: what starts as bytes isn't left out. */
const isDeclaration = (before: string, value: string): boolean =>
  /[g-z_$"'\]]/i.test(before) || (/^\w+\s*:?$/.test(before) && /^(?:[[({"'`]|0x|\w+[[({"'`!])/i.test(value));

/** Removes brackets and the names before them, layer by layer. */
function withoutBrackets(whole: string, text: string): Unwrapped {
  let content = withoutEnd(whole);
  let listed = false;
  for (let depth = 0; ; depth += 1) {
    content = content.replace(WRAPPERS, blank);
    const start = content.search(/\S/);
    const open = content[start] ?? '';
    const close = PAIRS[open];
    if (close === undefined) return { content, listed };
    const end = content.trimEnd().length - 1;
    if (content[end] !== close || end === start || depth === MAX_DEPTH)
      throw new HexMistake(start, `The ${open} at ${place(text, start)} is not closed: a part may be missing.`);
    listed ||= open !== '(';
    content = withoutEnd(`${content.slice(0, start)} ${content.slice(start + 1, end)}`);
  }
}

/** Without the character that ends a list or a statement; everything before it keeps its position. */
function withoutEnd(content: string): string {
  const end = content.trimEnd();
  return /[,;]$/.test(end) ? end.slice(0, -1) : end;
}

function checkLength(content: string, length: number, text: string, at: number): void {
  const found = content.match(/0x/gi)?.length ?? 0;
  if (found !== length)
    throw new HexMistake(
      at,
      `The length at ${place(text, at)} is ${length}, and the array has ${found} bytes: a part may be missing.`,
    );
}
