import { Button, Input } from '@fluentui/react-components';
import { FolderOpen16Regular } from '@fluentui/react-icons';
import type { ChosenFile } from '../../../shared/choose-file.ts';
import { useApi } from '../../host/api-context.ts';
import { useHost } from '../../host/host-store.ts';
import { orNotify } from '../../host/notices-store.ts';
import './path-input.css';

interface Props {
  readonly kind: ChosenFile;
  readonly label: string;
  readonly value: string;
  readonly change: (path: string) => void;
  /** Paths that are offered. */
  readonly known: readonly string[];
}

/** A path on the host's machine: typed, or chosen if the host can show its files. */
export function PathInput({ kind, label, value, change, known }: Props) {
  const api = useApi();
  const canChoose = useHost(({ info }) => info?.host === 'electron');
  const list = `paths-${kind}`;
  const browse = async () => {
    const call = api.chooseFile(kind);
    await orNotify("Couldn't choose a file", call);
    const chosen = await call;
    if (chosen.ok && chosen.value != null) change(chosen.value);
  };
  return (
    <div className="path-input">
      <Input
        aria-label={label}
        value={value}
        placeholder="Full path"
        spellCheck={false}
        autoComplete="off"
        list={list}
        onChange={(_, data) => change(data.value)}
      />
      <datalist id={list}>
        {[...new Set(known)].map((file) => (
          <option key={file} value={file} />
        ))}
      </datalist>
      {canChoose && (
        <Button icon={<FolderOpen16Regular />} onClick={() => void browse()}>
          Browse…
        </Button>
      )}
    </div>
  );
}
