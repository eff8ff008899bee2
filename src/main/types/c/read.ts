import { ABIS, type AbiId } from '../../../shared/types/abi.ts';
import type { Library, Problem } from '../../../shared/types/model.ts';
import { openGrammar } from '../grammar.ts';
import { Declarations } from './declarations.ts';
import { type Preprocessing, Preprocessor, type SourceFile } from './preprocess.ts';
import { chunksOf } from './split.ts';
import { problemAt, type Token } from './token.ts';

export interface ReadOptions {
  readonly abi: AbiId;
  readonly include: Preprocessing['include'];
}

export interface Reading {
  readonly library: Library;
  /** In source order. */
  readonly problems: readonly Problem[];
}

/** After this many it probably isn't C. */
const MAX_PROBLEMS = 100;

/** Reads the declarations of C files, one after another, like a compiler for the ABI. */
export async function readC(files: readonly SourceFile[], { abi, include }: ReadOptions): Promise<Reading> {
  const grammar = await openGrammar('c');
  const problems: Problem[] = [];
  const report = (problem: Problem) => problems.push(problem);
  const declarations = new Declarations({ grammar, abi, report });
  const preprocessor = new Preprocessor({
    abi: ABIS[abi],
    include,
    report,
    evaluate: (tokens: readonly Token[]) => declarations.evaluate(tokens),
  });
  for (const file of files) {
    for (const { tokens, fault } of chunksOf(preprocessor.read(file))) {
      if (problems.length >= MAX_PROBLEMS) break;
      if (fault) report(problemAt(fault.message, fault.at));
      else declarations.read(tokens);
      if (problems.length >= MAX_PROBLEMS)
        report(problemAt('Too many errors: the rest is not read.', (tokens[0] as Token).at));
    }
  }
  return { library: { abi, types: declarations.types }, problems };
}
