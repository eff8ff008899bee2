import { Button } from '@fluentui/react-components';
import type { Failure } from '../../../../shared/failure.ts';
import { FailureMessage } from '../../../kit/trouble/FailureMessage.tsx';
import type { Group } from '../groups.ts';
import { toggleStopped, useReading } from './reading-store.ts';

/** How far the records were read for fields, while that goes on; it can be stopped. */
export function ReadingBar({ groups, failure }: { groups: readonly Group[]; failure: Failure | null }) {
  const { shares, stopped } = useReading();
  const reading = groups.flatMap(({ session }) => {
    const share = shares[session];
    return share === undefined ? [] : [{ session, share }];
  });
  const first = reading[0];
  if (failure) return <FailureMessage title="Couldn't read the fields" failure={failure} />;
  if (!first) return null;
  const isHalted = stopped.includes(first.session);
  const percent = Math.floor(first.share * 100);
  return (
    <section className="timeline-bar" aria-label="Reading fields">
      <progress className="field-progress" max={1} value={first.share} aria-label="Records read" />
      <p className="timeline-words number">
        {isHalted ? `Stopped: fields are read up to ${percent} % of the records` : `Reading fields: ${percent} %`}
      </p>
      <Button size="small" appearance="subtle" onClick={() => toggleStopped(first.session)}>
        {isHalted ? 'Resume' : 'Stop'}
      </Button>
    </section>
  );
}
