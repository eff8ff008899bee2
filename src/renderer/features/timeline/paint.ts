/** Colours and font of the plot, taken from the page's tokens. */
export interface Paint {
  readonly bars: string;
  readonly s2c: string;
  readonly c2s: string;
  /** For lines, which need more contrast than areas. */
  readonly s2cLine: string;
  readonly c2sLine: string;
  readonly read: string;
  readonly waiting: string;
  readonly empty: string;
  readonly bad: string;
  readonly timeout: string;
  readonly mark: string;
  /** A field's line. */
  readonly field: string;
  /** States of a field, in order of appearance, and where it had several. */
  readonly states: readonly string[];
  readonly several: string;
  /** Of names, and their font. */
  readonly ink: string;
  readonly font: string;
  readonly line: string;
}

export function paintOf(element: Element): Paint {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    bars: colour('--timeline-bar'),
    s2c: colour('--timeline-s2c'),
    c2s: colour('--timeline-c2s'),
    s2cLine: colour('--s2c'),
    c2sLine: colour('--c2s'),
    read: colour('--timeline-read'),
    waiting: colour('--timeline-waiting'),
    empty: colour('--track'),
    bad: colour('--bad'),
    timeout: colour('--warn'),
    mark: colour('--brand'),
    field: colour('--brand'),
    states: ['s2c', 'read', 'c2s', 'waiting', 'bar'].map((name) => colour(`--timeline-${name}`)),
    several: colour('--line-strong'),
    ink: colour('--ink'),
    font: `11px ${colour('--sans')}`,
    line: colour('--timeline-grid'),
  };
}
