/** What the tests need from the system, how to check whether it is there, and how to get it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run, say, UserError, which } from './run.mjs';

/**
 * @typedef {object} SystemPackage
 * @property {string} name as Debian and Ubuntu call it
 * @property {string} what it is needed for
 * @property {() => boolean} present
 */

const onDebian = () => which('apt-get') !== undefined;

/** @param {string} command */
const has = (command) => () => which(command) !== undefined;

/** @type {SystemPackage} */
export const RIPGREP = { name: 'ripgrep', what: 'what searches are measured against', present: has('rg') };

/** @type {SystemPackage[]} */
const TEST_PACKAGES = [
  {
    name: 'chromium-headless-shell',
    what: 'the browser of the end-to-end tests',
    // Those that e2e/hosts/chromium.ts starts.
    present: () => ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].some((file) => existsSync(file)),
  },
  { name: 'fonts-dejavu-core', what: 'text in that browser', present: hasFonts },
  { name: 'wine', what: 'kernel32, the Windows side of the tests', present: has('wine') },
  { name: 'wine64', what: 'the same, its 64-bit part', present: hasWine64 },
  { name: 'gcc-mingw-w64-x86-64', what: '64-bit Windows peers', present: has('x86_64-w64-mingw32-gcc') },
  { name: 'gcc-mingw-w64-i686', what: '32-bit Windows peers', present: has('i686-w64-mingw32-gcc') },
  { name: 'gcc', what: 'peers of this system', present: has('gcc') },
  { name: 'gcc-multilib', what: '32-bit peers of this system', present: compiles32 },
  { name: 'cmake', what: 'building the peers', present: has('cmake') },
  { name: 'ninja-build', what: 'building the peers', present: has('ninja') },
  RIPGREP,
  { name: 'libreoffice-calc-nogui', what: 'a spreadsheet that opens exported tables', present: has('soffice') },
];

/** Whether this system runs 32-bit programs: the kernel of a virtual machine may not. Asks the loader of Linux. */
export const runs32Bit = () => spawnSync('/lib/ld-linux.so.2', ['--version']).status === 0;

/**
 * Installs what is missing where that is possible without asking: Debian and Ubuntu, as root or with password-less
 * sudo. Anywhere else throws a `UserError` that names what is missing and the command to get it.
 * @param {SystemPackage[]} [packages]
 */
export async function ensureSystemPackages(packages = TEST_PACKAGES) {
  const missing = packages.filter((item) => !item.present());
  if (missing.length === 0) return;
  const sudo = sudoPrefix();
  if (!onDebian() || sudo === undefined) throw new UserError(howToInstall(missing));
  await aptInstall(sudo, missing);
  const still = missing.filter((item) => !item.present());
  if (still.length > 0) throw new UserError(`apt-get installed everything, yet this is missing:\n${listed(still)}`);
}

/**
 * @param {string[]} sudo
 * @param {SystemPackage[]} missing
 */
async function aptInstall(sudo, missing) {
  say(`system packages: installing\n${listed(missing)}`);
  const apt = (/** @type {string[]} */ ...args) => {
    const command = [
      ...sudo,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      '-qq',
      '-o',
      'DPkg::Lock::Timeout=300',
      ...args,
    ];
    return run(/** @type {string} */ (command[0]), command.slice(1), { check: args[0] !== 'update' });
  };
  const { status } = await apt('update');
  if (status !== 0)
    say('system packages: some package lists could not be updated (see above); continuing with the rest');
  await apt('install', '--yes', '--no-install-recommends', ...missing.map((item) => item.name));
}

/**
 * What to put before a command to run it as root: nothing as root, `sudo`, or undefined if that would ask for a
 * password.
 */
function sudoPrefix() {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined;
}

/** @param {SystemPackage[]} missing */
function howToInstall(missing) {
  const cure = onDebian()
    ? `Install them, then run this again:\n  sudo apt-get install ${missing.map((item) => item.name).join(' ')}`
    : "Install your system's equivalents of these Debian packages, then run this again.";
  return `The tests need ${missing.length} system package(s) that are missing:\n${listed(missing)}\n${cure}`;
}

/** @param {SystemPackage[]} packages */
const listed = (packages) => packages.map((item) => `  ${item.name.padEnd(22)}${item.what}`).join('\n');

/** Debian's `wine` is only a script around the loader of `wine64`; elsewhere `wine` is all there is. */
function hasWine64() {
  return onDebian() ? existsSync('/usr/lib/wine/wine64') || which('wine64') !== undefined : which('wine') !== undefined;
}

function hasFonts() {
  return !onDebian() || existsSync('/usr/share/fonts/truetype/dejavu');
}

function compiles32() {
  const source = '#include <stdio.h>\nint main(void) { return puts("") < 0; }\n';
  return spawnSync('gcc', ['-m32', '-x', 'c', '-', '-o', '/dev/null'], { input: source }).status === 0;
}
