import { Button, Spinner } from '@fluentui/react-components';
import { ArrowClockwise16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { CaptureList } from '../../../shared/captures.ts';
import { useRegistered } from '../../kit/commands/registry.ts';
import { formatSize, plural } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { ImportButton } from '../exports/ImportButton.tsx';
import { CaptureRow } from './CaptureRow.tsx';
import { CompareDialog } from './CompareDialog.tsx';
import { RemovedCaptures } from './RemovedCaptures.tsx';
import { useCaptureBytes } from './use-capture-bytes.ts';
import { useCaptures } from './use-captures.ts';
import './captures.css';

/** Every capture of the folder: its contents, and what can be done with it. */
export function CapturesPage() {
  const { answer, refresh } = useCaptures();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [comparing, setComparing] = useState<readonly [string, string] | null>(null);

  useRegistered([{ id: 'refresh', title: 'Refresh the list', group: 'Captures', keys: 'F5', run: refresh }]);

  const captures = answer?.ok ? answer.value.captures : [];
  const present = chosen.filter((file) => captures.some((capture) => capture.file === file));
  const [a, b] = present;
  const choose = (file: string, wanted: boolean) =>
    setChosen([...present.filter((one) => one !== file), ...(wanted ? [file] : [])]);

  return (
    <section className="page captures" data-pane="page" aria-labelledby="captures-title">
      <header className="page-head">
        <h1 id="captures-title">Captures</h1>
        <p className="page-note">{answer?.ok && <Summary list={answer.value} />}</p>
        <Button
          size="small"
          disabledFocusable={present.length !== 2}
          title={present.length === 2 ? undefined : 'Select two captures in the list'}
          onClick={() => a !== undefined && b !== undefined && setComparing([a, b])}
        >
          Compare selected captures
        </Button>
        <ImportButton />
        <Button size="small" icon={<ArrowClockwise16Regular />} onClick={refresh}>
          Refresh
        </Button>
      </header>
      {!answer && <Spinner size="tiny" label="Loading captures…" className="page-wait" />}
      {answer && !answer.ok && (
        <FailureMessage title="Couldn't list the captures" failure={answer.failure}>
          <Button size="small" onClick={refresh}>
            Try again
          </Button>
        </FailureMessage>
      )}
      {answer?.ok && (
        <div className="page-scroll">
          {captures.length === 0 ? (
            <p className="page-empty">
              There are no captures in this folder. The next one begins when Shmscope starts.
            </p>
          ) : (
            <table className="captures-table">
              <thead>
                <tr>
                  <th scope="col">
                    <span className="visually-hidden">Compare</span>
                  </th>
                  <th scope="col">Capture</th>
                  <th scope="col">Sessions</th>
                  <th scope="col" className="numeric">
                    Size
                  </th>
                  <th scope="col">Created, last written</th>
                  <th scope="col">
                    <span className="visually-hidden">Actions</span>
                  </th>
                </tr>
              </thead>
              {captures.map((capture) => (
                <CaptureRow
                  key={capture.file}
                  capture={capture}
                  chosen={present.includes(capture.file)}
                  full={present.length >= 2}
                  choose={choose}
                />
              ))}
            </table>
          )}
          <RemovedCaptures removed={answer.value.removed} />
        </div>
      )}
      {comparing && <CompareDialog files={comparing} captures={captures} close={() => setComparing(null)} />}
    </section>
  );
}

function Summary({ list }: { list: CaptureList }) {
  const bytesOf = useCaptureBytes();
  const bytes = list.captures.reduce((sum, capture) => sum + bytesOf(capture), 0);
  return (
    <>
      <span className="number">
        {plural(list.captures.length, 'capture')}, {formatSize(bytes)}
      </span>{' '}
      in <span className="foreign path">{visibleText(list.folder)}</span>
    </>
  );
}
