export interface Codec {
  readonly encode: (value: unknown) => string;
  readonly decode: (text: string) => unknown;
}

/**
 * Text for any value that structured cloning supports: bytes, bigint, undefined, -0 and NaN survive. Its source runs in
 * the page too, so it uses nothing from outside.
 */
export function makeCodec(toText: (bytes: Uint8Array) => string, toBytes: (text: string) => Uint8Array): Codec {
  type Tagged = [tag: string, content?: unknown];

  const pack = (value: unknown): unknown => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (value === undefined) return ['undefined'];
    if (typeof value === 'bigint') return ['bigint', String(value)];
    if (typeof value === 'number') return packNumber(value);
    if (Array.isArray(value)) return ['array', value.map(pack)];
    if (value instanceof Uint8Array) return ['bytes', toText(value)];
    if (value instanceof Date) return ['date', value.getTime()];
    if (value instanceof Map) return ['map', [...value].map(pack)];
    if (value instanceof Set) return ['set', [...value].map(pack)];
    if (Object.prototype.toString.call(value) !== '[object Object]')
      throw new TypeError(`The stand-in for Electron carries no ${Object.prototype.toString.call(value)}.`);
    return ['object', Object.entries(value as object).map(([key, item]) => [key, pack(item)])];
  };

  const packNumber = (value: number) =>
    Number.isFinite(value) && !Object.is(value, -0) ? value : ['number', Object.is(value, -0) ? '-0' : String(value)];

  const unpack = (packed: unknown): unknown => {
    if (!Array.isArray(packed)) return packed;
    const [tag, content] = packed as Tagged;
    const items = content as unknown[];
    switch (tag) {
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(content as string);
      case 'number':
        return Number(content);
      case 'array':
        return items.map(unpack);
      case 'bytes':
        return toBytes(content as string);
      case 'date':
        return new Date(content as number);
      case 'map':
        return new Map(items.map(unpack) as [unknown, unknown][]);
      case 'set':
        return new Set(items.map(unpack));
      default:
        return Object.fromEntries((items as [string, unknown][]).map(([key, item]) => [key, unpack(item)]));
    }
  };

  return {
    encode: (value) => JSON.stringify(pack(structuredClone(value))),
    decode: (text) => unpack(JSON.parse(text)),
  };
}
