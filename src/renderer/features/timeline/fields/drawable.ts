import type { OpenTypes } from '../../../../shared/types/compiled/open.ts';
import type { KnownField } from '../../../../shared/types/decoder.ts';

/** The fields of a session's types that have a single value, each once; none in a form that only payloads reveal. */
export function drawableFields({ bindings }: OpenTypes): readonly KnownField[] {
  const fields = bindings.flatMap(({ decoder }) => decoder.fields.filter(({ form }) => form !== 'group'));
  return [...new Map(fields.map((field) => [field.path, field])).values()];
}
