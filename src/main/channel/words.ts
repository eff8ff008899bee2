/** A number with its thousands apart. `toLocaleString` takes many times as long. */
export const count: (n: number) => string = new Intl.NumberFormat('en-US').format;

export const bytesOf = (n: number): string => (n === 1 ? '1 byte' : `${count(n)} bytes`);
