import { MAX_SAVED_RECORDS, SavedScenario } from '../../../shared/scenario/save.ts';
import type { Format } from './format.ts';

/** A scenario that sends and expects what was recorded; one per export. */
export function scenario(): Format<string> {
  let saved: SavedScenario | undefined;
  const of = () => saved as SavedScenario;
  return {
    extension: 'yaml',
    name: 'a scenario',
    maxRecords: MAX_SAVED_RECORDS,
    limit: 'a scenario has no more steps',
    head: ({ session }) => {
      saved = new SavedScenario(session.role);
      return saved.head(session.section);
    },
    record: (record) => [of().record(record)],
    foot: () => of().foot(),
    note: () =>
      saved?.isTooLong ? 'It is longer than a scenario may be, so it can’t be run. Select fewer records.' : null,
  };
}
