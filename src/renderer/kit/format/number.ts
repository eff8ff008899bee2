/** Digits in threes, with the separators that people and our own views use. */
const GROUPED = /^[+-]?\d{1,3}(?:[,\s_'’]\d{3})+(?:\.\d+)?$/;

/**
 * A number as typed: "16,384" and "16 384" are numbers too; an empty text isn't, and neither is "1,5", which would be
 * ten times as much if the comma isn't a decimal separator.
 */
export function parseNumber(text: string): number {
  const trimmed = text.trim();
  if (trimmed === '') return Number.NaN;
  return Number(GROUPED.test(trimmed) ? trimmed.replace(/[,\s_'’]/g, '') : trimmed);
}
