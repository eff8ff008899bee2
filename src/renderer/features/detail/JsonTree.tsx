import { type KeyboardEvent, useState } from 'react';
import { formatInteger } from '../../kit/format/bytes.ts';
import { Visible } from '../../view/Preview.tsx';
import type { JsonEntry, JsonNode } from './json-tree.ts';

/** Entries of one array or object that are shown at once; more on request. */
const STEP = 500;
/** Characters of one string that are shown; Text has all of them. */
const LONGEST = 10_000;
/** Small values near the root are expanded from the start. */
const isOpen = (level: number, entries: number): boolean => level < 3 && entries <= 100;

type Branch = Extract<JsonNode, { readonly entries: unknown }>;

/** The values as a tree: Up and Down move between its nodes, Left and Right collapse and expand them. */
export function JsonTree({ values }: { values: readonly JsonNode[] }) {
  return (
    <section
      className="json-tree"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: its folds are reached from here by the arrows
      tabIndex={0}
      aria-label="Payload as a JSON tree"
      onKeyDown={walk}
    >
      <Entries entries={values.map((node) => ({ name: null, node }))} level={0} />
    </section>
  );
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  const folds = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button')];
  const at = folds.indexOf(document.activeElement as HTMLButtonElement);
  const isUnfolded = folds[at]?.getAttribute('aria-expanded') === 'true';
  if (event.key === 'ArrowDown') folds[at + 1]?.focus();
  else if (event.key === 'ArrowUp') folds[Math.max(0, at - 1)]?.focus();
  else if ((event.key === 'ArrowRight' && !isUnfolded) || (event.key === 'ArrowLeft' && isUnfolded)) folds[at]?.click();
  else return;
  event.preventDefault();
}

function Entries({ entries, level }: { entries: readonly JsonEntry[]; level: number }) {
  const [shown, setShown] = useState(STEP);
  const left = entries.length - shown;
  return (
    <ul className="json-children">
      {entries.slice(0, shown).map((entry, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry has its place alone; names come again
        <li key={at} className="json-node">
          <Entry entry={entry} level={level} />
        </li>
      ))}
      {left > 0 && (
        <li className="json-node">
          <button type="button" className="link" tabIndex={-1} onClick={() => setShown(shown + STEP)}>
            {formatInteger(Math.min(left, STEP))} more of {formatInteger(left)}
          </button>
        </li>
      )}
    </ul>
  );
}

function Entry({ entry: { name, node }, level }: { entry: JsonEntry; level: number }) {
  if ('entries' in node) return <Folding name={name} node={node} level={level} />;
  return (
    <>
      <Name name={name} />
      <Leaf node={node} />
    </>
  );
}

const Name = ({ name }: { name: string | null }) =>
  name !== null && (
    <span className="json-label">
      <Visible text={shortened(name)} />:
    </span>
  );

function Leaf({ node }: { node: Exclude<JsonNode, Branch> }) {
  if (node.type !== 'string') return <span className={`json-${node.type}`}>{node.text}</span>;
  const over = node.text.length - LONGEST;
  return (
    <span className="json-string">
      "<Visible text={shortened(node.text)} />"
      {over > 0 && <span className="calm"> … {formatInteger(over)} more characters</span>}
    </span>
  );
}

const shortened = (text: string): string => (text.length > LONGEST ? text.slice(0, LONGEST) : text);

function Folding({ name, node, level }: { name: string | null; node: Branch; level: number }) {
  const { entries } = node;
  const [unfolded, setUnfolded] = useState(isOpen(level, entries.length));
  const [open, close] = node.type === 'array' ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0)
    return (
      <>
        <Name name={name} />
        <span className="json-punctuation">
          {open}
          {close}
        </span>
      </>
    );
  return (
    <>
      <button
        type="button"
        className="json-fold"
        tabIndex={-1}
        aria-expanded={unfolded}
        aria-label={`${name ?? node.type}, ${formatInteger(entries.length)} ${entries.length === 1 ? 'entry' : 'entries'}`}
        onClick={() => setUnfolded(!unfolded)}
      >
        {unfolded ? '▾' : '▸'}
      </button>
      <Name name={name} />
      <span className="json-punctuation">{open}</span>
      {unfolded ? (
        <Entries entries={entries} level={level + 1} />
      ) : (
        <span className="calm number">{formatInteger(entries.length)}</span>
      )}
      <span className="json-punctuation">{close}</span>
    </>
  );
}
