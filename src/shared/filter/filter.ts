/** The filter language: from text to a tree and back, with everything that an input line for it needs. */
export type {
  AddedTerm,
  BuiltInType,
  Comparison,
  FieldTest,
  FilterError,
  Node as FilterNode,
  Span,
  Term,
  TermOf,
} from './ast.ts';
export { MAX_FILTER_TEXT } from './ast.ts';
export { Catalogue, type Field, type TermProvider, termsOf } from './catalogue.ts';
export { completeFilter, type Suggestion } from './complete.ts';
export { demanded, exclude, inEncoding, only, without } from './edit.ts';
export { highlightFilter } from './highlight.ts';
export { resolveInstant } from './instants.ts';
export { parseFilter } from './parse.ts';
export { printFilter } from './print.ts';
export { compileRegex, requiredText } from './regex.ts';
export { BUILT_IN, TERMS } from './terms.ts';
export { namesOf, typedCatalogue } from './typed-catalogue.ts';
