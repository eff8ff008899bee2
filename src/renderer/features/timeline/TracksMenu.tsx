import {
  Menu,
  MenuButton,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { knowsLanes } from '../../../shared/session-kind.ts';
import { useHost } from '../../host/host-store.ts';
import { inGroup, useRegistered } from '../../kit/commands/registry.ts';
import { shortName } from '../../view/session-text.ts';
import { FieldDialog } from './fields/FieldDialog.tsx';
import { toggleBeneath, useBeneath } from './timeline-store.ts';
import { resetTracks, toggleTrack, useTracks } from './track-store.ts';
import { fieldOfId } from './tracks/field.ts';
import { TRACKS, trackOf } from './tracks/tracks.ts';

/** Chooses what the timeline shows, and other sessions to show beneath. */
export function TracksMenu({ session }: { session: number }) {
  const shown = useTracks();
  const beneath = useBeneath(session);
  const [isAdding, setAdding] = useState(false);
  useRegistered(
    inGroup('Timeline', [
      ...TRACKS.map(({ id, label }) => ({
        id: `track-${id}`,
        title: `Show or hide the track ${label}`,
        run: () => toggleTrack(id),
      })),
      { id: 'draw-field', title: 'Draw a field of messages…', run: () => setAdding(true) },
    ]),
  );
  return (
    <>
      <Menu
        checkedValues={{ tracks: shown.map(({ id }) => id), beneath: beneath.map(String) }}
        hasCheckmarks
        persistOnItemClick
      >
        <MenuTrigger disableButtonEnhancement>
          <MenuButton size="small" appearance="subtle" className="tracks-button">
            Tracks
          </MenuButton>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {TRACKS.map(({ id, label, title }) => (
              <MenuItemCheckbox key={id} name="tracks" value={id} title={title} onClick={() => toggleTrack(id)}>
                {label}
              </MenuItemCheckbox>
            ))}
            <Fields />
            <MenuItem persistOnClick={false} onClick={() => setAdding(true)}>
              Draw a field…
            </MenuItem>
            <MenuDivider />
            <Beneath session={session} />
            <MenuItem persistOnClick={false} onClick={resetTracks}>
              Reset tracks
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {isAdding && <FieldDialog session={session} close={() => setAdding(false)} />}
    </>
  );
}

/** The fields that have tracks. */
function Fields() {
  const shown = useTracks();
  return shown.flatMap(({ id }) => {
    const track = fieldOfId(id) && trackOf(id);
    if (!track) return [];
    return [
      <MenuItemCheckbox key={id} name="tracks" value={id} title={track.title} onClick={() => toggleTrack(id)}>
        <span className="foreign">{track.label}</span>
      </MenuItemCheckbox>,
    ];
  });
}

/** The most sessions that the menu lists. */
const LISTED = 20;

function Beneath({ session }: { session: number }) {
  const others = useHost(
    useShallow(({ sessions }) =>
      sessions
        .filter(({ id, role }) => id !== session && knowsLanes(role))
        .slice(0, LISTED)
        .flatMap((other) => [String(other.id), `${shortName(other.section)} · ${other.role}`]),
    ),
  );
  if (others.length === 0) return null;
  return (
    <>
      <MenuGroup>
        <MenuGroupHeader>Beneath, on the same time</MenuGroupHeader>
        {others.map((id, i) =>
          i % 2 === 0 ? (
            <MenuItemCheckbox key={id} name="beneath" value={id} onClick={() => toggleBeneath(session, Number(id))}>
              <span className="foreign">{others[i + 1]}</span>
            </MenuItemCheckbox>
          ) : null,
        )}
      </MenuGroup>
      <MenuDivider />
    </>
  );
}
