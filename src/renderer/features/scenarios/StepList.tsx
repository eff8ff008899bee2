import { type KeyboardEvent, useEffect, useState } from 'react';
import type { StepResult } from '../../../shared/scenario/report.ts';
import { isCommandHeld } from '../../kit/commands/keys.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { rowTarget } from '../../kit/virtual/keys.ts';
import { topShowing } from '../../kit/virtual/row-window.ts';
import { useRowWindow } from '../../kit/virtual/use-row-window.ts';
import { markOf, toneOf, tookWords } from './words.ts';

const ROW_HEIGHT = 24;

interface Props {
  readonly steps: readonly StepResult[];
  /** The path of the step that is shown; null: whichever runs. */
  readonly selected: string | null;
  readonly select: (path: string) => void;
}

/** The steps of a scenario in file order, only those in view; the running one stays in view. */
export function StepList({ steps, selected, select }: Props) {
  const { scroller, geometry, height, top, range, scrollTo } = useRowWindow({
    count: steps.length,
    rowHeight: ROW_HEIGHT,
  });
  const running = steps.findLastIndex(({ state }) => state === 'running');
  const shown = selected === null ? running : steps.findIndex(({ path }) => path === selected);
  const [focused, setFocused] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another step is shown
  useEffect(() => {
    if (shown >= 0 && geometry.view > 0) scrollTo(topShowing(geometry, top, shown));
  }, [shown, geometry.view > 0]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (isCommandHeld(event)) return;
    const target = rowTarget(event.key, Math.max(0, shown), geometry);
    const step = target === undefined ? undefined : steps[target];
    if (!step) return;
    event.preventDefault();
    select(step.path);
  };
  return (
    <div
      ref={scroller}
      className="steps"
      role="listbox"
      tabIndex={0}
      aria-label="Steps"
      aria-activedescendant={shown >= 0 ? `step-${steps[shown]?.path}` : undefined}
      data-focused={focused}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onKeyDown={onKeyDown}
    >
      <div style={{ height }}>
        <div className="steps-window" style={{ height: geometry.view }}>
          <div style={{ transform: `translateY(${range.from * ROW_HEIGHT - top}px)` }}>
            {steps.slice(range.from, range.to).map((step, at) => (
              <Step key={step.path} {...{ step, select }} selected={range.from + at === shown} />
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

interface StepProps {
  readonly step: StepResult;
  readonly selected: boolean;
  readonly select: (path: string) => void;
}

function Step({ step, selected, select }: StepProps) {
  const { path, state, depth, line, words, name, part, runs } = step;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list's own arrows do the same
    <div
      id={`step-${path}`}
      className="step"
      data-tone={toneOf(state)}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      onClick={() => select(path)}
    >
      <span className="step-mark" data-tone={toneOf(state)} aria-hidden="true">
        {markOf(state)}
      </span>
      <span className="visually-hidden">{state}: </span>
      <span className="step-line number" title={`Line ${line} of the file`}>
        {line}
      </span>
      <span className="step-words foreign" style={{ paddingLeft: depth * 16 }} title={visibleText(words)}>
        {name !== null && <b>{visibleText(name)} </b>}
        {visibleText(words)}
      </span>
      <span className="step-part foreign">{part === null ? '' : visibleText(part)}</span>
      <span className="step-runs number">{runs > 1 ? `× ${runs}` : ''}</span>
      <span className="step-took number">{tookWords(step)}</span>
    </div>
  );
}
