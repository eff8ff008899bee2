import { Button } from '@fluentui/react-components';
import { useRef } from 'react';
import { useApi } from '../shell/api-context.ts';
import { importFile } from './import.ts';

/** Takes a JSON Lines export of Shmscope in as a new capture. */
export function ImportButton() {
  const api = useApi();
  const input = useRef<HTMLInputElement>(null);
  const read = (chosen: HTMLInputElement) => {
    const file = chosen.files?.[0];
    chosen.value = '';
    if (file) void importFile(api, file);
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".jsonl,application/jsonl"
        aria-label="File to import"
        hidden
        onChange={(event) => read(event.currentTarget)}
      />
      <Button
        size="small"
        title="A JSON Lines export of Shmscope, as a new capture"
        onClick={() => input.current?.click()}
      >
        Import…
      </Button>
    </>
  );
}
