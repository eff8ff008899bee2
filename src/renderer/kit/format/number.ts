/** Digits in threes, with what people and our own views put between them. */
const GROUPED = /^[+-]?\d{1,3}(?:[,\s_'’]\d{3})+(?:\.\d+)?$/;

/**
 * A number as it is typed: "16,384" and "16 384" are numbers too; nothing is not, and neither is "1,5", which would be
 * ten times as much where a comma is no decimal sign.
 */
export function parseNumber(text: string): number {
  const trimmed = text.trim();
  if (trimmed === '') return Number.NaN;
  return Number(GROUPED.test(trimmed) ? trimmed.replace(/[,\s_'’]/g, '') : trimmed);
}
