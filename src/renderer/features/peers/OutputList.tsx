import { Button } from '@fluentui/react-components';
import { ArrowDown16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { OutputLine } from '../../../shared/peers.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { useRowWindow } from '../../kit/virtual/use-row-window.ts';

const ROW_HEIGHT = 18;

interface Props {
  readonly label: string;
  readonly lines: readonly OutputLine[];
}

/** Lines of a program's output, only the rows in view; the end stays in view until the user scrolls up. */
export function OutputList({ label, lines }: Props) {
  const [follow, setFollow] = useState(true);
  const { scroller, geometry, height, top, range } = useRowWindow({
    count: lines.length,
    rowHeight: ROW_HEIGHT,
    follow,
    // Also called when a taller view brings the end back into view.
    onUserScroll: () => setFollow(isAtEnd(scroller.current)),
  });
  return (
    <div className="output-place">
      <section
        ref={scroller}
        className="output-scroll"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={label}
      >
        <div style={{ height }}>
          <div className="output-window" style={{ height: geometry.view }}>
            <div style={{ transform: `translateY(${range.from * ROW_HEIGHT - top}px)` }}>
              {lines.slice(range.from, range.to).map(({ number, stream, text }) => (
                <div key={number} className={`output-line ${stream}`}>
                  {stream === 'stderr' && <span className="visually-hidden">stderr: </span>}
                  {visibleText(text)}
                </div>
              ))}
            </div>
          </div>
        </div>
      </section>
      {!follow && (
        <Button className="output-follow" size="small" icon={<ArrowDown16Regular />} onClick={() => setFollow(true)}>
          Follow
        </Button>
      )}
    </div>
  );
}

const isAtEnd = (element: HTMLElement | null): boolean =>
  element !== null && element.scrollTop + element.clientHeight >= element.scrollHeight - ROW_HEIGHT;
