import { Button } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import { type ReactNode, useState } from 'react';
import { failedStep, type ScenarioReport, type StepResult, titleOf } from '../../../shared/scenario/report.ts';
import { useListed } from '../../host/host-store.ts';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { formatSpan } from '../../kit/format/time.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { closeSubject } from '../../view/lab-store.ts';
import { selectSession } from '../../view/selection-store.ts';
import { StateBadge } from './StateBadge.tsx';
import { StepDetail } from './StepDetail.tsx';
import { StepList } from './StepList.tsx';
import { ToRecord } from './ToRecord.tsx';
import { stepsWords } from './words.ts';

/** A scenario while and after it runs: its steps, and the result of the chosen one. */
interface Props {
  readonly report: ScenarioReport;
  readonly title?: string;
  readonly actions?: ReactNode;
  /** More about it, below the header. */
  readonly note?: ReactNode;
}

export function ReportPane({ report, title = titleOf(report), actions, note }: Props) {
  const [chosen, setChosen] = useState<string | null>(null);
  const { steps, state, reason, tookMs, sessions, anomalies } = report;
  const step = steps.find(({ path }) => path === chosen) ?? failedStep(report);
  return (
    <section className="lab-pane" aria-label={`Run of ${title}`}>
      <header className="lab-pane-head">
        <div className="lab-pane-about">
          <h2 className="foreign">{visibleText(title)}</h2>
          <StateBadge state={state} />
          <span className="calm number" role="status">
            {stepsWords(report)} · {formatSpan(Math.round(tookMs * 1000))}
          </span>
          <span className="lab-ways">
            {sessions.map(({ name, id }) => (
              <ToLog key={name} name={name} session={id} />
            ))}
          </span>
        </div>
        <span className="lab-pane-actions">
          {actions}
          <IconButton icon={<Dismiss16Regular />} label="Close" onClick={closeSubject} />
        </span>
      </header>
      {note && <p className="output-note">{note}</p>}
      {reason !== null && (
        <p className="output-note bad foreign" role="alert">
          {visibleText(reason)}
        </p>
      )}
      {anomalies.length > 0 && (
        <p className="output-note">
          {anomalies.map(({ session, id, code, seq }) => (
            <ToRecord key={`${id} ${seq}`} session={id} seq={seq} what={`${code} of ${session}`} />
          ))}
        </p>
      )}
      <div className="run-parts">
        <StepList
          steps={steps}
          selected={chosen ?? (state === 'running' ? null : (step?.path ?? null))}
          select={setChosen}
        />
        {step && <StepDetail step={step} session={sessionOf(report, step)} />}
      </div>
    </section>
  );
}

function ToLog({ name, session }: { name: string; session: number | null }) {
  const isListed = useListed(session);
  return (
    <Button
      size="small"
      appearance="subtle"
      disabledFocusable={!isListed}
      onClick={() => session !== null && selectSession(session)}
    >
      Log of {name}
    </Button>
  );
}

const sessionOf = ({ sessions }: ScenarioReport, { part }: StepResult): number | null =>
  sessions.find(({ name }) => name === part)?.id ?? null;
