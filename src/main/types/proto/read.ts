import protobuf from 'protobufjs';
import type { Problem } from '../../../shared/types/model.ts';
import type { ProtoField, ProtoMessage, ProtoSchema } from '../../../shared/types/protobuf/schema.ts';
import type { SourceFile } from '../c/preprocess.ts';

/**
 * Reads `.proto` files. Only their declarations: what protobufjs would compile to read messages isn't used, since it
 * builds functions from text.
 */

export interface ProtoReading {
  readonly schema: ProtoSchema;
  readonly problems: readonly Problem[];
}

/** Google's own, which come with protobufjs. */
const WELL_KNOWN = /^google\/protobuf\//;
const MAX_IMPORTS = 200;

export function readProto(
  files: readonly SourceFile[],
  include: (name: string, from: string) => SourceFile | undefined,
): ProtoReading {
  const root = new protobuf.Root();
  const problems: Problem[] = [];
  const read = new Set<string>();
  const load = (file: SourceFile) => {
    if (read.has(file.name) || read.size > MAX_IMPORTS) return;
    read.add(file.name);
    try {
      const { imports = [], weakImports = [] } = protobuf.parse(file.text, root, { keepCase: true });
      for (const name of [...imports, ...weakImports]) imported(name, file);
    } catch (error) {
      problems.push(problemOf(error, file.name));
    }
  };
  const imported = (name: string, from: SourceFile) => {
    const known = WELL_KNOWN.test(name) ? protobuf.common.get(name) : null;
    const found = include(name, from.name);
    if (found) load(found);
    else if (known?.nested) root.addJSON(known.nested);
    else {
      const message = `“${name}” is imported, but was not found. Give its folder with --include DIR.`;
      problems.push({ severity: 'error', message, file: from.name, line: 1, column: 1 });
    }
  };
  for (const file of files) load(file);
  return { schema: schemaOf(root, (message) => problems.push(rootProblem(message, files))), problems };
}

const rootProblem = (message: string, files: readonly SourceFile[]): Problem => ({
  severity: 'error',
  message,
  file: files[0]?.name ?? '',
  line: 1,
  column: 1,
});

/** protobufjs ends its sentences with the position: `illegal token 'x' (line 3)`. */
function problemOf(error: unknown, file: string): Problem {
  const message = error instanceof Error ? error.message : String(error);
  const line = Number(/\(line (\d+)\)|, line (\d+)/.exec(message)?.slice(1).find(Boolean) ?? 1);
  return { severity: 'error', message: message.replace(/\s*\(.*line \d+\)$/, ''), file, line, column: 1 };
}

function schemaOf(root: protobuf.Root, report: (message: string) => void): ProtoSchema {
  const messages = new Map<string, ProtoMessage>();
  const enums = new Map<string, ReadonlyMap<number, string>>();
  const visit = (space: protobuf.NamespaceBase) => {
    for (const one of space.nestedArray) {
      const name = one.fullName.replace(/^\./, '');
      if (one instanceof protobuf.Enum)
        // If a value has several names, the first is printed, as everywhere.
        enums.set(
          name,
          new Map(
            Object.entries(one.values)
              .reverse()
              .map(([key, id]) => [id, key]),
          ),
        );
      if (one instanceof protobuf.Type) messages.set(name, { fields: fieldsOf(one, report) });
      if (one instanceof protobuf.Namespace) visit(one);
    }
  };
  visit(root);
  return { messages, enums };
}

function fieldsOf(type: protobuf.Type, report: (message: string) => void): Map<number, ProtoField> {
  const fields = new Map<number, ProtoField>();
  for (const field of type.fieldsArray) {
    try {
      field.resolve();
      const target = field.resolvedType ? field.resolvedType.fullName.replace(/^\./, '') : field.type;
      const key = field instanceof protobuf.MapField ? { key: field.keyType } : {};
      fields.set(field.id, { name: field.name, type: target, repeated: field.repeated, ...key });
    } catch {
      report(`${type.fullName.slice(1)}.${field.name}: the type “${field.type}” is not declared.`);
    }
  }
  return fields;
}
