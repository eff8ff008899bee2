/** The named groups of a regular expression: what they find is kept under their names. */
export const namedGroups = (regex: string): string[] =>
  [...regex.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map(([, name = '']) => name);
