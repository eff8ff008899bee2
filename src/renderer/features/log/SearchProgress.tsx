import { Button } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { percentOf } from '../../kit/format/bytes.ts';
import type { SourceState } from '../../view/source-state.ts';
import type { RowSource } from './row-source.ts';

/** ms that a search may take before it is mentioned. */
const PATIENCE_MS = 500;
/** A growing log is never quite searched; less than this share of it isn't worth mentioning. */
const REST = 0.05;

/** The filter's progress, if it takes a while, and its end. */
export function SearchProgress({ source, state }: { source: RowSource; state: SourceState }) {
  const { search, stopped } = state;
  const left = search ? search.records - search.scanned : 0;
  const isLong = useLasting(search !== null && left > search.records * REST);
  if (search === null || !(isLong || stopped)) return null;
  const percent = percentOf(search.scanned, search.records);
  return (
    <span className="search-progress number" role="status">
      {stopped ? `searched ${percent} %` : `searching ${percent} %`}
      {stopped ? (
        <Button size="small" appearance="subtle" onClick={() => source.resume()}>
          Continue
        </Button>
      ) : (
        <Button size="small" appearance="subtle" aria-label="Stop search" onClick={() => source.stop()}>
          Stop
        </Button>
      )}
    </span>
  );
}

/** Whether `now` has been true for a while. */
function useLasting(now: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!now) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [now]);
  return now && lasting;
}
