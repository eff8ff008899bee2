import { Button } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { JsonView as Tree } from 'react-json-view-lite';
import type { Failure } from '../../shared/failure.ts';
import { codecOf } from '../../shared/text/codec.ts';
import { type Encoding, shortTitle } from '../../shared/text/encodings.ts';
import { formatSize } from '../format/bytes.ts';
import { FailureMessage } from '../shell/FailureMessage.tsx';
import { readBytes } from './copy.ts';
import { type JsonTree, jsonTree } from './json-tree.ts';
import type { PayloadSource } from './payload-source.ts';
import './json.css';

/** Longer payloads are read only when the user asks for it; bytes. */
const ASK_FROM = 1024 * 1024;
/** Longer ones not at all: reading them would hold up the window. */
const MOST = 16 * 1024 * 1024;

type Loaded = JsonTree | { readonly failure: Failure };

interface Props {
  readonly source: PayloadSource;
  readonly encoding: Encoding;
}

/** The payload as a tree, where it is JSON. */
export function JsonView({ source, encoding }: Props) {
  const [asked, setAsked] = useState(false);
  if (source.size > MOST)
    return (
      <p className="json-note">
        {formatSize(source.size)} are too much for a tree; it takes {formatSize(MOST)}.
      </p>
    );
  if (source.size > ASK_FROM && !asked)
    return (
      <p className="json-note">
        This payload has {formatSize(source.size)}; to read it may take a moment.{' '}
        <Button size="small" onClick={() => setAsked(true)}>
          Show the tree
        </Button>
      </p>
    );
  return <Whole source={source} encoding={encoding} />;
}

function Whole({ source, encoding }: Props) {
  const [loaded, setLoaded] = useState<Loaded>();
  useEffect(() => {
    let wanted = true;
    void load(source, encoding).then((result) => wanted && setLoaded(result));
    return () => {
      wanted = false;
    };
  }, [source, encoding]);
  if (!loaded) return <p className="json-note">Reading…</p>;
  if ('failure' in loaded) return <FailureMessage title="The payload could not be read" failure={loaded.failure} />;
  if (!loaded.ok) return <p className="json-note foreign">{loaded.message}</p>;
  const { value, notes } = loaded;
  return (
    <div className="json-view foreign">
      {notes.length > 0 && <p className="json-note warn">{notes.join('; ')}. Text has it all.</p>}
      {typeof value === 'object' && value !== null ? (
        <Tree
          data={value}
          style={STYLE}
          shouldExpandNode={isOpen}
          clickToExpandNode
          aria-label="Payload as a JSON tree"
        />
      ) : (
        <span className={typeof value === 'string' ? STYLE.stringValue : STYLE.numberValue}>
          {typeof value === 'string' ? `"${value}"` : String(value)}
        </span>
      )}
    </div>
  );
}

async function load(source: PayloadSource, encoding: Encoding): Promise<Loaded> {
  const bytes = await readBytes(source, 0, source.size);
  if (!bytes.ok) return bytes;
  const text = codecOf(encoding).decode(bytes.value);
  return text === null
    ? { ok: false, message: `Not JSON: these bytes aren't ${shortTitle(encoding)}. See Text or Hex.` }
    : jsonTree(text);
}

/** Small things near the root are open from the start. */
const isOpen = (level: number, value: object): boolean => level < 3 && Object.keys(value).length <= 100;

const STYLE = {
  container: 'json-tree',
  basicChildStyle: 'json-node',
  childFieldsContainer: 'json-children',
  label: 'json-label',
  clickableLabel: 'json-label clickable',
  nullValue: 'json-word',
  undefinedValue: 'json-word',
  numberValue: 'json-number',
  stringValue: 'json-string',
  booleanValue: 'json-word',
  otherValue: 'json-word',
  punctuation: 'json-punctuation',
  collapseIcon: 'json-fold open',
  expandIcon: 'json-fold',
  collapsedContent: 'json-folded',
  noQuotesForStringValues: false,
  quotesForFieldNames: false,
  stringifyStringValues: false,
  ariaLables: { collapseJson: 'Fold', expandJson: 'Unfold' },
};
