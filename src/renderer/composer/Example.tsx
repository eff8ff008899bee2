import { useMemo } from 'react';
import { expand, type TemplatePart } from '../../shared/placeholders.ts';
import { decodeUtf8 } from '../../shared/text/utf8.ts';
import { Visible } from '../log/Preview.tsx';
import { expansionSource } from './draft-store.ts';

const LONGEST = 400;

/** What a message with placeholders would be if it were sent now. */
export function Example({ parts, n }: { parts: readonly TemplatePart[]; n: number }) {
  const text = useMemo(() => {
    const bytes = expand(parts, expansionSource(n));
    return decodeUtf8(bytes.subarray(0, LONGEST), true) ?? '';
  }, [parts, n]);
  return (
    <p className="composer-example" title="The next message, its times and random values as an example">
      <span className="calm">e.g. </span>
      <span className="foreign">
        <Visible text={text} />
      </span>
    </p>
  );
}
