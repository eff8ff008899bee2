import { expect, test } from 'vitest';
import { ABI_IDS, type AbiId } from '../../../shared/types/abi.ts';
import { fieldsOf } from '../../../shared/types/fields.ts';
import { Layouts } from '../../../shared/types/layout/layouts.ts';
import { entriesOf, entryNamed } from '../../../shared/types/listing.ts';
import { readRust } from './read.ts';

async function read(text: string, abi: AbiId = 'linux-x64') {
  const { library, problems } = await readRust([{ name: 'a.rs', text }], abi);
  const layouts = new Layouts(library);
  return {
    names: entriesOf(layouts).map(({ name }) => name),
    sizes: Object.fromEntries(entriesOf(layouts).map(({ name, size }) => [name, size])),
    said: problems.map(({ line, column, message }) => `${line}:${column} ${message}`),
    offsets: (name: string) => {
      const entry = entryNamed(layouts, name);
      return entry ? fieldsOf(layouts, entry.ref).map(({ path, offset }) => `${path}@${offset}`) : [];
    },
  };
}

const FILE = `
use std::ffi::{c_long, c_void};
#[repr(C)]
pub struct Order { pub header: Header, id: u64, seq: c_long, name: [u8; LEN * 2], next: *const c_void, call: Option<extern "C" fn(i32)> }
pub const LEN: usize = core::mem::size_of::<Header>() + 1;
#[repr(C)] #[derive(Clone, Copy)]
pub struct Header { kind: Kind, side: Side, ok: bool, #[cfg(windows)] extra: u32, marker: PhantomData<u8> }
#[repr(u8)] enum Kind { A = 1, B, C = 0x10 }
#[repr(C)] enum Side { Buy, Sell = -1 }
type Alias = [Header; 2];
#[repr(C)] union Either { a: u32, b: f64 }
#[repr(C)] struct Pair(u8, u32);
#[repr(C, packed(2))] struct Packed { a: u8, b: u64 }
#[repr(C, align(32))] struct Aligned { a: u8 }
mod inner { #[repr(transparent)] pub struct Wrapped(u16); }
struct Unlaid { a: u8 }
impl Unlaid { fn f(&self) -> u8 { self.a } }
`;

test('structs lie as they do in C, whatever the order of their declarations', async () => {
  const { said, offsets, sizes } = await read(FILE);
  expect(said).toEqual([]);
  expect(offsets('Order')).toEqual([
    ...[
      'header@0',
      'header.kind@0',
      'header.side@4',
      'header.ok@8',
      'id@16',
      'seq@24',
      'name@32',
      'next@64',
      'call@72',
    ],
  ]);
  expect(offsets('Pair')).toEqual(['0@0', '1@4']);
  expect(sizes).toMatchObject({
    Order: 80,
    Alias: 24,
    Either: 8,
    Packed: 10,
    Aligned: 32,
    Wrapped: 2,
    Kind: 1,
    Side: 4,
  });
});

test('every ABI has its own sizes and conditions', async () => {
  const all = await Promise.all(ABI_IDS.map((abi) => read(FILE, abi)));
  expect(all.map(({ sizes }) => [sizes.Header, sizes.Order, sizes.Either])).toEqual([
    [16, 72, 8],
    [16, 80, 8],
    [12, 60, 8],
    [12, 80, 8],
  ]);
});

test('structs that the compiler lays out as it likes are left out', async () => {
  const { names, said } = await read(`${FILE}\n#[repr(C)] struct Holds { a: Unlaid }`);
  expect(names).not.toContain('Unlaid');
  expect(said).toEqual([expect.stringContaining('“Unlaid” has no #[repr(C)]')]);
});

test.each([
  ['#[repr(C)] struct S { a: Missing }', '1:26'],
  ['#[repr(C)] struct S { a: &[u8] }', '1:27'],
  ['#[repr(C)] struct S { a: (u8, u8) }', '1:26'],
  ['#[repr(C)] struct S { a: [u8; N] }', '1:31'],
  ['#[repr(C)] struct S { a: [u8; 1 << 40] }', '1:31'],
  ['#[repr(C)] struct S { a: S }', '1:12'],
  ['#[repr(C)] struct S { a: Option<u32> }', '1:26'],
  ['#[repr(C)] struct S<T> { a: T }', '1:12'],
  ['#[repr(u8)] enum S { A(u8) }', '1:22'],
  ['const N: usize = N; #[repr(C)] struct S { a: [u8; N] }', '1:18'],
])('%j is told with its place, and the rest is read', async (text, place) => {
  const { said, names } = await read(`${text}\n#[repr(C)] struct Rest { a: u8 }`);
  expect(said).toEqual([expect.stringMatching(new RegExp(`^${place} `))]);
  expect(names).toContain('Rest');
});

test('what Rust has besides is read as the compiler lays it out', async () => {
  const { said, offsets, sizes } = await read(
    `#[repr(u8)] enum Kind { A = b'a' as u8, B }
     #[repr(C)] struct Held<'a> { kind: Kind, next: Option<&'a Held<'a>>, r#type: NonZeroU16, id: Option<NonZero<u32>> }
     #[cfg_attr(unix, repr(C, packed(2)), derive(Clone))] #[cfg_attr(windows, repr(C))] struct Cut { a: u8, b: u64 }
     #[repr(C)] struct Open { n: u32, data: [u16; 0] }`,
  );
  expect(said).toEqual([]);
  expect(offsets('Held')).toEqual(['kind@0', 'next@8', 'type@16', 'id@20']);
  expect(sizes).toMatchObject({ Held: 24, Cut: 10, Open: 4 });
});

test('what is no Rust is reported, and the rest is read', async () => {
  const { said, names } = await read('#[repr(C)] struct S { a: u8 b: u8 }\n#[repr(C)] struct Rest { a: u8 }');
  expect([said.length, names.includes('Rest')]).toEqual([1, true]);
});
