/** Layouts against the compilers of all four ABIs. `npm run test:types` asks for 10,000 declarations of each. */
import { expect, test } from 'vitest';
import { ABI_IDS } from '../../../shared/types/abi.ts';
import { differences } from './compare.testing.ts';
import { hasCompiler } from './compilers.testing.ts';

const [RUNS, COUNT] = process.env.SHMSCOPE_EXHAUSTIVE ? [20, 500] : [1, 300];

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
