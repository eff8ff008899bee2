/** Colours and font of the plot, taken from the page's tokens. */
export interface Paint {
  readonly bars: string;
  readonly s2c: string;
  readonly c2s: string;
  readonly read: string;
  readonly waiting: string;
  readonly empty: string;
  readonly bad: string;
  readonly timeout: string;
  readonly dim: string;
  readonly line: string;
  readonly font: string;
}

export function paintOf(element: Element): Paint {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    bars: colour('--timeline-bar'),
    s2c: colour('--timeline-s2c'),
    c2s: colour('--timeline-c2s'),
    read: colour('--timeline-read'),
    waiting: colour('--timeline-waiting'),
    empty: colour('--track'),
    bad: colour('--bad'),
    timeout: colour('--warn'),
    dim: colour('--dim'),
    line: colour('--timeline-grid'),
    font: `11px ${colour('--sans')}`,
  };
}

/** `font` for a canvas of `ratio` pixels to one of the page's. */
export const scaled = (font: string, ratio: number): string =>
  font.replace(/^\d+/, (size) => String(Number(size) * ratio));
