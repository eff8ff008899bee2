import { Button } from '@fluentui/react-components';
import { shortcuts } from '../kit/commands/match.ts';
import { useCommands } from '../kit/commands/registry.ts';
import { closeLists, useCommandLists } from '../kit/commands/store.ts';
import { LogButton } from '../kit/trouble/LogPlace.tsx';
import './commands.css';
import { Modal } from '../kit/controls/Modal.tsx';

/** Every shortcut, by the part of the window that it belongs to. */
export function ShortcutSheet() {
  const open = useCommandLists((state) => state.open === 'sheet');
  const groups = shortcuts(useCommands((state) => state.commands));
  if (!open) return null;
  return (
    <Modal
      title="Keyboard shortcuts"
      className="sheet"
      close={closeLists}
      actions={
        <>
          <LogButton />
          <Button appearance="primary" onClick={closeLists}>
            Close
          </Button>
        </>
      }
    >
      <div className="sheet-groups">
        {groups.map(([group, commands]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {commands.map((command) => (
                <div key={command.id}>
                  <dt>{command.title}</dt>
                  <dd>
                    <kbd>{command.keys}</kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
