import { Menu, MenuButton, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { BranchCompare16Regular } from '@fluentui/react-icons';
import type { Lane } from '../../../shared/domain.ts';
import { useApi } from '../../host/api-context.ts';
import { useCan, useConnected, useEndpoint } from '../../host/host-store.ts';
import { notify } from '../../host/notices-store.ts';
import { useRegistered } from '../../kit/commands/registry.ts';
import { sentEncodingOf } from '../../kit/encoding/channel-encodings.ts';
import { formatInteger } from '../../kit/format/bytes.ts';
import { readBytes } from '../../view/copy.ts';
import type { PayloadSource } from '../../view/payload-source.ts';
import { draftOf, fieldsDraftOf } from '../composer/draft.ts';
import { sendBytes, setDraft } from '../composer/draft-store.ts';
import { compare, pin, useComparison } from './compare-store.ts';

interface Props {
  readonly session: number;
  readonly seq: number;
  readonly source: PayloadSource;
}

/** Sends the record's bytes again, unchanged or edited; those of a declared type are edited as its fields. */
export function ResendMenu({ session, seq, source, isTyped }: Props & { readonly isTyped: boolean }) {
  const api = useApi();
  const connected = useConnected();
  const sends = useCan(session, 'send');
  const open = useEndpoint(session, ({ state, capacity }) => ({ state, fits: source.size <= capacity }));
  const withBytes = async (use: (bytes: Uint8Array<ArrayBuffer>) => void) => {
    const bytes = await readBytes(source, 0, source.size);
    if (bytes.ok) use(bytes.value);
    else notify("Couldn't read the payload", bytes.failure);
  };
  const canResend = connected && open?.state === 'open' && open.fits;
  const resend = () => withBytes((bytes) => void sendBytes(api, session, bytes));
  const edit = () =>
    withBytes((bytes) => {
      const name = `#${formatInteger(seq)}`;
      setDraft(session, isTyped ? fieldsDraftOf(bytes, name) : draftOf(bytes, name, sentEncodingOf(session)));
    });
  const group = 'Selected record';
  useRegistered([
    { id: 'resend', title: 'Resend unchanged', group, run: resend, when: () => canResend },
    { id: 'edit-resend', title: 'Edit and resend', group, run: edit, when: () => sends },
  ]);
  if (!sends) return null;
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton size="small" appearance="subtle">
          Resend
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem disabled={!canResend} onClick={resend}>
            Resend unchanged
          </MenuItem>
          <MenuItem onClick={edit}>Edit and resend</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

/** Pins the record, and compares another one with it. */
export function CompareMenu({ session, seq, source, lane }: Props & { readonly lane: Lane | null }) {
  const pinned = useComparison((state) => state.pinned);
  const here = { session, seq, size: source.size, lane };
  const isPinned = pinned?.session === session && pinned.seq === seq;
  const name = pinned && `#${formatInteger(pinned.seq)}`;
  const group = 'Selected record';
  useRegistered([
    { id: 'pin', title: 'Pin for comparison', group, run: () => pin(here), when: () => !isPinned },
    {
      ...{ id: 'compare', title: 'Compare with pinned record', group },
      run: () => pinned && compare(pinned, here),
      when: () => pinned !== null && !isPinned,
    },
  ]);
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton
          size="small"
          appearance={pinned ? 'outline' : 'subtle'}
          icon={<BranchCompare16Regular />}
          menuIcon={null}
          aria-label="Compare"
          title={name ? `Compare: ${name} is pinned` : 'Compare two records'}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {pinned && !isPinned && <MenuItem onClick={() => compare(pinned, here)}>Compare with {name}</MenuItem>}
          {!isPinned && <MenuItem onClick={() => pin(here)}>Pin for comparison</MenuItem>}
          {isPinned && <MenuItem disabled>Select another record to compare with</MenuItem>}
          {pinned && <MenuItem onClick={() => pin(null)}>Unpin {name}</MenuItem>}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
