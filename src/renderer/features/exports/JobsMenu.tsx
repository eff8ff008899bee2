import { Button, Link, Popover, PopoverSurface, PopoverTrigger, ProgressBar } from '@fluentui/react-components';
import type { JobSnapshot } from '../../../shared/job.ts';
import { useApi } from '../../host/api-context.ts';
import { useHost } from '../../host/host-store.ts';
import { orNotify } from '../../host/notices-store.ts';
import { percentOf, plural } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { baseName, jobShare, progressWords } from './words.ts';
import './exports.css';

/** Exports and imports: their progress and results. Absent if there are none. */
export function JobsMenu() {
  const jobs = useHost((state) => state.jobs);
  if (jobs.length === 0) return null;
  return (
    <Popover trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button size="small" appearance="subtle" className="number">
          {summary(jobs)}
        </Button>
      </PopoverTrigger>
      <PopoverSurface className="jobs" aria-label="Exports and imports">
        <ul>
          {jobs.toReversed().map((job) => (
            <Job key={job.id} job={job} />
          ))}
        </ul>
      </PopoverSurface>
    </Popover>
  );
}

function summary(jobs: readonly JobSnapshot[]): string {
  const running = jobs.filter((job) => job.state === 'running');
  const [only] = running;
  if (only && running.length === 1)
    return `${only.kind === 'export' ? 'Exporting' : 'Importing'} ${percentOf(only.done, only.total)} %`;
  if (running.length > 1) return `${running.length} jobs running`;
  const failed = jobs.filter((job) => job.state === 'failed').length;
  return failed > 0 ? `${plural(failed, 'job')} failed` : `${plural(jobs.length, 'job')} ended`;
}

function Job({ job }: { job: JobSnapshot }) {
  const api = useApi();
  const running = job.state === 'running';
  const share = jobShare(job);
  return (
    <li className="job">
      <div className="job-head">
        <span className="foreign">{visibleText(job.title)}</span>
        {running ? (
          <Button size="small" onClick={() => orNotify("Couldn't cancel the job", api.cancelJob(job.id))}>
            Cancel
          </Button>
        ) : (
          <Button
            size="small"
            appearance="subtle"
            onClick={() => orNotify("Couldn't dismiss the job", api.dismissJob(job.id))}
          >
            Dismiss
          </Button>
        )}
      </div>
      {running && <ProgressBar aria-label={visibleText(job.title)} {...(share !== undefined && { value: share })} />}
      <p className={job.state === 'failed' ? 'bad' : 'calm'}>
        {running && progressWords(job)}
        {job.state === 'cancelled' && 'Cancelled. Nothing was kept.'}
        {job.failure && <span className="foreign">{visibleText(job.failure.message)}</span>}
        {job.note !== null && <span className="foreign">{visibleText(job.note)}</span>}
      </p>
      {job.file !== null && <Outcome job={job} file={job.file} />}
    </li>
  );
}

/** The finished file: shown in its folder by the app, saved by a browser. An import's is in the list of captures. */
function Outcome({ job, file }: { job: JobSnapshot; file: string }) {
  const api = useApi();
  const electron = useHost((state) => state.info?.host === 'electron');
  const name = baseName(file);
  if (job.kind === 'import') return <p>Added to the captures as {visibleText(name)}.</p>;
  if (!electron)
    return (
      <Link href={`/exports/${encodeURIComponent(name)}`} download={name}>
        Download {visibleText(name)}
      </Link>
    );
  return (
    <p className="job-head">
      <span className="foreign">{visibleText(name)}</span>
      <Button size="small" onClick={() => orNotify("Couldn't show the folder", api.reveal(job.id))}>
        Show in folder
      </Button>
    </p>
  );
}
