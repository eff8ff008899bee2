import { attributes, cdata, xmlText } from './xml.ts';

/** Tests as JUnit writes them, in the form that GitLab, Jenkins, Azure and GitHub's reporters read. */

export interface JunitCase {
  readonly name: string;
  readonly group: string;
  readonly file?: string;
  readonly line?: number;
  readonly seconds: number;
  /** Absent: it passed. */
  readonly result?:
    | { readonly kind: 'failure' | 'error'; readonly message: string; readonly type: string; readonly body: string }
    | { readonly kind: 'skipped'; readonly message: string };
}

export interface JunitSuite {
  readonly name: string;
  readonly file?: string;
  /** ms since 1970. */
  readonly startedAt: number;
  readonly seconds: number;
  readonly properties: Readonly<Record<string, string>>;
  readonly cases: readonly JunitCase[];
  /** What was printed. */
  readonly output: string;
  /** Files that belong to it, by their full paths. */
  readonly attachments: readonly string[];
}

export function junitXml(suites: readonly JunitSuite[]): string {
  const all = suites.flatMap(({ cases }) => cases);
  const seconds = suites.reduce((sum, suite) => sum + suite.seconds, 0);
  const head = attributes({ name: 'shmscope', ...counts(all), time: timeOf(seconds) });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${head}>\n${suites.map(suiteXml).join('')}</testsuites>\n`;
}

function counts(cases: readonly JunitCase[]) {
  const of = (kind: string) => cases.filter(({ result }) => result?.kind === kind).length;
  return { tests: cases.length, failures: of('failure'), errors: of('error'), skipped: of('skipped') };
}

const timeOf = (seconds: number) => seconds.toFixed(3);

function suiteXml({ name, file, startedAt, seconds, properties, cases, output, attachments }: JunitSuite): string {
  const timestamp = new Date(startedAt).toISOString().slice(0, 19);
  const head = attributes({ name, file, ...counts(cases), time: timeOf(seconds), timestamp });
  const told = Object.entries(properties).map(([key, value]) => `<property${attributes({ name: key, value })}/>`);
  // Jenkins looks for attachments in the text itself.
  const attached = attachments.map((path) => `\n[[ATTACHMENT|${xmlText(path)}]]`).join('');
  return [
    `  <testsuite${head}>`,
    ...(told.length > 0 ? [`    <properties>${told.join('')}</properties>`] : []),
    ...cases.map(caseXml),
    ...(output || attached ? [`    <system-out>${cdata(output)}${attached}\n</system-out>`] : []),
    '  </testsuite>\n',
  ].join('\n');
}

function caseXml({ name, group, file, line, seconds, result }: JunitCase): string {
  const head = `    <testcase${attributes({ name, classname: group, file, line, time: timeOf(seconds) })}`;
  if (!result) return `${head}/>`;
  const { kind, message } = result;
  if (kind === 'skipped') return `${head}><skipped${attributes({ message })}/></testcase>`;
  return `${head}>\n      <${kind}${attributes({ message, type: result.type })}>${xmlText(result.body)}</${kind}>\n    </testcase>`;
}
