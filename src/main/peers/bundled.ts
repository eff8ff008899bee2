import { existsSync } from 'node:fs';
import path from 'node:path';
import { ShmscopeError } from '../../shared/failure.ts';
import type { Bits, StartPeer } from '../../shared/peers.ts';
import { NO_32_BIT, runs32Bit } from './runs-32-bit.ts';

type Bundled = Extract<StartPeer, { kind: 'bundled' }>;

/**
 * Where peers may be: in the app's resources, beside the packaged command line, in the project's folder. `worker`: the
 * file of one of our threads.
 */
export function peerRoots(worker: string): string[] {
  const { resourcesPath } = process as { readonly resourcesPath?: string };
  const packaged = path.resolve(path.dirname(process.execPath), '..');
  const project = path.resolve(path.dirname(worker), '../../..');
  return [...(resourcesPath === undefined ? [] : [resourcesPath]), packaged, project];
}

/**
 * The peer that comes with Shmscope: in the folders of `roots`, as packaged or as built in this project. Throws
 * {@link ShmscopeError} `no-such-program`.
 */
export function bundledPeer(bits: Bits, roots: readonly string[]): string {
  const arch = bits === 64 ? 'x64' : 'x86';
  const isWindows = process.platform === 'win32';
  const name = isWindows ? 'shm-peer.exe' : 'shm-peer';
  const places = isWindows
    ? [['peers', `win-${arch}`], ['cli', 'peers', `win-${arch}`], built(`msvc-${arch}`), built(`mingw-${arch}`)]
    : [built(`gcc-${arch}`)];
  const found = roots.flatMap((root) => places.map((place) => path.join(root, ...place, name))).find(existsSync);
  if (found) return found;
  throw new ShmscopeError(
    'no-such-program',
    `The ${bits}-bit peer is not here. In the project, npm run native builds it, where its compiler can build for ${bits} bits.`,
  );
}

/** Why the peer of a bitness can't be started here, as a sentence; undefined if it can. */
export const missingPeers =
  (roots: readonly string[]) =>
  async (bits: Bits): Promise<string | undefined> => {
    try {
      bundledPeer(bits, roots);
      return bits === 64 || (await runs32Bit()) ? undefined : NO_32_BIT;
    } catch (error) {
      return (error as Error).message;
    }
  };

const built = (preset: string) => ['native', 'build', preset];

/** Its command line, without the program itself. It ends with its standard input. */
export function bundledArguments({
  role,
  section,
  eventS2c,
  eventC2s,
  layout,
  bufferSize,
  behaviour,
}: Bundled): string[] {
  const names = ['--name', section, '--event-s2c', eventS2c, '--event-c2s', eventC2s, '--layout', layout];
  const size = role === 'server' && layout === 'sized' ? ['--buffer-size', `${bufferSize}`] : [];
  return [role, ...names, ...size, '--until-stdin-closes', ...behaviour];
}
