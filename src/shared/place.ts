/** The position of `at` in `text`: "position 3", or "line 2, position 3" if there are several lines. */
export function place(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return text.includes('\n') ? `line ${before.length}, position ${column}` : `position ${column}`;
}
