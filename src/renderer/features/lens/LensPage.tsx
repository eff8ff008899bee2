import { Button, Input } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { LensTarget } from '../../../shared/lens.ts';
import { objectNameProblem } from '../../../shared/object-name.ts';
import { isLive, isOnChannel, type SessionSnapshot } from '../../../shared/session.ts';
import { useHost } from '../../host/host-store.ts';
import { useSelection } from '../../view/selection-store.ts';
import { Lens } from './Lens.tsx';
import { chooseTarget, useLensTarget } from './lens-store.ts';

/** Which layouts the two sides of a channel use: a session's, or any section's by name. */
export function LensPage() {
  const target = useTarget();
  const name = useNameOf(target);
  return (
    <section className="page" data-pane="page" aria-labelledby="lens-title">
      <header className="page-head">
        <h1 id="lens-title">Layout lens</h1>
        <p className="page-note">Which layout each side of a channel uses, by the bytes it leaves.</p>
        <Choice key={name} name={name} />
      </header>
      <div className="page-scroll">
        {target ? (
          <Lens target={target} />
        ) : (
          <p className="page-empty">Open a session, or enter the name of a section above: it is only read.</p>
        )}
      </div>
    </section>
  );
}

/** What was chosen, or else the selected session while it is open. */
function useTarget(): LensTarget | null {
  const chosen = useLensTarget((state) => state.target);
  const selected = useSelection((state) => state.id);
  const ofSelected = useHost(
    useShallow((state) => {
      const session = state.sessions.find(({ id }) => id === selected);
      return session && isOpen(session) ? targetOf(session.section, [session]) : null;
    }),
  );
  return chosen ?? ofSelected;
}

function useNameOf(target: LensTarget | null): string {
  const ofSession = useHost((state) =>
    target?.of === 'session' ? state.sessions.find(({ id }) => id === target.id)?.section : undefined,
  );
  return ofSession ?? (target?.of === 'section' ? target.name : '');
}

function Choice({ name }: { name: string }) {
  const sessions = useHost(useShallow((state) => state.sessions.filter(isOpen).map(({ section }) => section)));
  const [text, setText] = useState(name);
  const problem = text === '' ? undefined : objectNameProblem(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text !== '' && !problem) chooseTarget(targetOf(text, useHost.getState().sessions));
  };
  return (
    <form className="lens-choice" onSubmit={submit}>
      <Input
        size="small"
        className="mono"
        aria-label="Section to inspect"
        placeholder="Name of a section"
        value={text}
        spellCheck={false}
        autoComplete="off"
        list="lens-sections"
        onChange={(_, { value }) => setText(value)}
      />
      <datalist id="lens-sections">
        {[...new Set(sessions)].map((section) => (
          <option key={section} value={section} />
        ))}
      </datalist>
      <Button size="small" type="submit" disabledFocusable={text === '' || problem !== undefined} title={problem}>
        Look
      </Button>
    </form>
  );
}

/** A session on a channel has followed it, and knows more about it. */
function targetOf(section: string, sessions: readonly SessionSnapshot[]): LensTarget {
  const session = sessions.find((one) => isOpen(one) && isOnChannel(one) && one.section === section);
  return session ? { of: 'session', id: session.id } : { of: 'section', name: section };
}

const isOpen = (session: SessionSnapshot) => isLive(session) && session.state === 'open';
