import type { FieldValue } from '../../../shared/types/decoder.ts';
import { pathWithin } from '../../../shared/types/paths.ts';
import { fieldText } from '../../view/field-text.ts';

const SHOWN = 8;

/** The first values of a message in a line: `hdr.id 7, side BUY …`. */
export function firstValues(fields: readonly FieldValue[]): string {
  const found: string[] = [];
  const add = (inner: readonly FieldValue[], parent: string): boolean =>
    inner.every((field) => {
      const path = pathWithin(parent, field.name);
      if (field.fields) return add(field.fields, path);
      if (found.length >= SHOWN) return false;
      found.push(`${path} ${fieldText(field, false).main || (field.fault ?? '')}`);
      return true;
    });
  return add(fields, '') ? found.join(', ') : `${found.join(', ')} …`;
}
