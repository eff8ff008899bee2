/**
 * Wine's 32-bit DLLs for a 64-bit Wine. Debian keeps them in the i386 package of `libwine`, whose installation brings
 * in a whole i386 system; Wine's WoW64 mode needs only its DLLs. They are downloaded through a private apt state and
 * unpacked, nothing is installed.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onceFor, runQuietly, say, UserError, which } from './run.mjs';

/**
 * Makes `folder`/wine/i386-windows hold the DLLs of the installed Wine's version. Does nothing where Wine isn't
 * Debian's own package.
 * @param {string} folder
 */
export async function fetchWine32(folder) {
  if (!which('apt-get') || !which('dpkg-query')) return;
  const { status, output } = await runQuietly('dpkg-query', ['-W', 'libwine'], { check: false });
  const version = output.trim().split(/\s+/)[1];
  if (status !== 0 || !version) return;
  await onceFor(`${folder}.stamp`, version, async () => {
    say(`wine: fetching the 32-bit DLLs of Wine ${version} (once, about 15 s)`);
    rmSync(folder, { recursive: true, force: true });
    const work = join(folder, 'download');
    await download(work, version);
    renameSync(join(work, 'usr', 'lib', 'i386-linux-gnu', 'wine'), join(folder, 'wine'));
    rmSync(work, { recursive: true, force: true });
  });
}

/**
 * @param {string} work
 * @param {string} version
 */
async function download(work, version) {
  for (const part of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(work, part), { recursive: true });
  writeFileSync(join(work, 'sources.list'), `deb ${keyring()} ${await origin(version)}\n`);
  const apt = (/** @type {string[]} */ ...args) => runQuietly('apt-get', [...aptOptions(work), ...args], { cwd: work });
  await apt('update');
  await apt('download', `libwine:i386=${version}`);
  const deb = readdirSync(work).find((name) => name.endsWith('.deb'));
  if (!deb) throw new UserError(`apt-get downloaded no libwine ${version} for i386.`);
  await runQuietly('dpkg', ['-x', deb, '.'], { cwd: work });
}

/** @param {string} work */
function aptOptions(work) {
  return [
    'APT::Architecture=i386',
    'APT::Architectures=i386',
    'APT::Sandbox::User=',
    'Acquire::Languages=none',
    `Dir::State::Lists=${join(work, 'lists')}`,
    `Dir::Cache=${join(work, 'cache')}`,
    `Dir::Etc::SourceList=${join(work, 'sources.list')}`,
    'Dir::Etc::SourceParts=/dev/null',
    'Dir::State::status=/dev/null',
  ].flatMap((option) => ['-o', option]);
}

/**
 * Where the installed version came from, as "uri suite component": one suite, since the i386 index of another may be
 * out of step.
 * @param {string} version
 */
async function origin(version) {
  const { output } = await runQuietly('apt-cache', ['policy', 'libwine']);
  const entry = output.split(`*** ${version} `)[1] ?? '';
  const found = /^\s+\d+ (\S+) ([^\s/]+)\/(\S+) \S+ Packages$/m.exec(entry);
  if (!found)
    throw new UserError(`apt doesn't know where libwine ${version} came from. Run apt-get update, then try again.`);
  return found.slice(1).join(' ');
}

function keyring() {
  const files = ['debian', 'ubuntu'].map((name) => `/usr/share/keyrings/${name}-archive-keyring.gpg`);
  const present = files.filter(existsSync);
  return present.length ? `[signed-by=${present.join(',')}]` : '';
}
