import { ToggleButton } from '@fluentui/react-components';
import { ArrowDown16Regular, ArrowUp16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { IconButton, IconToggle } from '../../kit/controls/IconButton.tsx';
import { formatInteger } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { closeFind, useFind } from './find-store.ts';
import type { FindState } from './use-find.ts';
import './find-bar.css';

interface Props {
  readonly state: FindState;
  readonly go: (direction: 'next' | 'previous') => void;
  /** Where the focus goes when the bar is closed. */
  readonly leave: () => void;
}

/** Searches the filter's result for text or bytes, and walks through the matches. */
export function FindBar({ state, go, leave }: Props) {
  const { type, text, ignoreCase, asked } = useFind();
  const input = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is asked for
  useEffect(() => input.current?.select(), [asked]);
  const close = () => {
    closeFind();
    leave();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.target === input.current) go(event.shiftKey ? 'previous' : 'next');
    else return;
    event.preventDefault();
  };
  return (
    <search className="find-bar" aria-label="Find in the log" onKeyDown={onKeyDown}>
      <input
        ref={input}
        aria-label="Find"
        aria-invalid={state.problem !== null}
        placeholder={type === 'hex' ? 'de ad ?? ef' : 'Find in payloads'}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={({ target }) => useFind.setState({ text: target.value })}
      />
      <IconToggle
        label="Match case"
        checked={!ignoreCase}
        disabled={type === 'hex'}
        onClick={() => useFind.setState({ ignoreCase: !ignoreCase })}
      >
        Aa
      </IconToggle>
      <ToggleButton
        size="small"
        appearance="subtle"
        checked={type === 'hex'}
        title="Find hex bytes"
        onClick={() => useFind.setState({ type: type === 'hex' ? 'text' : 'hex' })}
      >
        Hex
      </ToggleButton>
      <span className="find-count number" role="status" data-wrong={state.problem !== null}>
        {wordsOf(state)}
      </span>
      <IconButton label="Previous match" keys="Shift+F3" icon={<ArrowUp16Regular />} onClick={() => go('previous')} />
      <IconButton label="Next match" keys="F3" icon={<ArrowDown16Regular />} onClick={() => go('next')} />
      <IconButton label="Close find bar" keys="Escape" icon={<Dismiss16Regular />} onClick={close} />
    </search>
  );
}

/** "3 of 120"; a number that isn't final has a plus. */
function wordsOf({ problem, index, hits, complete }: FindState): string {
  if (problem !== null) return visibleText(problem);
  if (hits === null) return '';
  if (hits === 0) return complete ? 'no matches' : 'searching…';
  const all = `${formatInteger(hits)}${complete ? '' : '+'}`;
  return index === null ? all : `${formatInteger(index + 1)} of ${all}`;
}
