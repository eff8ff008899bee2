import path from 'node:path';
import packageJson from '../../../../package.json' with { type: 'json' };
import { reportsHtml } from '../../../shared/scenario/files/html.ts';
import type { LoggedReport } from '../../../shared/scenario/files/logs.ts';
import { scenarioJunit } from '../../../shared/scenario/files/scenario-junit.ts';
import { reportsJson } from '../../../shared/scenario/files/summary.ts';
import { asTrouble, UsageError } from '../exit-status.ts';
import { checkOutput, type OutputTarget } from '../output-target.ts';
import { writeWhole } from '../written.ts';

/** Where each report is written; `-` is stdout. */
export type ReportFiles = Partial<Record<'junit' | 'html' | 'json', string>>;
type Kind = keyof ReportFiles;

interface Told {
  readonly json?: string;
  readonly intro?: string;
}

export interface Reports {
  /** One of them shows the sessions' records. */
  readonly needLogs: boolean;
  readonly useStdout: boolean;
  /**
   * `told`: what replaces the report for programs and heads the page. Writes all that can be written; returns what went
   * wrong with the others.
   */
  readonly write: (runs: readonly LoggedReport[], told?: Told) => Promise<unknown>;
}

/**
 * Throws {@link UsageError} for a report that couldn't be written, or would replace one of the `inputs`, before
 * anything is started or changed.
 */
export async function checkReports(
  files: ReportFiles,
  { force, inputs }: { readonly force: boolean; readonly inputs: readonly string[] },
): Promise<Reports> {
  const given = Object.entries(files) as [Kind, string][];
  if (force && given.length === 0) throw new UsageError('--force needs a report: --junit, --html or --json.');
  const targets = new Map<Kind, OutputTarget>();
  for (const [kind, file] of given) {
    const target = await checked(kind, file, { force, inputs });
    const isTaken = [...targets.values()].some(({ id }) => id !== null && id === target.id);
    if (isTaken) throw new UsageError(`Two reports can’t be written to "${file}".`);
    targets.set(kind, target);
  }
  const attachments = given.flatMap(([kind, file]) => (kind !== 'junit' && file !== '-' ? [path.resolve(file)] : []));
  return {
    needLogs: targets.has('html'),
    useStdout: [...targets.values()].some(({ isStdout }) => isStdout),
    write: async (runs, told = {}) => {
      let failure: unknown;
      for (const [kind, target] of targets)
        await writeWhole(target, textOf(kind, runs, { ...told, attachments })).catch((error: unknown) => {
          failure ??= asTrouble(error);
        });
      return failure;
    },
  };
}

async function checked(
  kind: Kind,
  file: string,
  { force, inputs }: { readonly force: boolean; readonly inputs: readonly string[] },
): Promise<OutputTarget> {
  try {
    return await checkOutput({ file, existing: force ? 'replace' : 'refuse', isWhole: true }, inputs);
  } catch (error) {
    throw new UsageError(`--${kind}: ${(error as Error).message}`);
  }
}

function textOf(
  kind: Kind,
  runs: readonly LoggedReport[],
  { json, intro = '', attachments }: Told & { readonly attachments: readonly string[] },
): string {
  const reports = runs.map(({ report }) => report);
  if (kind === 'html') return reportsHtml(runs, { at: Date.now(), by: `Shmscope ${packageJson.version}`, intro });
  return kind === 'json' ? (json ?? reportsJson(reports)) : scenarioJunit(reports, attachments);
}
