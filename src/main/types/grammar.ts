import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, type Node, Parser, type Tree } from 'web-tree-sitter';

/**
 * The grammars of C and Rust, as WebAssembly from their packages: found in `node_modules` from source, from the build
 * and from the package. Only for Node: a page would need `'wasm-unsafe-eval'`.
 */

export type { Node } from 'web-tree-sitter';

const WASM = { c: 'tree-sitter-c/tree-sitter-c.wasm', rust: 'tree-sitter-rust/tree-sitter-rust.wasm' } as const;
const { resolve } = createRequire(import.meta.url);
const loaded = new Map<keyof typeof WASM, Promise<Grammar>>();
let started: Promise<void> | undefined;

/** Parses one text after another. */
export class Grammar {
  readonly #parser = new Parser();

  constructor(language: Language) {
    this.#parser.setLanguage(language);
  }

  /** The result of `read` on the tree of `text`; the tree is gone afterwards. */
  parse<T>(text: string, read: (root: Node) => T): T {
    const tree: Tree | null = this.#parser.parse(text);
    if (!tree) throw new Error('The parser has no language.');
    try {
      return read(tree.rootNode);
    } finally {
      tree.delete();
    }
  }
}

export function openGrammar(name: keyof typeof WASM): Promise<Grammar> {
  const known = loaded.get(name);
  if (known) return known;
  const grammar = load(name);
  loaded.set(name, grammar);
  return grammar;
}

async function load(name: keyof typeof WASM): Promise<Grammar> {
  started ??= Parser.init();
  await started;
  return new Grammar(await Language.load(readFileSync(resolve(WASM[name]))));
}

/** The first place that the grammar can't parse, the deepest of nested ones. `tolerated`: not a mistake. */
export function mistakeIn(node: Node, tolerated: (node: Node) => boolean): Node | undefined {
  if (!node.hasError && !node.isMissing) return undefined;
  if (node.isMissing) return tolerated(node) ? undefined : node;
  for (const child of node.children) {
    const found = child && mistakeIn(child, tolerated);
    if (found) return found;
  }
  return node.isError ? node : undefined;
}
