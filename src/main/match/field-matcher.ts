import type { Lane } from '../../shared/domain.ts';
import type { TermOf } from '../../shared/filter/filter.ts';
import { namesOf } from '../../shared/filter/typed-catalogue.ts';
import { boundTo, matches } from '../../shared/types/bindings/bound.ts';
import { pathParts } from '../../shared/types/bindings/condition.ts';
import { fastCondition, type PlaceTest } from '../../shared/types/bindings/fast-condition.ts';
import type { OpenTypes } from '../../shared/types/compiled/open.ts';
import type { Decoder } from '../../shared/types/decoder.ts';
import { fieldsAt, withoutIndexes } from '../../shared/types/paths.ts';
import { ProtoDecoder } from '../../shared/types/protobuf/proto-decoder.ts';
import { protoPlace } from '../../shared/types/protobuf/proto-place.ts';
import { StructDecoder } from '../../shared/types/struct/struct-decoder.ts';
import { placeTest } from './field-place.ts';
import { isAs } from './field-value.ts';

interface Rule {
  readonly lane: Lane | undefined;
  /** Omitted: every message. */
  readonly when: PlaceTest | undefined;
  readonly passes: PlaceTest;
}

/** Whether a field of payloads on one section matches a filter, whatever type each of them has. */
export class FieldMatcher {
  readonly #rules: readonly Rule[];

  constructor(term: TermOf<'field'>, types: OpenTypes, section: string) {
    this.#rules = types.bindings
      .filter(({ rule: { channel } }) => channel === undefined || matches(channel, section))
      .map((bound): Rule => {
        const { lane, when } = bound.rule;
        const isBound: PlaceTest = (view, start, end) =>
          boundTo([bound], { channel: section, lane: lane ?? null, bytes: bytesOf(view, start, end) }) !== undefined;
        return { lane, when: when && (fastCondition(when) ?? isBound), passes: fieldTest(bound.decoder, term) };
      });
  }

  /** Of a payload in `view` from `start` to below `end`. */
  passes(view: DataView, start: number, end: number, lane: Lane | null): boolean {
    for (const rule of this.#rules) {
      if (rule.lane !== undefined && rule.lane !== lane) continue;
      if (rule.when === undefined || rule.when(view, start, end)) return rule.passes(view, start, end);
    }
    return false;
  }

  /** The test for payloads that are all in these lanes; undefined if it differs between them. */
  ofAll(lanes: readonly Lane[]): PlaceTest | undefined {
    const rules = this.#rules.filter(({ lane }) => lane === undefined || lanes.includes(lane));
    const [first] = rules;
    if (!first) return () => false;
    if (lanes.length > 1 && rules.some(({ lane }) => lane !== undefined)) return undefined;
    const [lane = null] = lanes;
    return first.when === undefined ? first.passes : (view, start, end) => this.passes(view, start, end, lane);
  }
}

const bytesOf = (view: DataView, start: number, end: number) =>
  new Uint8Array(view.buffer, view.byteOffset + start, end - start);

function fieldTest(decoder: Decoder, { path, test }: TermOf<'field'>): PlaceTest {
  const tests = pathsIn(decoder, path).map((parts): PlaceTest => {
    const place = decoder instanceof StructDecoder ? placeTest(decoder.plan, parts, test) : undefined;
    if (place) return place;
    const decoded: PlaceTest = (view, start, end) => {
      const { fields } = decoder.decode(bytesOf(view, start, end));
      return [...fieldsAt(fields, parts)].some((field) => isAs(test, field));
    };
    const find = decoder instanceof ProtoDecoder ? protoPlace(decoder.schema, decoder.message, parts) : undefined;
    if (!find) return decoded;
    return (view, start, end) => {
      const field = find(view, start, end);
      return field === undefined ? decoded(view, start, end) : field !== null && isAs(test, field);
    };
  });
  const [first, ...more] = tests;
  if (!first) return () => false;
  return more.length === 0 ? first : (view, start, end) => tests.some((one) => one(view, start, end));
}

/** Without the type's name if the path begins with it, and unchanged if a type can have such a field. */
function pathsIn(decoder: Decoder, path: string): string[][] {
  const declared = withoutIndexes(path);
  const mayHave = (name: string) =>
    decoder.fields.length === 0 ||
    decoder.fields.some((field) => field.path === name || (!field.form && name.startsWith(`${field.path}.`)));
  const within = namesOf(decoder)
    .filter((name) => declared.startsWith(`${name}.`))
    .filter((name) => mayHave(declared.slice(name.length + 1)))
    .map((name) => path.slice(name.length + 1));
  return [...new Set([...within, ...(mayHave(declared) ? [path] : [])])].map(pathParts);
}
