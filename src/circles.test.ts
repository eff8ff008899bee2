/** Enforces "There are no circles", types included: of files and folders in src, of files in all other code. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { importsBelow, importsOf, isTest } from './imports.testing.ts';

interface Edge {
  readonly file: string;
  readonly target: string;
}

/** A path from the file back to itself along imports; empty without one. */
function circleFrom(start: string, graph: ReadonlyMap<string, readonly string[]>): string[] {
  const seen = new Set<string>();
  const visit = (file: string, way: readonly string[]): string[] => {
    for (const target of graph.get(file) ?? []) {
      if (target === start) return [...way, file, start];
      if (seen.has(target)) continue;
      seen.add(target);
      const found = visit(target, [...way, file]);
      if (found.length > 0) return found;
    }
    return [];
  };
  return visit(start, []);
}

function graphOf(edges: readonly Edge[]): Map<string, string[]> {
  const graph = new Map<string, string[]>();
  for (const { file, target } of edges) if (file !== target) graph.set(file, [...(graph.get(file) ?? []), target]);
  return graph;
}

const includesOf = (file: string, text: string): Edge[] =>
  [...text.matchAll(/^#include "([^"]+)"/gm)].map(([, target = '']) => ({ file, target }));

/** The folder below `features/` or `capture/`: two that import each other are one. */
const folderOf = (file: string) => path.posix.dirname(file);

function circles(edges: readonly Edge[]): string[][] {
  const graph = graphOf(edges);
  return [...graph.keys()].map((file) => circleFrom(file, graph)).filter((way) => way.length > 0);
}

const REPOSITORY = path.join(import.meta.dirname, '..');

test.each(['src', 'e2e', 'bench', 'scripts'])('no files in %s import each other, types included', (folder) => {
  const { sources, imports } = importsBelow(path.join(REPOSITORY, folder));
  expect(imports.length).toBeGreaterThan(sources.length);
  expect(circles(imports)).toEqual([]);
});

test('no files in native include each other', () => {
  const folder = path.join(REPOSITORY, 'native');
  const edges = readdirSync(folder)
    .filter((file) => /\.[ch]$/.test(file))
    .flatMap((file) => includesOf(file, readFileSync(path.join(folder, file), 'utf8')));
  expect(edges.length).toBeGreaterThan(20);
  expect(circles(edges)).toEqual([]);
});

test('no folders import each other but a folder and those within it', () => {
  const edges = importsBelow(import.meta.dirname)
    .imports.filter(({ file }) => !isTest(file))
    .map(({ file, target }) => ({ file: folderOf(file), target: folderOf(target) }))
    .filter(({ file, target }) => !file.startsWith(`${target}/`) && !target.startsWith(`${file}/`));
  expect(circles(edges)).toEqual([]);
});

test('a circle of headers is found', () => {
  const edges = [...includesOf('a.h', '#include <stdio.h>\n#include "b.h"'), ...includesOf('b.h', '#include "a.h"')];
  expect(circles(edges)).toContainEqual(['a.h', 'b.h', 'a.h']);
});

test('a circle is found, types included', () => {
  const texts = { 'shared/a.ts': "import { b } from './b.ts';", 'shared/b.ts': "import type { A } from './a.ts';" };
  const graph = graphOf(Object.entries(texts).flatMap(([file, text]) => importsOf(file, text)));
  expect(circleFrom('shared/a.ts', graph)).toEqual(['shared/a.ts', 'shared/b.ts', 'shared/a.ts']);
});
