import { Button } from '@fluentui/react-components';
import { useApi } from '../../host/api-context.ts';
import { chooseImport } from './import.ts';

/** Imports one of Shmscope's JSON Lines exports as a new capture. */
export function ImportButton() {
  const api = useApi();
  return (
    <Button size="small" title="Import a JSON Lines export as a new capture" onClick={() => chooseImport(api)}>
      Import…
    </Button>
  );
}
