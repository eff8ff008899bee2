import type { Abi } from '../../../shared/types/abi.ts';

/**
 * Whether `#[cfg(…)]` holds for a program of the ABI: `windows`, `target_pointer_width = "64"`, `not(any(…))`. Anything
 * unknown, such as a feature, doesn't.
 */
export function cfgHolds(text: string, abi: Abi): boolean {
  const tokens = [...text.matchAll(/[A-Za-z_]\w*|"[^"]*"|[(),=]/g)].map(([token]) => token);
  return new Condition(tokens, abi).value();
}

class Condition {
  readonly #tokens: readonly string[];
  readonly #abi: Abi;
  #at = 0;

  constructor(tokens: readonly string[], abi: Abi) {
    this.#tokens = tokens;
    this.#abi = abi;
  }

  value(): boolean {
    const name = this.#tokens[this.#at++] ?? '';
    const next = this.#tokens[this.#at];
    if (next === '=') {
      this.#at += 2;
      return this.#is(name, (this.#tokens[this.#at - 1] ?? '').slice(1, -1));
    }
    if (next !== '(') return name === (this.#abi.windows ? 'windows' : 'unix');
    this.#at++;
    const parts: boolean[] = [];
    while (this.#at < this.#tokens.length && this.#tokens[this.#at] !== ')') {
      if (this.#tokens[this.#at] === ',') this.#at++;
      else parts.push(this.value());
    }
    this.#at++;
    if (name === 'not') return !parts[0];
    return name === 'any' ? parts.some(Boolean) : parts.every(Boolean);
  }

  #is(key: string, value: string): boolean {
    const { windows, pointer } = this.#abi;
    switch (key) {
      case 'target_os':
        return value === (windows ? 'windows' : 'linux');
      case 'target_family':
        return value === (windows ? 'windows' : 'unix');
      case 'target_pointer_width':
        return value === String(pointer * 8);
      case 'target_arch':
        return value === (pointer === 8 ? 'x86_64' : 'x86');
      case 'target_endian':
        return value === 'little';
      default:
        return false;
    }
  }
}
