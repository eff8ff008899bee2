import { Button } from '@fluentui/react-components';
import { useApi } from '../../host/api-context.ts';
import { useHost } from '../../host/host-store.ts';
import { visibleText } from '../format/visible.ts';
import { showLog, showLogWords } from './show-log.ts';

/** Access to the program's log: its folder if the host can show it, else its path for copying. */
export function LogButton() {
  const api = useApi();
  const isElectron = useHost((state) => state.info?.host === 'electron');
  return (
    <Button size="small" onClick={() => showLog(api)}>
      {showLogWords(isElectron)}
    </Button>
  );
}

/** Where the program's log is. */
export function LogFile() {
  const file = useHost((state) => state.info?.logFile);
  return file ? <span className="log-file mono foreign">{visibleText(file)}</span> : null;
}
