import { exact } from '../types/decoder.ts';
import { COMPARISONS, type FieldTest, type FieldWord, Mistake } from './ast.ts';
import type { Value } from './catalogue.ts';
import { quote } from './values.ts';

/** How conditions on a payload's field are written: `>10`, `1..5`, `BUY,SELL`, `"a b"i`, `*`. */

const NUMBER = /^[+-]?(?:0x[\da-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/i;
const EXPECTED = ['10', '>10', '10..20', '*'];

/** Throws {@link Mistake}. `path`: as displayed. */
export function readFieldTest(path: string, { text, span, quoted, flags }: Value): FieldTest {
  const ignoreCase = flags === 'i';
  if (quoted) return { op: '=', values: [wordOf(text)], ignoreCase };
  if (text === '*') return { op: '*' };
  const fail = () => new Mistake(span, `${path}: needs a value, such as ${EXPECTED.join(', ')} or a name.`, EXPECTED);
  const number = (part: string) => {
    const value = numberOf(part);
    if (value === undefined)
      throw new Mistake(span, `${path}: only numbers can be compared or make a range, such as 10..20.`, EXPECTED);
    return value;
  };
  const sign = COMPARISONS.find((one) => one !== '=' && text.startsWith(one)) as '>=' | '<=' | '>' | '<' | undefined;
  if (sign) return { op: sign, value: number(text.slice(sign.length)) };
  const range = /^([^,]*?)\.\.([^,]*)$/.exec(text);
  if (range) {
    const [low, high] = range.slice(1).map((part) => (part === '' ? null : number(part))) as [Bound, Bound];
    if (low === null && high === null) throw fail();
    if (low !== null && high !== null && low > high)
      throw new Mistake(span, 'This range ends before it starts.', EXPECTED);
    return { op: '..', low, high };
  }
  const words = text.replace(/^=/, '').split(',');
  if (words.some((word) => word === '')) throw fail();
  return { op: '=', values: words.map(wordOf), ignoreCase: false };
}

type Bound = number | bigint | null;

function wordOf(text: string): FieldWord {
  const number = numberOf(text);
  return { text, ...(number !== undefined && { number }) };
}

/** Whole numbers are exact. */
function numberOf(text: string): number | bigint | undefined {
  if (!NUMBER.test(text)) return undefined;
  if (!/^[+-]?(?:0x[\da-f]+|\d+)$/i.test(text)) return Number(text);
  const digits = BigInt(text.replace(/^[+-]/, ''));
  return exact(text.startsWith('-') ? -digits : digits);
}

export function writeFieldTest(test: FieldTest): string {
  switch (test.op) {
    case '*':
      return '*';
    case '..':
      return `${test.low ?? ''}..${test.high ?? ''}`;
    case '=':
      return test.values.length > 1 || isPlain(test)
        ? test.values.map(({ text }) => text).join(',')
        : `${quote(test.values[0]?.text ?? '')}${test.ignoreCase ? 'i' : ''}`;
    default:
      return `${test.op}${test.value}`;
  }
}

/** What is a word without quotes, and can't be anything else. */
const isPlain = ({ values, ignoreCase }: Extract<FieldTest, { op: '=' }>) =>
  !ignoreCase && /^[^\s()",*<>=/.]+$|^-?\d+\.\d+$/.test(values[0]?.text ?? '');
