/** Headers as they are really written, compared with the compilers: every listed field is where it is said to be. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ABI_IDS, ABIS, type AbiId } from '../../../shared/types/abi.ts';
import { type Field, fieldsOf } from '../../../shared/types/fields.ts';
import { Layouts } from '../../../shared/types/layout/layouts.ts';
import { entriesOf } from '../../../shared/types/listing.ts';
import { readC } from '../c/read.ts';
import { against } from './compare.testing.ts';
import { ask, hasCompiler } from './compilers.testing.ts';

const HEADERS = ['windows.h', 'portable.h'];
const CASES = ABI_IDS.flatMap((abi) =>
  HEADERS.filter((name) => name !== 'windows.h' || ABIS[abi].windows).map((name) => [name, abi] as const),
);

test.for(CASES)(
  'every field of %s lies where the compiler of %s puts it',
  { timeout: 60_000 },
  async ([name, abi], { skip }) => {
    if (!hasCompiler(abi)) skip(`no compiler for ${abi}`);
    const text = readFileSync(new URL(`headers/${name}`, import.meta.url), 'utf8');
    const layouts = await layoutsOf(name, text, abi);
    const types = entriesOf(layouts).filter(({ kind }) => kind !== 'typedef');
    expect(types.length).toBeGreaterThan(15);
    const samples = types.map(({ ref, fields }, index) => ({
      type: ref.kind === 'named' ? ref.name : '',
      text: index === 0 ? text : '',
      ...askable(fields),
    }));
    const answers = ask(abi, samples);
    expect(samples.flatMap((sample, index) => against(sample, answers[index] as never, layouts, abi))).toEqual([]);
  },
);

async function layoutsOf(name: string, text: string, abi: AbiId): Promise<Layouts> {
  const { library, problems } = await readC([{ name, text }], { abi, include: () => undefined });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return new Layouts(library);
}

/** Not what is in the elements of an array: C names those one by one. */
function askable(fields: readonly Field[]) {
  const arrays = fields.filter(({ count }) => count !== undefined).map(({ path }) => `${path}.`);
  const plain = fields.filter(({ path }) => !arrays.some((array) => path.startsWith(array)));
  return {
    paths: plain.filter(({ bit }) => !bit).map(({ path }) => path),
    bits: plain.filter(({ bit }) => bit).map(({ path }) => path),
  };
}

test('fields are the same with each header’s lines ended as on Windows', async () => {
  const text = readFileSync(new URL('headers/portable.h', import.meta.url), 'utf8');
  const [a, b] = await Promise.all(
    [text, `\ufeff${text.replaceAll('\n', '\r\n')}`].map((one) => layoutsOf('portable.h', one, 'windows-x86')),
  );
  const listed = (layouts: Layouts) => entriesOf(layouts).map(({ ref, name }) => [name, fieldsOf(layouts, ref)]);
  expect(listed(b as Layouts)).toEqual(listed(a as Layouts));
});
