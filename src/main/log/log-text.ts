/** Characters of one entry. */
const MAX_TEXT = 8000;
/** Frames of a stack. */
const MAX_FRAMES = 30;
const MAX_CAUSES = 5;

/**
 * An error in a form that may be logged: its name, code, message, frames and causes, without anything that the program
 * was working on.
 */
export function toLogText(error: unknown): string {
  const lines: string[] = [];
  let at = error;
  for (let depth = 0; depth < MAX_CAUSES; depth++) {
    lines.push(`${depth === 0 ? '' : 'caused by '}${headOf(at)}`, ...framesOf(at));
    if (!(at instanceof Error && at.cause !== undefined)) break;
    at = at.cause;
  }
  return printable(lines.join('\n')).slice(0, MAX_TEXT);
}

function headOf(error: unknown): string {
  if (!(error instanceof Error)) return `something of type ${typeof error} was thrown`;
  const { code } = error as { readonly code?: unknown };
  return `${error.name}${typeof code === 'string' ? ` (${code})` : ''}: ${withoutContent(error.message)}`;
}

/** The stack begins with the message, which may have several lines; frames are recognised by their form. */
const framesOf = (error: unknown) =>
  ((error instanceof Error && error.stack) || '')
    .split('\n')
    .filter((line) => /^\s+at \S/.test(line))
    .slice(0, MAX_FRAMES)
    .map((line) => `  ${line.trim()}`);

/**
 * A message without what it quotes: JavaScript puts what it couldn't parse into its errors, perhaps a payload. Names of
 * properties and paths of files, which are in single quotes, stay.
 */
export function withoutContent(message: string): string {
  return message
    .replace(/"(?:[^"\\]|\\.)*"?|`[^`]*`?/gs, '"…"')
    .replace(/'([^']*)'?/gs, (quoted, text) => (/^[\w$./\\:@~ -]{1,260}$/.test(text) ? quoted : "'…'"))
    .replace(/\bCannot convert .* to a BigInt/s, 'Cannot convert … to a BigInt');
}

/** None of its lines can pass for an entry, or do anything to a terminal. */
const printable = (text: string) => text.replace(/(?!\n)[\p{Cc}\u2028\u2029]/gu, (c) => `\\u${hex(c)}`);
const hex = (character: string) => character.charCodeAt(0).toString(16).padStart(4, '0');
