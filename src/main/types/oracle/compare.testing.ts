import type { AbiId } from '../../../shared/types/abi.ts';
import type { FieldValue } from '../../../shared/types/decoder.ts';
import { fieldsOf } from '../../../shared/types/fields.ts';
import { Layouts } from '../../../shared/types/layout/layouts.ts';
import { StructDecoder } from '../../../shared/types/struct/struct-decoder.ts';
import { readC } from '../c/read.ts';
import { type Answer, ask, filledBytes } from './compilers.testing.ts';
import { Declarer, type Sample } from './declarations.testing.ts';
import { type Expected, Filler } from './values.testing.ts';

const PREAMBLE = '#include <stddef.h>\n#include <stdint.h>\n#include <stdbool.h>\n';

/** Random declarations compared with a compiler: a line for each difference. */
export async function differences(abi: AbiId, seed: number, count: number): Promise<string[]> {
  const samples = new Declarer(seed).samples(count);
  const answers = ask(abi, samples);
  const text = PREAMBLE + samples.map((sample) => sample.text).join('');
  const { library, problems } = await readC([{ name: 'random.h', text }], { abi, include: () => undefined });
  const layouts = new Layouts(library);
  const said = problems
    .filter(({ severity }) => severity === 'error')
    .map(({ line, message }) => `${abi} ${seed}: line ${line}: ${message}`);
  return [...said, ...samples.flatMap((sample, index) => against(sample, answers[index] as Answer, layouts, abi))];
}

export function against(sample: Sample, answer: Answer, layouts: Layouts, abi: AbiId): string[] {
  if (!layouts.types.has(sample.type)) return [`${abi} ${sample.type} is missing\n${sample.text}`];
  const ref = { kind: 'named', name: sample.type } as const;
  const fields = new Map(fieldsOf(layouts, ref).map((field) => [field.path, field]));
  const wrong: string[] = [];
  const check = (what: string, ours: unknown, theirs: unknown) => {
    if (ours !== theirs && wrong.length < 8) wrong.push(`${abi} ${what}: ${ours}, not ${theirs}`);
  };
  check('sizeof', layouts.sizeOf(ref), answer.size);
  check('_Alignof', layouts.alignOf(ref), answer.align);
  for (const [path, offset] of answer.offsets) check(path, fields.get(path)?.offset, offset);
  for (const [path, { bit, width }] of answer.bits) {
    const field = fields.get(path);
    check(`bit of ${path}`, field?.bit && field.offset * 8 + field.bit.offset, bit);
    check(`width of ${path}`, field?.bit?.width, width);
  }
  return wrong.length > 0 ? [`${wrong.join('\n')}\n${sample.text}`] : [];
}

/** Values that the compiler has filled in compared with those that are read: a line for each difference. */
export async function misread(abi: AbiId, seed: number, count: number): Promise<string[]> {
  const samples = new Filler(seed).samples(count);
  const bytes = filledBytes(abi, samples);
  const text = PREAMBLE + samples.map((sample) => sample.text).join('');
  const { library, problems } = await readC([{ name: 'filled.h', text }], { abi, include: () => undefined });
  const layouts = new Layouts(library);
  const said = problems
    .filter(({ severity }) => severity === 'error')
    .map(({ line, message }) => `line ${line}: ${message}`);
  const wrong = samples.flatMap(({ type, text: declared, values }, index) => {
    const { fields } = new StructDecoder(layouts, { kind: 'named', name: type }).decode(bytes[index] as Uint8Array);
    const found = new Map(valuesIn(fields, ''));
    return [...values].flatMap(([path, value]) =>
      Object.is(found.get(path), value) ? [] : [`${abi} ${path}: ${found.get(path)}, not ${value}\n${declared}`],
    );
  });
  return [...said, ...wrong];
}

const valuesIn = (fields: readonly FieldValue[], prefix: string): [string, Expected | null][] =>
  fields.flatMap((field) =>
    field.fields ? valuesIn(field.fields, `${prefix}${field.name}.`) : [[prefix + field.name, field.value]],
  );
