import { statSync } from 'node:fs';
import { InvalidArgumentError, Option } from 'commander';
import { ABI_IDS } from '../../shared/types/abi.ts';
import { MACHINE_ABI } from '../types/machine-abi.ts';

export const abiOption = () =>
  new Option('--abi <abi>', 'what the program was built for').choices(ABI_IDS).default(MACHINE_ABI);

export const includeOption = () =>
  new Option('--include <dir>', 'where #include looks; may be given again')
    .default([])
    .argParser((dir: string, all: readonly string[]) => [...all, folderAt(dir)]);

function folderAt(dir: string): string {
  const found = statSync(dir, { throwIfNoEntry: false });
  if (found?.isDirectory()) return dir;
  throw new InvalidArgumentError(
    found ? 'It is a file. Give the folder that it is in.' : 'There is no such folder. Check the path.',
  );
}
