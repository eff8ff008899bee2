/** The words of an arithmetic type in any order (`long unsigned int`), as the name that `scalars.ts` knows. */
export function arithmeticName(words: readonly string[]): string | undefined {
  const count = (word: string) => words.filter((one) => one === word).length;
  const core = words.filter((word) => !/^(signed|unsigned|__signed__|__signed|long|short|int)$/.test(word));
  const [longs, shorts] = [count('long'), count('short')];
  const unsigned = count('unsigned') > 0;
  const signed = words.some((word) => /^(signed|__signed__|__signed)$/.test(word));
  if (core.length > 1 || (unsigned && signed) || longs > 2 || shorts > 1 || (longs && shorts)) return undefined;
  const sign = unsigned ? 'unsigned ' : '';
  switch (core[0]) {
    case undefined:
      return sign + (shorts ? 'short' : longs === 2 ? 'long long' : longs ? 'long' : 'int');
    case 'char':
      return longs || shorts ? undefined : unsigned ? 'unsigned char' : signed ? 'signed char' : 'char';
    case 'double':
      return longs === 1 && !unsigned && !signed ? 'long double' : words.length === 1 ? 'double' : undefined;
    case '__int8':
      return unsigned ? 'unsigned char' : 'signed char';
    case '__int16':
      return `${sign}short`;
    case '__int32':
      return `${sign}int`;
    case '__int64':
      return `${sign}long long`;
    case '__int128':
      return `${sign}__int128`;
    default:
      return words.length === 1 ? core[0] : undefined;
  }
}
