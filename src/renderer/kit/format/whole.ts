/** "16,384" and "16 384" are numbers too; nothing is not. */
export function parseWhole(text: string): number {
  const digits = text.replace(/[\s,_]/g, '');
  return digits === '' ? Number.NaN : Number(digits);
}
