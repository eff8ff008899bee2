import * as v from 'valibot';
import { LANES } from '../../domain.ts';
import { ABI_IDS } from '../abi.ts';
import { LIMITS } from '../limits.ts';
import type { TypeRef } from '../model.ts';
import { type CompiledTypes, FORM, NO_TYPES } from './compiled.ts';

/** Compiled types from a capture, which anybody may have written. */

const name = v.pipe(v.string(), v.maxLength(1000));
const bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(LIMITS.typeSize));
const bits = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(64));
const align = v.picklist([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192]);
const integer = v.pipe(v.string(), v.regex(/^-?\d{1,20}$/));

const ref: v.GenericSchema<TypeRef> = v.variant('kind', [
  v.object({ kind: v.literal('scalar'), name }),
  v.object({ kind: v.literal('named'), name }),
  v.object({ kind: v.literal('array'), of: v.lazy(() => ref), count: v.nullable(bytes) }),
  v.object({ kind: v.literal('pointer'), to: name }),
]);
const member = v.object({
  name: v.exactOptional(name),
  type: ref,
  bits: v.exactOptional(bits),
  align: v.exactOptional(align),
  packed: v.exactOptional(v.boolean()),
});
const structType = v.object({
  kind: v.picklist(['struct', 'union']),
  members: v.pipe(v.array(member), v.maxLength(LIMITS.fields)),
  pack: v.exactOptional(align),
  packed: v.exactOptional(v.boolean()),
  align: v.exactOptional(align),
  bitfields: v.exactOptional(v.picklist(['ms', 'sysv'])),
  anonymous: v.exactOptional(v.boolean()),
});
const enumType = v.object({
  kind: v.literal('enum'),
  values: v.array(v.object({ name, value: integer })),
  base: name,
  anonymous: v.exactOptional(v.boolean()),
});
const typedefType = v.object({ kind: v.literal('typedef'), of: ref, align: v.exactOptional(align) });
const library = v.object({
  abi: v.picklist(ABI_IDS),
  types: v.array(v.tuple([name, v.union([structType, enumType, typedefType])])),
});
const fieldNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const proto = v.object({
  messages: v.array(
    v.tuple([
      name,
      v.array(v.object({ number: fieldNumber, name, type: name, repeated: v.boolean(), key: v.exactOptional(name) })),
    ]),
  ),
  enums: v.array(v.tuple([name, v.array(v.tuple([v.pipe(v.number(), v.safeInteger()), name]))])),
});
const compiled = v.object({
  form: v.literal(FORM),
  libraries: v.pipe(v.array(library), v.maxLength(ABI_IDS.length)),
  proto: v.nullable(proto),
  bindings: v.pipe(
    v.array(
      v.object({
        channel: v.exactOptional(name),
        lane: v.exactOptional(v.picklist(LANES)),
        when: v.exactOptional(name),
        type: name,
        abi: v.picklist(ABI_IDS),
        line: fieldNumber,
      }),
    ),
    v.maxLength(1000),
  ),
});

/** None if the text is anything else. */
export function readCompiled(json: string): CompiledTypes {
  try {
    const parsed = v.safeParse(compiled, JSON.parse(json));
    return parsed.success ? parsed.output : NO_TYPES;
  } catch {
    // Not JSON, or nested endlessly.
    return NO_TYPES;
  }
}
