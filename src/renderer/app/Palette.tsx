import { Dialog, DialogBody, DialogSurface } from '@fluentui/react-components';
import { type KeyboardEvent, useState } from 'react';
import { isPress } from '../kit/commands/keys.ts';
import { groupOf, matching } from '../kit/commands/match.ts';
import { type Command, canRun, useCommands } from '../kit/commands/registry.ts';
import { closeLists, useCommandLists } from '../kit/commands/store.ts';
import './commands.css';

/** Every command that can be run now, by name. */
export function Palette() {
  const open = useCommandLists((state) => state.open === 'palette');
  return (
    <Dialog open={open} onOpenChange={(_, data) => !data.open && closeLists()}>
      <DialogSurface className="palette" aria-label="Commands" aria-describedby={undefined}>
        <DialogBody className="palette-body">{open && <Chooser />}</DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Chooser() {
  const [able] = useState(() => useCommands.getState().commands.filter((one) => one.id !== 'palette' && canRun(one)));
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = matching(able, text);
  const chosen = found[Math.min(at, found.length - 1)];

  const run = (command: Command | undefined) => {
    if (!command) return;
    closeLists();
    // After the dialog has returned the focus, which the command may want elsewhere.
    setTimeout(() => command.run?.());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = isPress('Down', event) ? 1 : isPress('Up', event) ? -1 : 0;
    if (isPress('Enter', event)) run(chosen);
    else if (step !== 0 && found.length > 0)
      setAt((Math.min(at, found.length - 1) + step + found.length) % found.length);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        className="palette-input"
        role="combobox"
        aria-label="Command"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={chosen ? `palette-${chosen.id}` : undefined}
        placeholder="What to do"
        spellCheck={false}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: the palette is opened to type into it
        autoFocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="palette-list" className="palette-list" role="listbox" aria-label="Commands">
        {found.map((command) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the keyboard and names its active option
          <div
            key={command.id}
            id={`palette-${command.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={command === chosen}
            ref={command === chosen ? showIt : null}
            onClick={() => run(command)}
          >
            <span>
              {command.title} <span className="palette-group">{groupOf(command)}</span>
            </span>
            {command.keys && <kbd>{command.keys}</kbd>}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="palette-none">No matching commands.</p>}
    </>
  );
}

const showIt = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'nearest' });
