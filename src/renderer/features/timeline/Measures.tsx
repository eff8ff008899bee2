import { useRegistered } from '../../kit/commands/registry.ts';
import { MEASURES, type Measure } from './measures.ts';
import { showMeasure, useTimelineViews } from './timeline-store.ts';

const WORDS: Readonly<Record<Measure, { readonly label: string; readonly title: string }>> = {
  rate: { label: 'Rate', title: 'Messages per second, both directions' },
  bytes: { label: 'Bytes', title: 'Bytes per second, both directions' },
  fill: { label: 'Fill', title: "Each buffer's largest message as a percentage of the buffer; dashed: peak" },
};

/** Chooses what the timeline's bars show. */
export function Measures() {
  const shown = useTimelineViews((state) => state.measure);
  useRegistered(
    MEASURES.map((measure) => ({
      id: `measure-${measure}`,
      title: `Bars show: ${WORDS[measure].label.toLowerCase()}`,
      group: 'Timeline',
      run: () => showMeasure(measure),
    })),
  );
  return (
    <fieldset className="timeline-measures">
      <legend className="visually-hidden">Bars show</legend>
      {MEASURES.map((measure) => (
        <button
          key={measure}
          type="button"
          aria-pressed={measure === shown}
          title={WORDS[measure].title}
          onClick={() => showMeasure(measure)}
        >
          {WORDS[measure].label}
        </button>
      ))}
    </fieldset>
  );
}
