import { Button, MenuItem } from '@fluentui/react-components';
import { Play16Regular, Stop16Regular } from '@fluentui/react-icons';
import { useReducer } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { ScenarioRun } from '../../../shared/scenario/runs.ts';
import { useApi } from '../../host/api-context.ts';
import { useHost } from '../../host/host-store.ts';
import { MoreMenu } from '../../kit/controls/MoreMenu.tsx';
import { formatSpan } from '../../kit/format/time.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { showInLab, useLab } from '../../view/lab-store.ts';
import { checkWords, isSound, Problems } from './Problems.tsx';
import { cancelRun, fileName, removeRun, runScenario } from './run-actions.ts';
import { StateBadge } from './StateBadge.tsx';
import { removeScenario } from './scenario-store.ts';
import { useCheck } from './use-check.ts';

interface Props {
  readonly file: string;
  /** It was taken off the list; `undo` restores it. */
  readonly removed: (undo: () => void) => void;
}

/** A scenario's file: what it contains, what is wrong in it, and the last result. */
export function ScenarioRow({ file, removed }: Props) {
  const run = useHost(useShallow((state) => state.scenarioRuns.findLast((one) => one.file === file)));
  const [asked, askAgain] = useReducer((count: number) => count + 1, 0);
  const check = useCheck(file, `${asked} ${run?.id}`);
  const selected = useLab(({ subject }) => subject?.of === 'run' && subject.id === run?.id);
  const name = check?.ok && check.value.name !== '' ? visibleText(check.value.name) : fileName(file);
  return (
    <tbody aria-label={name}>
      <tr aria-selected={selected}>
        <th scope="row" className="lab-name">
          {run ? (
            <button
              type="button"
              className="link foreign"
              aria-expanded={selected}
              title={`${name}: show its steps`}
              onClick={() => showInLab({ of: 'run', id: run.id })}
            >
              {name}
            </button>
          ) : (
            <span className="foreign">{name}</span>
          )}
          <span className="scenario-file foreign" title={visibleText(file)}>
            {visibleText(file)}
          </span>
        </th>
        <td className={isSound(check) ? 'lab-short number' : 'lab-short number bad'}>{checkWords(check)}</td>
        <td>{run ? <LastRun run={run} /> : <span className="calm">not run</span>}</td>
        <td className="numeric">{run && formatSpan(Math.round(run.tookMs * 1000))}</td>
        <td className="lab-actions">
          <Actions {...{ file, name, run, removed, askAgain }} isSound={isSound(check)} />
        </td>
      </tr>
      {check !== null && !isSound(check) && (
        <tr>
          <td className="scenario-wrong" colSpan={5}>
            <Problems check={check} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

function LastRun({ run: { state, words, passed, rows } }: { run: ScenarioRun }) {
  return (
    <>
      <StateBadge state={state} />
      {rows > 1 && (
        <span className="calm number">
          {' '}
          {passed} of {rows} rows
        </span>
      )}
      {words !== null && state !== 'passed' && (
        <span className="scenario-words foreign" title={visibleText(words)}>
          {visibleText(words)}
        </span>
      )}
    </>
  );
}

interface ActionProps extends Props {
  readonly name: string;
  readonly run: ScenarioRun | undefined;
  readonly isSound: boolean;
  readonly askAgain: () => void;
}

function Actions({ file, name, run, isSound, removed, askAgain }: ActionProps) {
  const api = useApi();
  const running = run?.state === 'running';
  return (
    <>
      {running ? (
        <Button
          size="small"
          icon={<Stop16Regular />}
          aria-label={`Stop ${name}`}
          onClick={() => void cancelRun(api, run.id)}
        >
          Stop
        </Button>
      ) : (
        <Button
          size="small"
          icon={<Play16Regular />}
          aria-label={`Run ${name}`}
          disabledFocusable={!isSound}
          onClick={() => void runScenario(api, file)}
        >
          Run
        </Button>
      )}
      <MoreMenu of={name}>
        <MenuItem onClick={askAgain}>Check again</MenuItem>
        <MenuItem disabled={!run || running} onClick={() => run && void removeRun(api, run.id)}>
          Forget its last run
        </MenuItem>
        <MenuItem onClick={() => removed(removeScenario(file))}>Remove from list</MenuItem>
      </MoreMenu>
    </>
  );
}
