import type * as v from 'valibot';

/** The part of a schema that leads to what is inside it. */
interface Node {
  readonly type: string;
  readonly getter?: (input: unknown) => Node;
  readonly wrapped?: Node;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly item?: Node;
  readonly value?: Node;
}

/** The keys of the map at `path` of `content` by its schema; none if the schema doesn't say. */
export function knownKeys(schema: v.GenericSchema, content: unknown, path: readonly (string | number)[]): string[] {
  let value = content;
  let node: Node | undefined = bare(schema as never as Node, value);
  for (const key of path) {
    const next: Node | undefined =
      node?.entries && Object.hasOwn(node.entries, key) ? node.entries[key] : (node?.item ?? node?.value);
    value = (value as Record<string | number, unknown> | null | undefined)?.[key];
    node = next && bare(next, value);
  }
  return Object.keys(node?.entries ?? {});
}

/** Without what only says whether, or when, it exists. */
function bare(schema: Node, value: unknown): Node {
  if (schema.type === 'lazy' && schema.getter) return bare(schema.getter(value), value);
  return schema.wrapped ? bare(schema.wrapped, value) : schema;
}
