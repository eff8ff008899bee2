/** The filter language: from text to a tree and back, with all that a line to type it in needs. */
export type { Comparison, FilterError, Instant, Node as FilterNode, Span, Term } from './ast.ts';
export { MAX_FILTER_TEXT } from './ast.ts';
export { completeFilter, type Suggestion } from './complete.ts';
export { demanded, exclude, inEncoding, only, without } from './edit.ts';

export { highlightFilter } from './highlight.ts';
export { resolveInstant } from './instants.ts';
export { parseFilter } from './parse.ts';
export { printFilter } from './print.ts';
export { compileRegex } from './regex.ts';
