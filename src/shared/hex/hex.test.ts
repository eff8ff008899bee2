import { describe, expect, test } from 'vitest';
import { parseHex, parseHexPattern } from './hex.ts';

const read = (text: string): string => {
  const parsed = parseHex(text);
  return parsed.ok ? Buffer.from(parsed.bytes).toString('hex') : `${parsed.at}: ${parsed.message}`;
};
const refused = (text: string): { at: number; message: string } => {
  const parsed = parseHex(text);
  if (parsed.ok) throw new Error(`${JSON.stringify(text)} was taken as ${Buffer.from(parsed.bytes).toString('hex')}.`);
  return parsed;
};

describe('bytes are read', () => {
  test.each([
    'deadbeef',
    'DEADBEEF',
    'de ad be ef',
    'de ad\nBE\tef',
    ' dead beef \r\n',
    'de\u00a0ad\u00a0be\u00a0ef',
    '0xdeadbeef',
    '0XDEADBEEF',
    '0xde_ad_be_ef',
    '0xde 0xad 0xbe 0xef',
    '0xde, 0xad, 0xbe, 0xef,',
    '0xde,0xad,0xbe,0xef',
    '0xde0xad0xbe0xef',
    'DE:AD:BE:EF',
    'DE-AD-BE-EF',
    'de,ad,be,ef',
    'de;ad;be;ef;',
    'dead.beef',
    'de|ad|be|ef',
    'de ad | be ef',
    'dead-be-ef',
    'de_ad_be_ef',
    '\\xde\\xad\\xbe\\xef',
    '\\xDE \\xAD \\xBE \\xEF',
    '"\\xde\\xad\\xbe\\xef"',
    "'\\xde\\xad\\xbe\\xef';",
    '"\\xde\\xad"\n  "\\xbe\\xef";',
    '"deadbeef"',
    "'DE AD BE EF'",
    '%de%ad%be%ef',
    'deh, adh, beh, efh',
    '0DEh 0ADh 0BEh 0EFh',
    "h'deadbeef'",
    "x'deadbeef'",
    "X'DEADBEEF'",
    '<deadbeef>',
    '{0xDE, 0xAD, 0xBE, 0xEF}',
    '{ 0xDE, 0xAD, 0xBE, 0xEF };',
    '[0xde, 0xad, 0xbe, 0xef]',
    '["de", "ad", "be", "ef"]'.replaceAll('", "', ''),
    'const unsigned char data[4] = {\n  0xde, 0xad, // the first\n  0xbe, /* and */ 0xef,\n};\n',
    'static uint8_t const a[] = { 0xdeU, 0xadU, 0xbeU, 0xefU };',
    'unsigned char x_bin[] = {\n  0xde, 0xad, 0xbe, 0xef\n};\nunsigned int x_bin_len = 4;\n',
    'byte[] a = { (byte)0xDE, (byte) 0xAD, (byte)0xBE, (byte)0xEF };',
    'var a = new byte[] { 0xDE, 0xAD, 0xBE, 0xEF };',
    'char a[] = {(char)0xde, (unsigned char)0xad, (char)0xbe, (char)0xef}',
    'std::array<std::byte, 4> a = {std::byte{0xde}, std::byte{0xad}, std::byte{0xbe}, std::byte{0xef}};',
    'let a: [u8; 4] = [0xdeu8, 0xadu8, 0xbeu8, 0xefu8];',
    'let a = vec![0xde, 0xad, 0xbe, 0xef];',
    'let a = &[0xde, 0xad, 0xbe, 0xef];',
    'hex!("deadbeef")',
    'b := []byte{0xde, 0xad, 0xbe, 0xef}',
    'a = bytes([0xde, 0xad, 0xbe, 0xef])',
    "bytes.fromhex('de ad be ef')",
    "bytearray(b'\\xde\\xad\\xbe\\xef')",
    'new Uint8Array([0xde, 0xad, 0xbe, 0xef])',
    'Uint8Array.of(0xde, 0xad, 0xbe, 0xef)',
    '"Value"=hex:de,ad,\\\r\n  be,ef',
    '// from the trace\ndeadbeef',
  ])('%j', (text) => {
    expect(read(text)).toBe('deadbeef');
  });

  test.each([
    ['', ''],
    ['  \n ', ''],
    ['{}', ''],
    ['""', ''],
    ["b''", ''],
    ['0000 4865 6c6c', '000048656c6c'],
    ['0xf', '0f'],
    ['{0x0, 0x1, 0x20}', '000120'],
    ['00, 10, 20', '001020'],
    ['10 20 30', '102030'],
    ['0000 0001 0002', '000000010002'],
    ["b'a=1;\\n\\x00'", '613d313b0a00'],
    ['b"http://x\\\\\\"\\0\\r\\t"', '687474703a2f2f785c22000d09'],
    ["b'(char)'", '2863686172' + '29'],
  ])('%j as %j', (text, hex) => {
    expect(read(text)).toBe(hex);
  });
});

describe('what is no hex, or could be something else, is refused in place', () => {
  test.each<[string, number, RegExp]>([
    ['de gd', 3, /"g" at position 4 is not a hex digit/],
    ['de\nax', 4, /line 2, position 2/],
    ['de a', 3, /is on its own/],
    ['d ea', 0, /"d" at position 1 is on its own/],
    ['abc', 2, /"c" at position 3 is on its own/],
    ['0xabc', 4, /is on its own/],
    ['😀', 0, /😀/],
    ['de\u200bad', 2, /U\+200B/],
    ['de,,ad', 3, /"," at position 4/],
    [',de', 0, /","/],
    ['de, -34', 4, /"-"/],
    ['[222, 173, 190]', 3, /is on its own/],
    ['[10, 20, 30]', 1, /could be decimal/],
    ['[10 20 30]', 1, /could be decimal/],
    ['10, 20, 30', 0, /could be decimal/],
    ['(1, 2, 3)', 1, /is on its own/],
    ['0xde, ad', 6, /differently/],
    ['0xde, 173', 6, /differently/],
    ['0xdead, 0xbeef', 0, /unknown byte order/],
    ['uint16_t a[] = {0x01, 0x02};', 0, /"uint16_t".*unknown byte order/],
    ['int a[] = {0x01, 0x02};', 0, /"int"/],
    ['{0xde, 0xad', 0, /is not closed/],
    ['0xde, 0xad}', 10, /"}"/],
    ['{{0xde}, {0xad}}', 6, /"}"/],
    ['unsigned char x[] = {\n 0xde\n};\nunsigned int x_len = 2;', 29, /is 2, and the array has 1/],
    ['"\\xdeabc"', 3, /there are 5/],
    ['\\xd', 2, /there are 1/],
    ["b'deadbeef'", 2, /could be hex or plain characters/],
    ["b'ü'", 2, /isn't a byte/],
    ["b'\\q'", 2, /isn't a byte/],
    ["rb'\\xde'", 0, /rb/],
    ["'dead", 0, /isn't terminated/],
    ['de ad = be', 6, /"="/],
    ['de ad /* be', 6, /"\/"/],
    ['0xdeu16', 5, /"1"/],
    ['(byte)', 0, /no bytes/],
    ['// nothing', 0, /no bytes/],
    ['#dead', 0, /"#"/],
    ['#define X {0xde}', 0, /"#"/],
    ['0000-0003: de ad be ef', 0, /could be the offset/],
    ['0000 | de ad be ef', 0, /could be the offset/],
    ['0010 - de ad\n0012 - be ef', 0, /could be the offset/],
    ['0000  4865 6c6c', 0, /words/],
    ['?? de', 0, /"\?"/],
    ['de ad ??', 6, /"\?"/],
    ['de ad  ??', 7, /"\?"/],
    ['de ..', 4, /"\."/],
  ])('%j', (text, at, message) => {
    const fault = refused(text);
    expect([fault.at, fault.message]).toEqual([at, expect.stringMatching(message)]);
  });
});

describe('a pattern', () => {
  const pattern = (text: string) => {
    const parsed = parseHexPattern(text);
    return parsed.ok ? [Buffer.from(parsed.values).toString('hex'), Buffer.from(parsed.masks).toString('hex')] : parsed;
  };
  test.each([
    ['de ad ?? ef', 'dead00ef', 'ffff00ff'],
    ['de??ef', 'de00ef', 'ff00ff'],
    ['0xde, 0x??', 'de00', 'ff00'],
    ['\\xde\\x??', 'de00', 'ff00'],
    ['d? ?d', 'd00d', 'f00f'],
    ['DE:??:BE', 'de00be', 'ff00ff'],
    ['00401000  de ad ?? ??-be ef  ..??..', 'dead0000beef', 'ffff0000ffff'],
  ])('%j has any digit for each ?', (text, values, masks) => {
    expect(pattern(text)).toEqual([values, masks]);
  });
  test('of half a byte is refused', () => {
    expect(pattern('de ?')).toMatchObject({ ok: false, at: 3 });
  });
});
