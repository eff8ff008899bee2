import { useState } from 'react';
import { visibleText } from '../format/visible.ts';

interface Undo {
  readonly name: string;
  readonly back: () => void;
}

/** What was removed last, and how to restore it. */
export function useUndo() {
  const [undo, setUndo] = useState<Undo | null>(null);
  const take = () => {
    undo?.back();
    setUndo(null);
  };
  return { undo, offer: (name: string, back: () => void) => setUndo({ name, back }), take };
}

/** Says what was removed, and offers to restore it; keeps its place in the row even if empty. */
export function UndoNote({ undo, take }: { undo: Undo | null; take: () => void }) {
  return (
    <p className="undo-note" role="status">
      {undo && (
        <>
          Removed “<span className="foreign">{visibleText(undo.name)}</span>”.{' '}
          <button type="button" className="link" onClick={take}>
            Undo
          </button>
        </>
      )}
    </p>
  );
}
