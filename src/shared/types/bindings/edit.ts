import { type Document, isMap, isSeq, parseDocument, type YAMLMap, YAMLSeq } from 'yaml';
import type { Lane } from '../../domain.ts';
import type { AbiId } from '../abi.ts';

/** Edits a bindings file and leaves its comments and everything else as they are. */

/** A binding as written. */
export interface WrittenBinding {
  /** With `*` and `?`; omitted: any. */
  readonly channel?: string;
  readonly lane?: Lane;
  readonly when?: string;
  readonly type: string;
  /** Omitted: the file's own. */
  readonly abi?: AbiId;
}

const KEYS = ['channel', 'lane', 'when', 'type', 'abi'] as const;
const HEAD = '# Which type a message has. The first binding that holds counts.\n';

/** The bindings as written; undefined if the text isn't a bindings file. */
export function writtenBindings(text: string): WrittenBinding[] | undefined {
  const document = opened(text);
  return document && listOf(document)?.items.map((item) => (isMap(item) ? written(item) : { type: '' }));
}

/** With one more, before all others, or replacing the one for the same messages. */
export function withBinding(text: string, binding: WrittenBinding): string | undefined {
  const isSame = (one: WrittenBinding) =>
    one.channel === binding.channel && one.lane === binding.lane && one.when === binding.when;
  const at = writtenBindings(text)?.findIndex(isSame) ?? -1;
  if (at >= 0) return withChanged(text, at, binding);
  return edited(text, (list, document) => {
    // The list keeps the comment on its first item.
    const [first] = list.items;
    if (isMap(first) && list.commentBefore) {
      first.commentBefore = list.commentBefore;
      list.commentBefore = null;
    }
    list.items.unshift(document.createNode(plain(binding)));
  });
}

/** With one more after all others. */
export const withLast = (text: string, binding: WrittenBinding): string | undefined =>
  edited(text, (list, document) => list.items.push(document.createNode(plain(binding))));

export const withChanged = (text: string, at: number, binding: WrittenBinding): string | undefined =>
  edited(text, (list, document) => {
    const item = list.items[at];
    if (!isMap(item)) return void list.set(at, document.createNode(plain(binding)));
    for (const key of KEYS) {
      if (binding[key] === undefined) item.delete(key);
      else if (item.get(key) !== binding[key]) item.set(key, binding[key]);
    }
  });

export const withoutBinding = (text: string, at: number): string | undefined => edited(text, (list) => list.delete(at));

/** With the one at `at` moved one place up, or with `by` 1 down. */
export const withMoved = (text: string, at: number, by: 1 | -1): string | undefined =>
  edited(text, ({ items }) => {
    const [item] = items.splice(at, 1);
    if (item !== undefined) items.splice(at + by, 0, item);
  });

function edited(text: string, change: (list: YAMLSeq, document: Document) => unknown): string | undefined {
  const document = opened(text.trim() === '' ? `${HEAD}bindings: []\n` : text);
  if (!document) return undefined;
  let list = listOf(document);
  if (!list) {
    document.set('bindings', new YAMLSeq());
    list = document.get('bindings') as YAMLSeq;
  }
  change(list, document);
  list.flow = false;
  if (list.items.length === 0) list.flow = true;
  return document.toString({ lineWidth: 0 });
}

/** Undefined if it isn't YAML, or not a map. */
function opened(text: string): Document | undefined {
  const document = parseDocument(text, { uniqueKeys: true });
  if (document.errors.length > 0) return undefined;
  return document.contents === null || isMap(document.contents) ? (document as Document) : undefined;
}

function listOf(document: Document): YAMLSeq | undefined {
  const list = document.get('bindings');
  return isSeq(list) ? list : undefined;
}

function written(item: YAMLMap): WrittenBinding {
  const text = (key: (typeof KEYS)[number]) => {
    const value = item.get(key);
    return value === undefined || value === null ? undefined : String(value);
  };
  return plain({
    ...{ channel: text('channel'), lane: text('lane') as Lane | undefined, when: text('when') },
    ...{ type: text('type') ?? '', abi: text('abi') as AbiId | undefined },
  });
}

/** Without omitted values. */
const plain = (binding: { readonly [K in keyof WrittenBinding]?: WrittenBinding[K] | undefined }): WrittenBinding =>
  Object.fromEntries(
    KEYS.flatMap((key) => (binding[key] === undefined ? [] : [[key, binding[key]]])),
  ) as unknown as WrittenBinding;
