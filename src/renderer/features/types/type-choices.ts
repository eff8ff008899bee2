import { ABI_IDS, type AbiId } from '../../../shared/types/abi.ts';
import type { OpenTypes } from '../../../shared/types/compiled/open.ts';
import { TypeFault } from '../../../shared/types/limits.ts';
import { entriesOf, type TypeEntry } from '../../../shared/types/listing.ts';
import { SELF_DESCRIBING } from '../../../shared/types/self-describing/forms.ts';

/** A type that messages can have. */
export interface TypeChoice {
  readonly name: string;
  readonly kind: TypeEntry['kind'] | 'message' | 'self-describing';
  /** Under each ABI that it is declared for; none if it has no layout. */
  readonly entries: Readonly<Partial<Record<AbiId, TypeEntry>>>;
  /** Whether a field moves or changes its size under one of them. */
  readonly moves: boolean;
}

/** Every declared type, in order of declaration: those of C and Rust, then the messages of Protobuf. */
export function typeChoices(types: OpenTypes): TypeChoice[] {
  const found = new Map<string, Partial<Record<AbiId, TypeEntry>>>();
  for (const abi of ABI_IDS) {
    for (const entry of entriesUnder(types, abi)) {
      const entries = found.get(entry.name) ?? {};
      entries[abi] = entry;
      found.set(entry.name, entries);
    }
  }
  const structs = [...found].map(([name, entries]): TypeChoice => {
    const [some] = Object.values(entries);
    return { name, kind: some?.kind ?? 'struct', entries, moves: isMoving(entries) };
  });
  return [...structs, ...[...(types.proto?.messages.keys() ?? [])].map(unlaid('message'))];
}

/** The self-describing formats. */
export const selfDescribing = (): TypeChoice[] => Object.keys(SELF_DESCRIBING).map(unlaid('self-describing'));

const unlaid =
  (kind: TypeChoice['kind']) =>
  (name: string): TypeChoice => ({ name, kind, entries: {}, moves: false });

/** What a message can be: not an enum, and not another name for a number. */
export const isForMessages = ({ kind }: TypeChoice): boolean => kind !== 'enum' && kind !== 'typedef';

/** Those with the size of a message under some ABI first. */
export function fittingFirst(choices: readonly TypeChoice[], size: number): TypeChoice[] {
  const fits = ({ entries }: TypeChoice) => Object.values(entries).some((entry) => entry.size === size);
  return [...choices.filter(fits), ...choices.filter((choice) => !fits(choice))];
}

function entriesUnder(types: OpenTypes, abi: AbiId): readonly TypeEntry[] {
  const layouts = types.layouts(abi);
  try {
    return layouts ? entriesOf(layouts) : [];
  } catch (error) {
    if (error instanceof TypeFault) return [];
    throw error;
  }
}

function isMoving(entries: Readonly<Partial<Record<AbiId, TypeEntry>>>): boolean {
  const known = Object.values(entries);
  const shapes = known.map(({ size, align, fields }) =>
    JSON.stringify([
      size,
      align,
      fields.map(({ path, offset, size: each, bit, count }) => [path, offset, each, bit, count]),
    ]),
  );
  return new Set(shapes).size > 1 || (known.length > 0 && known.length < ABI_IDS.length);
}
