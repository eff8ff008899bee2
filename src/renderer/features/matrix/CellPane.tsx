import { Dismiss16Regular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { type MatrixCell, placeWords } from '../../../shared/matrix/matrix.ts';
import type { ScenarioReport } from '../../../shared/scenario/report.ts';
import type { Taken } from '../../../shared/scenario/taken.ts';
import { useApi } from '../../host/api-context.ts';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { formatByteCount, plural } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { closeSubject } from '../../view/lab-store.ts';
import { ReportPane } from '../scenarios/ReportPane.tsx';
import { useMatrix } from './matrix-store.ts';

/** The result of a cell: its steps, or why there are none. */
export function CellPane({ id: at }: { id: number }) {
  const cell = useMatrix(({ matrix }) => matrix?.cells[at]);
  const report = useCellReport(at, cell);
  if (!cell) return <p className="pane-empty">The matrix has no such cell.</p>;
  const facts = <Facts cell={cell} />;
  if (report && cell.state !== 'not-run') return <ReportPane title={placeWords(cell)} report={report} note={facts} />;
  return (
    <section className="lab-pane" aria-label={`Cell ${placeWords(cell)}`}>
      <header className="lab-pane-head">
        <div className="lab-pane-about">
          <h2>{placeWords(cell)}</h2>
          <span className="lab-ways">{facts}</span>
        </div>
        <IconButton icon={<Dismiss16Regular />} label="Close" onClick={closeSubject} />
      </header>
      <p className="output-note output-none foreign">
        {cell.reason === null ? "It hasn't been reached yet." : visibleText(cell.reason)}
      </p>
    </section>
  );
}

function Facts({ cell: { serverTook, clientTook, hasOtherBytes } }: { cell: MatrixCell }) {
  return (
    <span className={hasOtherBytes ? 'number warn' : 'number calm'}>
      {hasOtherBytes && 'Other bytes than in most cells: '}
      {serverTook && `server took ${takenWords(serverTook)}`}
      {serverTook && clientTook && ', '}
      {clientTook && `client took ${takenWords(clientTook)}`}
    </span>
  );
}

const takenWords = ({ messages, bytes, digest }: Taken): string =>
  `${plural(messages, 'message')}, ${formatByteCount(bytes)} (${digest.slice(0, 8)})`;

/** Requested again whenever the cell changes. */
function useCellReport(at: number, cell: MatrixCell | undefined): ScenarioReport | null {
  const api = useApi();
  const [report, setReport] = useState<ScenarioReport | null>(null);
  useEffect(() => {
    if (!cell) return;
    let wanted = true;
    const ask = async () => {
      const result = await api.matrixReport(at);
      if (wanted) setReport(result.ok ? (result.value ?? null) : null);
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [api, at, cell]);
  return report;
}
