import type { LensReading, Reason } from '../../../shared/lens.ts';

interface Props {
  readonly readings: readonly LensReading[];
  readonly light: (reason: Reason | null) => void;
}

/** If both sides used one layout: what would fit, and what wouldn't. */
export function Readings({ readings, light }: Props) {
  return (
    <section className="lens-readings" aria-label="If both used one layout">
      {readings.map(({ layout, for: speaking, against }) => (
        <div key={layout}>
          <h3>If both used {layout}</h3>
          <ul>
            {against.map((reason) => (
              <Line key={reason.text} {...{ reason, light }} speaks="against" />
            ))}
            {speaking.map((reason) => (
              <Line key={reason.text} {...{ reason, light }} speaks="for" />
            ))}
            {against.length + speaking.length === 0 && (
              <li className="calm">Nothing sent so far supports or contradicts it.</li>
            )}
          </ul>
        </div>
      ))}
    </section>
  );
}

function Line({ reason, speaks, light }: { reason: Reason; speaks: 'for' | 'against'; light: Props['light'] }) {
  return (
    <li className={speaks} onMouseEnter={() => light(reason)} onMouseLeave={() => light(null)}>
      <span className="visually-hidden">{speaks === 'for' ? 'Fits: ' : 'Impossible: '}</span>
      {reason.text}
    </li>
  );
}
