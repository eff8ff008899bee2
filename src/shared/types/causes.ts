import type { Abi } from './abi.ts';
import type { Layouts } from './layout/layouts.ts';
import type { Placed } from './layout/place.ts';
import { elementOf, resolved, type TypeRef, typeText } from './model.ts';
import { scalarOf } from './scalars.ts';

/** Why a member differs between two ABIs. */
export interface Cause {
  readonly what:
    | 'long'
    | 'pointer'
    | 'wchar'
    | 'time'
    | 'long-double'
    | 'align8'
    | 'bits'
    | 'nested'
    | 'tail'
    | 'count'
    | 'other';
  readonly sentence: string;
  /** The member as declared. */
  readonly member?: { readonly name: string; readonly type: string; readonly unsigned: boolean };
}

export interface Change {
  readonly layouts: readonly [Layouts, Layouts];
  readonly pair: readonly [Placed, Placed];
  /** Bytes that it moves by more than what precedes it explains. */
  readonly moved: number;
  readonly grows: number;
  /** Bytes that what follows moves because of it. */
  readonly after: number;
  readonly isLast: boolean;
}

/** Undefined if it is explained by the members before it. */
export function causeOf(change: Change): Cause | undefined {
  const { layouts, pair, moved, grows } = change;
  const [{ member }] = pair;
  const { element } = elementOf(member.type);
  const [a, b] = layouts.map(({ abi }) => abi) as [Abi, Abi];
  const [alignA, alignB] = layouts.map((one) => one.alignOf(member.type)) as [number, number];
  const described = { name: member.name ?? '', type: typeText(element), unsigned: isUnsigned(layouts[0], element) };
  const declared = `“${typeText(member.type).replace(/(\[.*)?$/, ` ${described.name}$1`)}”`;
  if (member.bits !== undefined) {
    if (moved === 0 && a.bitfields === b.bitfields) return undefined;
    if (moved === 0) return undefined;
    const [shared, apart] = a.bitfields === 'sysv' ? [a, b] : [b, a];
    const sentence = `The bitfield ${declared} is at another offset: bitfields of types of different sizes share storage on ${shared.label} and not on ${apart.label}.`;
    return { what: 'bits', sentence, member: described };
  }
  if (grows !== 0) {
    const [sizeA, sizeB] = layouts.map((one, index) => one.sizeOf((pair[index] as Placed).member.type)) as [
      number,
      number,
    ];
    const sentence = `${declared} is ${sizeA} bytes on ${a.label} and ${sizeB} on ${b.label}; ${followed(change)}.`;
    return { what: whyOf(layouts, pair), sentence, member: described };
  }
  if (moved !== 0 && alignA !== alignB) {
    const sentence = `${declared} is aligned to ${alignA} bytes on ${a.label} and to ${alignB} on ${b.label}; it and everything after it move by ${bytesOf(moved)}.`;
    return { what: isStruct(layouts[0], element) ? 'nested' : 'align8', sentence, member: described };
  }
  return undefined;
}

function followed({ after, isLast }: Change): string {
  if (after === 0) return 'padding makes up for it, so that nothing after it moves';
  return isLast ? `the type changes by ${bytesOf(after)}` : `everything after it moves by ${bytesOf(after)}`;
}

const bytesOf = (count: number): string => String(Math.abs(count));

/** What makes the size of a type differ. */
function whyOf([layouts, other]: Change['layouts'], [one, two]: Change['pair']): Cause['what'] {
  const ref = elementOf(one.member.type).element;
  if (layouts.sizeOf(ref) === other.sizeOf(elementOf(two.member.type).element)) return 'count';
  const type = resolved(layouts.types, ref);
  if (type?.kind === 'struct' || type?.kind === 'union') return 'nested';
  if (type?.kind === 'pointer') return 'pointer';
  if (type?.kind !== 'scalar') return 'other';
  const { name } = type;
  if (/\blong$|^c_u?long$/.test(name)) return 'long';
  const format = scalarOf(name, layouts.abi)?.format;
  if (name === 'wchar_t') return 'wchar';
  if (format === 'unix-time') return 'time';
  return format === 'long-double' ? 'long-double' : 'pointer';
}

function isUnsigned(layouts: Layouts, ref: TypeRef): boolean {
  const type = resolved(layouts.types, ref);
  return type?.kind === 'scalar' && scalarOf(type.name, layouts.abi)?.format === 'uint';
}

function isStruct(layouts: Layouts, ref: TypeRef): boolean {
  const type = resolved(layouts.types, ref);
  return type?.kind === 'struct' || type?.kind === 'union';
}

/** How to declare it so that it is the same everywhere. */
export function adviceFor({ what, member }: Cause): string | undefined {
  const name = member?.name ?? '';
  const u = member?.unsigned ? 'u' : '';
  switch (what) {
    case 'long':
      return `Declare “${name}” as ${u}int32_t or ${u}int64_t: these have the same size everywhere.`;
    case 'pointer':
      return /\*|^P|HANDLE|^H[A-Z]/.test(member?.type ?? '')
        ? `Declare “${name}” as uint64_t: an address means nothing in another process; send an offset or a number.`
        : `Declare “${name}” as ${u}int64_t: as wide as the widest pointer.`;
    case 'wchar':
      return `Declare “${name}” as char16_t (or uint16_t): wchar_t has 2 bytes on Windows and 4 on Linux.`;
    case 'time':
      return `Declare “${name}” as int64_t.`;
    case 'long-double':
      return `Declare “${name}” as double.`;
    case 'align8':
      return `Add padding before “${name}” so that its offset is a multiple of 8, or declare it with alignas(8).`;
    case 'bits':
      return `Give all bitfields around “${name}” the same fixed-width type, or use one integer and masks.`;
    case 'tail':
      return 'End it with padding of your own to a multiple of 8 bytes.';
    case 'nested':
      return `“${name}”: declare ${member?.type} so that it does not change; the rest follows.`;
    case 'count':
      return `Give the array “${name}” the same number of elements everywhere.`;
    case 'other':
      return undefined;
  }
}
