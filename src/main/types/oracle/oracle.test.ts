/** Layouts compared with the compilers of all four ABIs. `npm run test:types` asks for 10,000 declarations of each. */
import { expect, test } from 'vitest';
import { ABI_IDS } from '../../../shared/types/abi.ts';
import { isExhaustive } from '../../sample.testing.ts';
import { differences, misread } from './compare.testing.ts';
import { hasCompiler } from './compilers.testing.ts';

const [RUNS, COUNT] = isExhaustive ? [20, 500] : [1, 300];

test.for(ABI_IDS)(
  'random declarations lie where the compiler of %s puts them',
  { timeout: 900_000 },
  async (abi, { skip }) => {
    if (!hasCompiler(abi)) skip(`no compiler for ${abi}`);
    const found: string[] = [];
    for (let seed = 1; seed <= RUNS; seed++) found.push(...(await differences(abi, seed, COUNT)));
    expect(found).toEqual([]);
  },
);

test.for(ABI_IDS)(
  'structs that the compiler of %s has filled are read as what it put in',
  { timeout: 900_000 },
  async (abi, { skip }) => {
    if (!hasCompiler(abi)) skip(`no compiler for ${abi}`);
    const found: string[] = [];
    for (let seed = 1; seed <= RUNS; seed++) found.push(...(await misread(abi, seed, COUNT)));
    expect(found).toEqual([]);
  },
);
