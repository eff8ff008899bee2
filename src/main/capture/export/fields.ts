import { namesOf } from '../../../shared/filter/filter.ts';
import { pathParts } from '../../../shared/types/bindings/condition.ts';
import type { OpenTypes } from '../../../shared/types/compiled/open.ts';
import type { Decoder } from '../../../shared/types/decoder.ts';
import { type FieldJson, fieldJson, fieldsJson } from '../../../shared/types/field-json.ts';
import { fieldsAt } from '../../../shared/types/paths.ts';
import type { WholeRecord } from './records.ts';

/** The most columns of a table: a spreadsheet has 16,384, and nobody reads that many. */
const MAX_COLUMNS = 1000;

/** A field of one type, and its column. */
interface Column {
  readonly index: number;
  /** Empty: the message as a whole, for a type whose fields depend on the payload. */
  readonly path: readonly string[];
}

/** How declared types decode the messages of a section. */
export class ExportFields {
  /**
   * `order.price`: type name and path, for all bound types in the order of their bindings. A type bound under two ABIs
   * appears once.
   */
  readonly columns: readonly string[];
  readonly #types: OpenTypes;
  readonly #section: string;
  /** By decoder id. */
  readonly #places = new Map<string, readonly Column[]>();
  readonly #left: number;

  constructor(types: OpenTypes, section: string) {
    this.#types = types;
    this.#section = section;
    const indexes = new Map<string, number>();
    let left = 0;
    for (const { decoder } of types.bindings) {
      const places = columnsOf(decoder).flatMap(({ name, path }) => {
        if (!indexes.has(name) && indexes.size >= MAX_COLUMNS) {
          left++;
          return [];
        }
        const index = indexes.get(name) ?? indexes.size;
        indexes.set(name, index);
        return [{ index, path }];
      });
      this.#places.set(decoder.id, places);
    }
    this.columns = [...indexes.keys()];
    this.#left = left;
  }

  /** All fields of a message; undefined if no type is bound to it. */
  json(record: WholeRecord): { readonly [name: string]: FieldJson } | undefined {
    const decoder = this.#decoderOf(record);
    return decoder && fieldsJson(decoder.decode(record.bytes).fields);
  }

  /** One per column; null if the message has no such field. An array's elements as a JSON list. */
  cells(record: WholeRecord): (string | number | null)[] {
    const cells: (string | number | null)[] = this.columns.map(() => null);
    const decoder = this.#decoderOf(record);
    if (!decoder) return cells;
    const { fields } = decoder.decode(record.bytes);
    for (const { index, path } of this.#places.get(decoder.id) ?? []) {
      if (path.length === 0) cells[index] = JSON.stringify(fieldsJson(fields));
      else {
        const found = [...fieldsAt(fields, path)].map(fieldJson);
        const isList = found.length > 1;
        cells[index] = found.length === 0 ? null : cellOf(isList ? found : (found[0] as FieldJson));
      }
    }
    return cells;
  }

  /** Why there are none. */
  get lack(): string | null {
    if (this.#types.bindings.length > 0) return null;
    return 'No declared type is bound to this section, so its messages have no fields.';
  }

  /** What a table leaves out. */
  get note(): string | null {
    if (this.#left === 0) return this.lack;
    const n = (count: number) => count.toLocaleString('en-US');
    return `The first ${n(MAX_COLUMNS)} fields have a column, ${n(this.#left)} have none. Export JSON Lines for all of them.`;
  }

  #decoderOf({ kind, lane, bytes }: WholeRecord): Decoder | undefined {
    return kind === 'message' ? this.#types.match(this.#section, lane, bytes)?.decoder : undefined;
  }
}

function columnsOf(decoder: Decoder): { readonly name: string; readonly path: readonly string[] }[] {
  const [type = decoder.id] = namesOf(decoder);
  if (decoder.fields.length === 0) return [{ name: type, path: [] }];
  return decoder.fields
    .filter(({ form }) => form !== 'group')
    .map(({ path }) => ({ name: `${type}.${path}`, path: pathParts(path) }));
}

function cellOf(value: FieldJson): string | number | null {
  if (typeof value === 'string' || typeof value === 'number' || value === null) return value;
  return typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}
