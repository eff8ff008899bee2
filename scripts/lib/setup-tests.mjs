/** What a machine needs before the tests can run. */
import { ensureSystemPackages } from './packages.mjs';
import { WINDOWS } from './run.mjs';
import { ensureDependencies } from './setup.mjs';
import { prepareWine } from './wine.mjs';

/** Installs what is missing, or throws a `UserError` that names it; a fraction of a second if everything is there. */
export async function prepareForTests() {
  await ensureDependencies();
  if (WINDOWS) return;
  await ensureSystemPackages();
  await prepareWine();
}
