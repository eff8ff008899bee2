/** JSON Schema of what our schemas accept, for editors; as much of it as the schemas of files need. */

// biome-ignore lint/suspicious/noExplicitAny: the parts of a schema are looked at as they are.
type Any = any;
type Json = { [key: string]: unknown };

const ACTIONS: Readonly<Record<string, (requirement: Any) => Json>> = {
  min_length: (least) => ({ minLength: least }),
  max_length: (most) => ({ maxLength: most }),
  min_value: (least) => ({ minimum: least }),
  max_value: (most) => ({ maximum: most }),
  integer: () => ({ type: 'integer' }),
  regex: (regex) => ({ pattern: regex.source }),
};
const FOR_LISTS: Readonly<Record<string, string>> = { minLength: 'minItems', maxLength: 'maxItems' };
const TEMPLATE = { type: 'string', pattern: '\\{\\{.*\\}\\}' };

/** `named`: schemas that are written once, by name; what refers to itself must be one of them. */
export class JsonSchemas {
  readonly #named: ReadonlyMap<unknown, string>;

  constructor(named: ReadonlyMap<unknown, string>) {
    this.#named = named;
  }

  of(schema: Any, isDefinition = false): Json {
    const name = this.#named.get(schema);
    if (name !== undefined && !isDefinition) return { $ref: `#/$defs/${name}` };
    const description = described(schema);
    if (schema.filledIn) return { anyOf: [this.of(schema.filledIn), TEMPLATE], ...description };
    if (schema.choices) return { anyOf: schema.choices.map((each: Any) => this.of(each)), ...description };
    if (schema.pipe) return this.#piped(schema.pipe);
    return this.#plain(schema);
  }

  #piped([inner, ...actions]: Any): Json {
    const base = this.of(inner);
    const isList = base.type === 'array';
    const more = actions.flatMap(({ type, requirement, description }: Any) => {
      if (type === 'description') return { description };
      const made = ACTIONS[type]?.(requirement) ?? {};
      return isList
        ? Object.fromEntries(Object.entries(made).map(([key, value]) => [FOR_LISTS[key] ?? key, value]))
        : made;
    });
    return Object.assign({}, base, ...more);
  }

  #plain(schema: Any): Json {
    switch (schema.type) {
      case 'string':
      case 'number':
      case 'boolean':
        return { type: schema.type };
      case 'literal':
        return { const: schema.literal };
      case 'picklist':
        return { anyOf: [{ enum: schema.options }, TEMPLATE] };
      case 'optional':
        return this.of(schema.wrapped);
      case 'nullable':
        return { anyOf: [this.of(schema.wrapped), { type: 'null' }] };
      case 'union':
        // To an editor a whole number of any size is a number.
        return {
          anyOf: schema.options.filter(({ type }: Any) => type !== 'bigint').map((each: Any) => this.of(each)),
        };
      case 'array':
        return { type: 'array', items: this.of(schema.item) };
      case 'record':
        return { type: 'object', propertyNames: this.of(schema.key), additionalProperties: this.of(schema.value) };
      case 'strict_object':
        return this.#map(schema.entries);
      case 'lazy':
        return this.of(schema.getter());
      default:
        return {};
    }
  }

  #map(entries: Record<string, Any>): Json {
    const required = Object.keys(entries).filter((key) => bare(entries[key]).type !== 'optional');
    return {
      type: 'object',
      ...(required.length > 0 && { required }),
      additionalProperties: false,
      properties: Object.fromEntries(Object.entries(entries).map(([key, each]) => [key, this.of(each)])),
    };
  }
}

const bare = (schema: Any): Any => (schema.pipe && schema.pipe[0] !== schema ? bare(schema.pipe[0]) : schema);

const described = ({ pipe }: Any): Json => {
  const found = pipe?.find(({ type }: Any) => type === 'description');
  return found ? { description: found.description } : {};
};
