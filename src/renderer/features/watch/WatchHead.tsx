import { Button } from '@fluentui/react-components';
import { Pause16Filled, Play16Filled } from '@fluentui/react-icons';
import { hostNow } from '../../host/host-clock.ts';
import { useRegistered } from '../../kit/commands/registry.ts';
import { plural } from '../../kit/format/bytes.ts';
import type { Strips } from './use-strips.ts';
import { hold, pickNone, SPANS, showSpan, stepSpan, useWatch } from './watch-store.ts';
import { spanLabel } from './words.ts';

/** How much time is shown, and whether it follows the newest. */
export function WatchHead({ count, strips }: { count: number; strips: Strips | null }) {
  const isPicked = useWatch((state) => state.picked.length > 0);
  const isHeld = useWatch((state) => state.heldAt !== null);
  const toggle = () => hold(isHeld ? null : (strips?.to ?? hostNow().mono));
  const group = 'Watch';
  useRegistered([
    { id: 'watch-hold', title: 'Freeze or resume the strips', group, keys: 'Alt+H', run: toggle },
    { id: 'watch-shorter', title: 'Show less time', group, keys: 'Alt+PageUp', run: () => stepSpan(-1) },
    { id: 'watch-longer', title: 'Show more time', group, keys: 'Alt+PageDown', run: () => stepSpan(1) },
    { id: 'watch-all', title: 'Watch all sessions', group, run: pickNone, when: () => isPicked },
  ]);
  return (
    <header className="page-head">
      <h1 id="watch-title">Watch</h1>
      <p className="page-note number">
        {count > 0 && `${plural(count, 'session')} on one clock`}
        {isHeld && <span className="warn"> · frozen; the captures continue</span>}
      </p>
      {isPicked && (
        <Button size="small" appearance="subtle" onClick={pickNone}>
          Watch all
        </Button>
      )}
      {count > 0 && <Spans />}
      {count > 0 && (
        <Button
          size="small"
          icon={isHeld ? <Play16Filled /> : <Pause16Filled />}
          title={isHeld ? 'Resume (Alt+H)' : 'Freeze the strips (Alt+H); the captures continue'}
          onClick={toggle}
        >
          {isHeld ? 'Resume' : 'Freeze'}
        </Button>
      )}
    </header>
  );
}

function Spans() {
  const span = useWatch((state) => state.span);
  return (
    <fieldset className="watch-spans">
      <legend className="visually-hidden">Time shown</legend>
      {SPANS.map((each) => (
        <button key={each} type="button" aria-pressed={each === span} onClick={() => showSpan(each)}>
          {spanLabel(each)}
        </button>
      ))}
    </fieldset>
  );
}
