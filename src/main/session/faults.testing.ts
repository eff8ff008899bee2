import { readFileSync } from 'node:fs';
import { LAYOUTS, type Layout, type Role } from '../../shared/domain.ts';

/** What our end does while the peer misbehaves. */
const DOINGS = ['receives', 'sends', 'watches', 'joins', 'serves', 'takes over', 'taps'] as const;
type Doing = (typeof DOINGS)[number];

/** A row of docs/faults.md for one misbehaving side. */
export interface Fault {
  /** The arguments after `misbehave`. */
  readonly behaviour: readonly string[];
  readonly peer: Role;
  /** The channel's, from `--layout` among the arguments. */
  readonly layout: Layout;
  readonly doing: Doing;
  /** `kind` or `kind code`, in order; for each, one of several. */
  readonly records: readonly (readonly string[])[];
  /** What must be reported too, before or after those. */
  readonly sometime: readonly string[];
  /** What else may be reported. */
  readonly possible: readonly string[];
  /** The code with which opening our end fails; null if it doesn't. */
  readonly refusal: string | null;
}

const ROW = /^\| `(?<behaviour>[^`]+)` \| (?<peer>either|server|client) \| (?<doing>[a-z ]+) \| (?<records>.+) \|$/;

/** Everything that docs/faults.md defines. Throws if a row can't be understood. */
export function readFaults(): readonly Fault[] {
  const text = readFileSync(new URL('../../../docs/faults.md', import.meta.url), 'utf8');
  const rows = text.split(/\r?\n/).filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) => {
    const found = ROW.exec(row)?.groups;
    const doing = DOINGS.find((each) => each === found?.doing);
    if (!found || !doing) throw new Error(`docs/faults.md has a row that can't be understood: ${row}`);
    const { behaviour = '', peer, records = '' } = found;
    const roles: readonly Role[] = peer === 'either' ? ['client', 'server'] : [peer as Role];
    const layout = LAYOUTS.find((each) => behaviour.endsWith(` --layout ${each}`)) ?? 'sized';
    return roles.map((role) => ({ behaviour: behaviour.split(' '), peer: role, layout, doing, ...recordsOf(records) }));
  });
}

function recordsOf(text: string): Pick<Fault, 'records' | 'sometime' | 'possible' | 'refusal'> {
  const names = (part: string) => [...part.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  const nothing = { records: [], sometime: [], possible: [] };
  if (text.startsWith('refused: ')) return { ...nothing, refusal: names(text)[0] ?? '' };
  const [needed = '', possible = ''] = text.split(' (');
  const [inOrder = '', sometime = ''] = needed.split(' and ');
  return {
    records: inOrder.split(', ').map(names),
    sometime: names(sometime),
    possible: names(possible),
    refusal: null,
  };
}
