import { CheckmarkCircle20Filled, DismissCircle20Filled, QuestionCircle20Regular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { LAYOUT_BUILDS, ROLES, type Role } from '../../../shared/domain.ts';
import type { LensVerdict, Reason } from '../../../shared/lens.ts';
import { bytesWords } from '../../../shared/lens-words.ts';
import { headline, type Tone, toneOf } from './words.ts';

const ICONS: Readonly<Record<Tone, ReactElement>> = {
  good: <CheckmarkCircle20Filled />,
  bad: <DismissCircle20Filled />,
  calm: <QuestionCircle20Regular />,
};

interface Props {
  readonly verdict: LensVerdict;
  /** The reason whose bytes are highlighted; null: none. */
  readonly lit: Reason | null;
  readonly light: (reason: Reason | null) => void;
}

/** What is the case, what to do, and what proves it. */
export function Verdict({ verdict, lit, light }: Props) {
  const { certainty, sentence, proof } = verdict;
  const tone = toneOf(verdict);
  return (
    <section className={`lens-verdict tone-${tone}`} aria-label="Verdict">
      <span className="lens-verdict-icon" aria-hidden="true">
        {ICONS[tone]}
      </span>
      <div className="lens-verdict-text">
        <h2>
          {headline(verdict)}
          {certainty !== 'undecided' && <span className="badge">{certainty}</span>}
        </h2>
        <p role="status">{sentence}</p>
        <ul className="lens-sides" aria-label="Layouts">
          {ROLES.map((role) => (
            <Side key={role} role={role} layouts={verdict.layouts[role]} />
          ))}
        </ul>
      </div>
      {proof.length > 0 && (
        <ol className="lens-proof" aria-label="What proves it">
          {proof.map((reason) => (
            <li key={`${reason.from} ${reason.text}`}>
              <button
                type="button"
                className="bare-button"
                aria-pressed={lit?.text === reason.text}
                onMouseEnter={() => light(reason)}
                onMouseLeave={() => light(null)}
                onFocus={() => light(reason)}
                onBlur={() => light(null)}
                onClick={() => show(reason)}
              >
                {reason.text}
                {!reason.text.includes(bytesWords(reason)) && <span className="lens-where"> {bytesWords(reason)}</span>}
              </button>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Side({ role, layouts }: { role: Role; layouts: LensVerdict['layouts'][Role] }) {
  const [layout, ...others] = layouts;
  const isKnown = layout !== undefined && others.length === 0;
  return (
    <li>
      <span className="lens-role">{role}</span> <strong>{isKnown ? layout : 'not known yet'}</strong>{' '}
      <span className="calm">{isKnown ? LAYOUT_BUILDS[layout] : layouts.length < 3 ? layouts.join(' or ') : ''}</span>
    </li>
  );
}

function show({ from }: Reason): void {
  const rows = [...document.querySelectorAll<HTMLElement>('.lens-table tr[data-from]')];
  rows.findLast((row) => Number(row.dataset.from) <= from)?.scrollIntoView({ block: 'nearest' });
}
