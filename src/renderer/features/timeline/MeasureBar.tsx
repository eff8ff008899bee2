import { Button } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import type { Measured } from '../../../shared/timeline.ts';
import { useApi } from '../../host/api-context.ts';
import { useSession } from '../../host/host-store.ts';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { removeCursors, spanOf, useCursors } from './cursor-store.ts';
import { measureWords } from './measure-words.ts';
import type { Span } from './range.ts';
import { showSpan } from './timeline-store.ts';

interface Props {
  readonly session: number;
  readonly filter: (span: Span) => void;
  readonly figures: () => void;
}

/** What lies between the cursors, and what can be done with it. */
export function MeasureBar({ session, filter, figures }: Props) {
  const cursors = useCursors(session);
  const span = spanOf(cursors);
  const measured = useMeasured(session, span);
  const { a, b } = cursors;
  if (a === null && b === null) return null;
  return (
    <section className="timeline-bar measure-bar" aria-label="Between the cursors">
      <p className="timeline-words number">
        {span
          ? measureWords(span, measured)
          : `Cursor ${a === null ? 'B' : 'A'} is set. Ctrl+drag sets both, or ${a === null ? 'A' : 'B'} at the crosshair.`}
      </p>
      {span && (
        <>
          <Button size="small" appearance="subtle" onClick={() => showSpan(session, span)}>
            Zoom
          </Button>
          <Button size="small" appearance="subtle" onClick={() => filter(span)}>
            Filter
          </Button>
          <Button size="small" appearance="subtle" onClick={figures}>
            Statistics
          </Button>
        </>
      )}
      <IconButton
        label="Remove the cursors"
        keys="Alt+K"
        icon={<DismissRegular />}
        onClick={() => removeCursors(session)}
      />
    </section>
  );
}

/** What the host counts between the cursors; null until known. */
function useMeasured(session: number, span: Span | null): Measured | null {
  const api = useApi();
  const committed = useSession(session, (s) => s.committed);
  const [known, setKnown] = useState<{ readonly of: Span; readonly measured: Measured } | null>(null);
  const [from, to] = span ? [Math.max(0, span.from), Math.max(1, span.to)] : [0, 0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: with more records there may be more between the cursors
  useEffect(() => {
    if (from >= to) return;
    let ended = false;
    void api.measure({ session, fromMono: from, toMono: to }).then((answer) => {
      if (!ended && answer.ok) setKnown({ of: { from, to }, measured: answer.value });
    });
    return () => {
      ended = true;
    };
  }, [api, session, from, to, committed]);
  return known?.of.from === from && known.of.to === to ? known.measured : null;
}
