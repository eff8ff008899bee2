import { Button } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import { codecOf } from '../../../shared/text/codecs.ts';
import { type Encoding, titleOf } from '../../../shared/text/encodings.ts';
import { formatSize } from '../../kit/format/bytes.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { readBytes } from '../../view/copy.ts';
import type { PayloadSource } from '../../view/payload-source.ts';
import { JsonTree } from './JsonTree.tsx';
import { jsonTree, type JsonTree as Read } from './json-tree.ts';
import './json.css';

/** Longer payloads are only parsed on request; in bytes. */
const ASK_FROM = 1024 * 1024;
/** Longer ones not at all: parsing them would block the window. */
const MOST = 16 * 1024 * 1024;

type Loaded = Read | { readonly failure: Failure };

interface Props {
  readonly source: PayloadSource;
  readonly encoding: Encoding;
}

/** The payload as a tree, if it is JSON. */
export function JsonView({ source, encoding }: Props) {
  const [asked, setAsked] = useState(false);
  if (source.size > MOST)
    return (
      <p className="json-note">
        {formatSize(source.size)} are too much for a tree; the limit is {formatSize(MOST)}.
      </p>
    );
  if (source.size > ASK_FROM && !asked)
    return (
      <p className="json-note">
        This payload has {formatSize(source.size)}; reading it may take a moment.{' '}
        <Button size="small" onClick={() => setAsked(true)}>
          Show tree
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
  if ('failure' in loaded) return <FailureMessage title="Couldn't read the payload" failure={loaded.failure} />;
  if (!loaded.ok) return <p className="json-note foreign">{loaded.message}</p>;
  const { values, notes } = loaded;
  return (
    <div className="json-view foreign">
      {notes.length > 0 && <p className="json-note warn">{sentence(notes)}</p>}
      <JsonTree values={values} />
    </div>
  );
}

const sentence = (notes: readonly string[]): string => {
  const [first = '', ...rest] = notes;
  return `${[first.charAt(0).toUpperCase() + first.slice(1), ...rest].join('; ')}.`;
};

async function load(source: PayloadSource, encoding: Encoding): Promise<Loaded> {
  const bytes = await readBytes(source, 0, source.size);
  if (!bytes.ok) return bytes;
  const text = codecOf(encoding).decode(bytes.value);
  return text === null
    ? { ok: false, message: `Not JSON: these bytes aren't ${titleOf(encoding)}. See Text or Hex.` }
    : jsonTree(text);
}
