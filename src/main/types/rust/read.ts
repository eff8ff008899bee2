import { ABIS, type AbiId } from '../../../shared/types/abi.ts';
import { Layouts } from '../../../shared/types/layout/layouts.ts';
import { TypeFault } from '../../../shared/types/limits.ts';
import type { DeclaredType, Problem } from '../../../shared/types/model.ts';
import type { SourceFile } from '../c/preprocess.ts';
import type { Reading } from '../c/read.ts';
import { problemAt, SourceFault } from '../c/token.ts';
import { type Grammar, type Node, openGrammar } from '../grammar.ts';
import { ItemReader, placeOf } from './item-reader.ts';
import { type Item, itemsOf, keyOfItem } from './items.ts';

/**
 * Reads what Rust files declare with `#[repr(C)]`, in any order. Structs without it are left out: they have no layout.
 */
export async function readRust(files: readonly SourceFile[], abi: AbiId): Promise<Reading> {
  const grammar = await openGrammar('rust');
  const problems: Problem[] = [];
  const types = new Map<string, DeclaredType>();
  withItems(grammar, files, abi, problems, (items) => readItems(items, abi, types, problems));
  return { library: { abi, types }, problems };
}

/** The trees of all files live until `read` is done. */
function withItems(
  grammar: Grammar,
  [file, ...rest]: readonly SourceFile[],
  abi: AbiId,
  problems: Problem[],
  read: (items: readonly Item[]) => void,
): void {
  if (!file) {
    read([]);
    return;
  }
  grammar.parse(file.text, (root) => {
    const onMistake = (node: Node) => {
      const at = { file: file.name, line: node.startPosition.row + 1, column: node.startPosition.column + 1 };
      problems.push(problemAt(`“${node.text.slice(0, 40)}” can't be read as Rust.`, at));
    };
    const items = itemsOf(root, file.name, ABIS[abi], onMistake);
    withItems(grammar, rest, abi, problems, (others) => read([...items, ...others]));
  });
}

function readItems(items: readonly Item[], abi: AbiId, types: Map<string, DeclaredType>, problems: Problem[]): void {
  const layouts = new Layouts({ abi, types });
  const attempt = (item: Item, work: () => void) => {
    try {
      work();
    } catch (error) {
      if (error instanceof SourceFault) problems.push(problemAt(error.message, error.at));
      else if (error instanceof TypeFault) problems.push(problemAt(`${item.name}: ${error.message}`, placeOf(item)));
      else throw error;
    }
  };
  const reader = new ItemReader(items, layouts, types, attempt);
  for (const item of items) reader.declare(item);
  // What contains a faulty type is faulty too: repeat until none is left.
  for (let before = -1; before !== types.size; ) {
    before = types.size;
    for (const item of items) {
      const key = keyOfItem(item);
      if (!types.has(key)) continue;
      attempt(item, () => {
        try {
          layouts.sizeOf({ kind: 'named', name: key });
        } catch (error) {
          types.delete(key);
          throw error;
        }
      });
    }
  }
}
