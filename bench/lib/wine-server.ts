import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onCore } from './core.ts';
import { wineEnv } from './tools.ts';

/**
 * A Wine server of the benchmark's own, on one core: every event of Wine goes through it, and the tests' server also
 * serves others. Its prefix has a registry of its own and the tests' files.
 */
export function startWineServer(core: number): { readonly env: NodeJS.ProcessEnv; readonly stop: () => void } {
  const shared = wineEnv().WINEPREFIX;
  const prefix = mkdtempSync(join(tmpdir(), 'shmscope-bench-wine-'));
  for (const name of readdirSync(shared).filter((file) => file.endsWith('.reg') || file === '.update-timestamp')) {
    copyFileSync(join(shared, name), join(prefix, name));
  }
  mkdirSync(join(prefix, 'dosdevices'));
  symlinkSync(join(shared, 'drive_c'), join(prefix, 'drive_c'));
  symlinkSync('../drive_c', join(prefix, 'dosdevices', 'c:'));
  symlinkSync('/', join(prefix, 'dosdevices', 'z:'));
  const env = { WINEPREFIX: prefix };
  const server = (flag: string) => execFileSync('wineserver', [flag], { env: wineEnv(env), stdio: 'ignore' });
  onCore(core, () => server('-p'));
  return {
    env,
    stop: () => {
      server('-k');
      rmSync(prefix, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
