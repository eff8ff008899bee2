import { Button, ProgressBar } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { CaptureInfo, SessionComparison } from '../../../shared/captures.ts';
import type { Result } from '../../../shared/failure.ts';
import { useApi } from '../../host/api-context.ts';
import { useHost } from '../../host/host-store.ts';
import { Modal } from '../../kit/controls/Modal.tsx';
import { formatInteger, percentOf } from '../../kit/format/bytes.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { shortName } from '../../view/session-text.ts';
import { jobShare } from '../exports/words.ts';
import { captureName, headWords, onlyWords } from './words.ts';

interface Props {
  readonly files: readonly [string, string];
  readonly captures: readonly CaptureInfo[];
  readonly close: () => void;
}

/** Two captures side by side, session by session. Closing it stops a running comparison. */
export function CompareDialog({ files: [a, b], captures, close }: Props) {
  const api = useApi();
  const [answer, setAnswer] = useState<Result<SessionComparison[]> | null>(null);
  useEffect(() => {
    let wanted = true;
    void api.compareCaptures({ a, b }).then((result) => wanted && setAnswer(result));
    return () => {
      wanted = false;
      void api.cancelCompare();
    };
  }, [api, a, b]);

  const name = (file: string) => captureName(captures.find((one) => one.file === file) ?? { title: null, file });
  return (
    <Modal
      title="Compare captures"
      className="captures-compare"
      close={close}
      actions={
        <Button appearance={answer ? 'primary' : 'secondary'} onClick={close}>
          {answer ? 'Close' : 'Cancel'}
        </Button>
      }
    >
      <dl className="captures-files">
        <dt>A</dt>
        <dd className="foreign">{name(a)}</dd>
        <dt>B</dt>
        <dd className="foreign">{name(b)}</dd>
      </dl>
      {!answer && <Comparing />}
      {answer && !answer.ok && <FailureMessage title="The comparison failed" failure={answer.failure} />}
      {answer?.ok && <Comparisons comparisons={answer.value} />}
      <p className="calm">Records match if kind, direction, code and payload match. Times are ignored.</p>
    </Modal>
  );
}

function Comparing() {
  const progress = useHost((state) => state.comparison);
  const share = progress ? jobShare(progress) : undefined;
  return (
    <>
      <p role="status">Comparing record by record…</p>
      <ProgressBar aria-label="Comparing" {...(share !== undefined && { value: share })} />
      <p className="calm">
        {progress && share !== undefined ? `${percentOf(progress.done, progress.total)} %` : 'starting'}
      </p>
    </>
  );
}

function Comparisons({ comparisons }: { comparisons: readonly SessionComparison[] }) {
  if (comparisons.length === 0) return <p>Neither capture has any sessions.</p>;
  return (
    <div className="captures-scroll">
      <table className="captures-table">
        <thead>
          <tr>
            <th scope="col">Session</th>
            <th scope="col" className="numeric">
              Records A
            </th>
            <th scope="col" className="numeric">
              Records B
            </th>
            <th scope="col">First difference</th>
            <th scope="col">Only in A</th>
            <th scope="col">Only in B</th>
          </tr>
        </thead>
        <tbody>
          {comparisons.map((one) => (
            <tr key={`${one.sessionA}/${one.sessionB}`}>
              <th scope="row">
                <span className="foreign">{shortName(one.section)}</span> <span className="calm">{one.role}</span>
              </th>
              <td className="numeric">{one.sessionA === null ? '–' : formatInteger(one.recordsA)}</td>
              <td className="numeric">{one.sessionB === null ? '–' : formatInteger(one.recordsB)}</td>
              <Difference comparison={one} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Difference({ comparison }: { comparison: SessionComparison }) {
  const { sessionA, sessionB, firstDifference, onlyA, onlyB } = comparison;
  if (sessionA === null || sessionB === null)
    return (
      <td colSpan={3} className="warn">
        {sessionA === null ? 'A' : 'B'} has no session with this role and section
      </td>
    );
  if (!firstDifference)
    return (
      <td colSpan={3} className="good">
        the same
      </td>
    );
  return (
    <>
      <td>
        <span className="warn">at {formatInteger(firstDifference.position)}</span>
        <span className="captures-side">A: {headWords(firstDifference.a)}</span>
        <span className="captures-side">B: {headWords(firstDifference.b)}</span>
      </td>
      <td className="number">{onlyWords(onlyA)}</td>
      <td className="number">{onlyWords(onlyB)}</td>
    </>
  );
}
