import type { Result } from '../../shared/failure.ts';
import type { ReadTypeFiles } from '../../shared/type-files.ts';
import type { SourceFile } from './c/preprocess.ts';

/** What the thread is asked to read. */
export interface TypesQuestion {
  readonly id: number;
  readonly folder: string;
  readonly files: readonly SourceFile[];
  /** Null: it doesn't exist. */
  readonly bindings: string | null;
}

export interface TypesAnswer {
  readonly id: number;
  readonly result: Result<ReadTypeFiles>;
}
