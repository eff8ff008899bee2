import type { ShownBytes, StepFailure, StepResult } from '../../../shared/scenario/report.ts';
import { formatByteCount } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { ToRecord } from './ToRecord.tsx';

interface Props {
  readonly step: StepResult;
  /** Of the session that the step is about, in the list of sessions; null if it isn't there. */
  readonly session: number | null;
}

/** The result of a step: if it failed, what was expected and what arrived, position by position. */
export function StepDetail({ step, session }: Props) {
  const { words, line, seq, failure, reason, state } = step;
  return (
    <section className="step-detail" aria-label="The step">
      <p className="step-title foreign">
        {visibleText(words)} <span className="calm number">line {line}</span>
      </p>
      {session !== null && seq !== null && <ToRecord session={session} seq={seq} />}
      {reason !== null && <p className="calm foreign">Skipped: {visibleText(reason)}</p>}
      {failure ? <Failure failure={failure} /> : <p className="calm">{STATES[state]}</p>}
    </section>
  );
}

const STATES: Readonly<Record<StepResult['state'], string>> = {
  pending: "It hasn't been reached yet.",
  running: 'It is running.',
  passed: 'It passed.',
  failed: 'It failed.',
  skipped: '',
};

function Failure({ failure: { message, expected, actual, diff } }: { failure: StepFailure }) {
  return (
    <>
      <p className="step-message foreign" role="alert">
        {visibleText(message)}
      </p>
      {(expected !== null || actual) && (
        <dl className="step-both">
          {expected !== null && <Side word="Expected" text={visibleText(expected)} />}
          {actual && <Side word={`Received, ${formatByteCount(actual.size)}`} text={shownWords(actual)} />}
        </dl>
      )}
      {diff.length > 0 && (
        <table className="step-diff">
          <thead>
            <tr>
              <th scope="col">Where</th>
              <th scope="col">Expected</th>
              <th scope="col">Received</th>
            </tr>
          </thead>
          <tbody>
            {diff.map((one) => (
              <tr key={one.path}>
                <th scope="row" className="foreign">
                  {one.path === '' ? 'the whole message' : visibleText(one.path)}
                </th>
                <td className="foreign">{visibleText(one.expected)}</td>
                <td className="foreign bad">{visibleText(one.actual)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

const shownWords = ({ text, hex }: ShownBytes): string => (text === null ? hex : visibleText(text));

function Side({ word, text }: { word: string; text: string }) {
  return (
    <div>
      <dt>{word}</dt>
      <dd className="foreign">{text === '' ? <span className="calm">nothing</span> : text}</dd>
    </div>
  );
}
