import type { Abi, AbiId } from '../../shared/types/abi.ts';
import type { TypeDifference } from '../../shared/types/diff.ts';
import type { Field } from '../../shared/types/fields.ts';
import type { Layouts } from '../../shared/types/layout/layouts.ts';
import type { TypeEntry } from '../../shared/types/listing.ts';

/** Types as the command line prints them. */

export function entryJson({ name, kind, size, align, fields, values, fault }: TypeEntry) {
  return {
    ...{ name, kind, size, align },
    fields: fields.map(({ ref: _, ...field }) => field),
    ...(fault && { fault }),
    ...(values && { values: values.map((one) => ({ name: one.name, value: numberOf(one.value) })) }),
  };
}

const numberOf = (value: bigint) => (BigInt(Number(value)) === value ? Number(value) : String(value));

/** A line for the type, and one per field, with the padding between them. */
export function entryText(entry: TypeEntry, layouts: Layouts): string {
  const { name, kind, size, align, fields, values, fault } = entry;
  const head = `${kind} ${name}: ${bytes(size)}, aligned to ${align} (${layouts.abi.label})`;
  const lines = kind === 'struct' ? withPadding(fields, size) : fields.map((field) => lineOf(field));
  const names = values?.map((one) => `  ${String(one.value).padStart(10)}  ${one.name}`) ?? [];
  return [
    head,
    ...(lines.length > 0 ? ['  offset    size  field'] : []),
    ...lines,
    ...names,
    ...(fault ? [`  ${fault}`] : []),
  ].join('\n');
}

function lineOf({ path, type, offset, size, count, bit }: Field): string {
  const depth = path.split('.').length - 1;
  const place = bit ? `${offset}:${bit.offset}` : String(offset);
  const width = bit
    ? `${bit.width} bit`
    : count === undefined
      ? String(size)
      : String(count === null ? '…' : count * size);
  const many = count === undefined ? '' : `[${count ?? ''}]`;
  const short = path.split('.').at(-1);
  return `  ${place.padStart(6)} ${width.padStart(7)}  ${'  '.repeat(depth)}${short}: ${type}${many}`;
}

/** Gaps between the members of the type itself. */
function withPadding(fields: readonly Field[], size: number): string[] {
  const lines: string[] = [];
  let end = 0;
  const gap = (to: number) => {
    if (to - end >= 8)
      lines.push(`  ${String(end / 8).padStart(6)} ${String(Math.floor((to - end) / 8)).padStart(7)}  (padding)`);
  };
  for (const field of fields) {
    const from = field.offset * 8 + (field.bit?.offset ?? 0);
    if (!field.path.includes('.')) {
      gap(Math.floor(from / 8) * 8);
      const width = field.bit?.width ?? field.size * 8 * (field.count ?? 1);
      end = Math.max(end, Math.ceil((from + width) / 8) * 8);
    }
    lines.push(lineOf(field));
  }
  gap(size * 8);
  return lines;
}

const bytes = (count: number) => `${count} byte${count === 1 ? '' : 's'}`;

export function differenceJson({ size, align, moves, ...rest }: TypeDifference, abis: readonly [AbiId, AbiId]) {
  const pair = <T>([a, b]: readonly [T, T]) => ({ [abis[0]]: a, [abis[1]]: b });
  return {
    ...{ name: rest.name, kind: rest.kind, size: pair(size), align: pair(align) },
    moves: moves.map((move) => ({
      ...{ path: move.path, type: move.type, offset: pair(move.offset), size: pair(move.size) },
      ...(move.bit && { bit: pair(move.bit) }),
    })),
    reasons: rest.reasons,
    advice: rest.advice,
  };
}

export function differenceText(one: TypeDifference, [a, b]: readonly [Abi, Abi]): string {
  const side = (value: number | null) => (value === null ? '–' : String(value));
  const pair = ([left, right]: readonly [number | null, number | null]) =>
    `${side(left).padStart(7)} ${side(right).padStart(7)}`;
  const head = `${one.kind} ${one.name}: ${side(one.size[0])} bytes on ${a.label}, ${side(one.size[1])} on ${b.label}`;
  const lines = one.moves.map(({ path, type, offset, size, bit }) => {
    const places = bit ? `${pair(bit)}  bit` : `${pair(offset)}     `;
    return `  ${places} ${pair(size)}  ${path}: ${type}`;
  });
  const table = lines.length > 0 ? [`  ${'offset'.padStart(15)}      ${'size'.padStart(15)}  field`, ...lines] : [];
  return [head, ...table, ...one.reasons.map((text) => `  ${text}`), ...one.advice.map((text) => `  → ${text}`)].join(
    '\n',
  );
}
