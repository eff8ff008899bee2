const grouped = new Intl.NumberFormat('en-US');

/** 16384 → "16,384". */
export const formatInteger = (n: number): string => grouped.format(n);

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** 1536 → "1.5 KiB", three figures at most, binary units. */
export function formatSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 || Number.isInteger(value) ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** "1 byte", "16,384 bytes". */
export const formatByteCount = (n: number): string => `${formatInteger(n)} ${n === 1 ? 'byte' : 'bytes'}`;

/** Whole percent of `whole`; a part that isn't nothing is never shown as 0 %, one that isn't all never as 100 %. */
export function percentOf(part: number, whole: number): number {
  if (whole <= 0 || part <= 0) return 0;
  const percent = Math.round((part / whole) * 100);
  if (percent === 0) return 1;
  return percent === 100 && part < whole ? 99 : percent;
}

/** "1 message", "2 messages". */
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${formatInteger(n)} ${n === 1 ? one : many}`;
