import type { Unseen } from '../../../shared/discovery.ts';
import { visibleText } from '../../kit/format/visible.ts';

/** What could not be looked at, each with the reason and the cure. */
export function UnseenList({ unseen }: { unseen: readonly Unseen[] }) {
  return (
    <ul className="unseen">
      {unseen.map(({ what, reason, cure }) => (
        <li key={what}>
          <strong className="foreign">{visibleText(what)}</strong>
          <span className="foreign">{visibleText(reason)}</span>
          <span className="unseen-cure">{cure}</span>
        </li>
      ))}
    </ul>
  );
}
