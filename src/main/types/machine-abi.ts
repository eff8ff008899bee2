import type { AbiId } from '../../shared/types/abi.ts';

/** That of most programs on this machine. */
export const MACHINE_ABI: AbiId = process.platform === 'win32' ? 'windows-x64' : 'linux-x64';
