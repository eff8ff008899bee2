import { parseArgs } from 'node:util';
import { UserError } from './run.mjs';

/**
 * The whole number above 0 that the option `--NAME` of this command gives.
 * @param {string} name
 * @param {number} fallback
 */
export function countOption(name, fallback) {
  const { values } = parseArgs({ options: { [name]: { type: 'string', default: `${fallback}` } } });
  const count = Number(values[name]);
  if (!(Number.isInteger(count) && count > 0))
    throw new UserError(`--${name} takes a whole number above 0, not "${values[name]}".`);
  return count;
}
