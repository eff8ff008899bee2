/** How Fluent's `Field` shows what is wrong with the field `name` of a validated form; nothing if it is right. */
export const validation = <Name extends string>(
  { fields }: { readonly fields: Readonly<Partial<Record<Name, string>>> },
  name: Name,
) => (fields[name] === undefined ? {} : ({ validationState: 'error', validationMessage: fields[name] } as const));
