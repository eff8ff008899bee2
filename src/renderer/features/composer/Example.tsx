import { useMemo } from 'react';
import { expand, type TemplatePart } from '../../../shared/placeholders.ts';
import { codecOf } from '../../../shared/text/codecs.ts';
import type { Encoding } from '../../../shared/text/encodings.ts';
import { Visible } from '../../view/Preview.tsx';
import { expansionSource } from './draft-store.ts';

const LONGEST = 400;

/** What a message with placeholders would be if it were sent now. */
export function Example({ parts, n, encoding }: { parts: readonly TemplatePart[]; n: number; encoding: Encoding }) {
  const text = useMemo(() => {
    const bytes = expand(parts, expansionSource(n));
    return codecOf(encoding).decode(bytes.subarray(0, LONGEST), true) ?? '';
  }, [parts, n, encoding]);
  return (
    <p className="composer-example" title="Preview of the next message, with example times and random values">
      <span className="calm">e.g. </span>
      <span className="foreign">
        <Visible text={text} />
      </span>
    </p>
  );
}
