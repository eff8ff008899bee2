import {
  Menu,
  MenuButton,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { DocumentMultiple16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useRegistered } from '../../kit/commands/registry.ts';
import { visibleText } from '../../kit/format/visible.ts';
import type { Draft } from './draft.ts';
import { useHistory } from './history-store.ts';
import { TemplatesDialog } from './TemplatesDialog.tsx';
import { useTemplates } from './template-store.ts';
import { byFolder, draftFrom, type Written } from './templates.ts';

/** Entries of the history in the menu; it keeps more. */
const SHOWN = 12;
const LONGEST = 60;

/** Templates by folder and sent messages, to be reused. */
export function Library({ draft, load }: { draft: Draft; load: (draft: Draft) => void }) {
  const templates = useTemplates();
  const sent = useHistory();
  const [managing, setManaging] = useState(false);
  useRegistered([
    { id: 'templates', title: 'Save and manage templates…', group: 'Sending', run: () => setManaging(true) },
  ]);
  const use = (written: Written) => load(draftFrom(written));
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <MenuButton size="small" appearance="subtle" className="library" icon={<DocumentMultiple16Regular />}>
            <span className="library-words">Templates</span>
          </MenuButton>
        </MenuTrigger>
        <MenuPopover className="library-menu">
          <MenuList>
            <MenuItem onClick={() => setManaging(true)}>Save and manage…</MenuItem>
            {byFolder(templates).map(([folder, inFolder]) => (
              <MenuGroup key={folder}>
                <MenuGroupHeader>{folder === '' ? 'Templates' : visibleText(folder)}</MenuGroupHeader>
                {inFolder.map((template) => (
                  <MenuItem key={template.name} onClick={() => use(template)}>
                    {visibleText(template.name)}
                  </MenuItem>
                ))}
              </MenuGroup>
            ))}
            <MenuDivider />
            <MenuGroup>
              <MenuGroupHeader>{sent.length === 0 ? 'Nothing sent yet' : 'Recently sent'}</MenuGroupHeader>
              {sent.slice(0, SHOWN).map((written) => (
                <MenuItem
                  key={`${written.form} ${written.placeholders} ${written.content}`}
                  onClick={() => use(written)}
                >
                  <span className="library-sent foreign">{beginning(written)}</span>
                </MenuItem>
              ))}
            </MenuGroup>
          </MenuList>
        </MenuPopover>
      </Menu>
      {managing && <TemplatesDialog draft={draft} load={load} close={() => setManaging(false)} />}
    </>
  );
}

const beginning = ({ content }: Written): string =>
  visibleText(content.length > LONGEST ? `${content.slice(0, LONGEST)}…` : content);
