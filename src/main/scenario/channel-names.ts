import { ShmscopeError } from '../../shared/failure.ts';
import { isSameName } from '../../shared/object-name.ts';
import { namesOf } from '../../shared/scenario/channel.ts';
import type { Scenario } from '../../shared/scenario/model.ts';

export interface ChannelNames {
  readonly section: string;
  readonly eventS2c: string;
  readonly eventC2s: string;
}

/** Of this process: no two runs share a channel name. */
let runs = 0;

/** The channels of the scenarios that run here: each has its own, unless the file names one. */
export class ChannelClaims {
  /** By section: the scenario that uses it. */
  readonly #claimed = new Map<string, string>();
  /** Names for the channels of a run, until `release`. Throws `busy` if another running scenario uses one of them. */
  claim({ channels, file }: Scenario): {
    readonly names: ReadonlyMap<string, ChannelNames>;
    readonly release: () => void;
  } {
    const run = runs++;
    const names = new Map<string, ChannelNames>();
    for (const [name, channel] of Object.entries(channels)) {
      const own = { ...channel, section: channel.section ?? `Local\\scenario-${process.pid}-${run}-${name}` };
      const claimed = namesOf(own);
      this.#check(claimed.section);
      names.set(name, claimed);
    }
    for (const { section } of names.values()) this.#claimed.set(section, file);
    const release = () => {
      for (const { section } of names.values()) this.#claimed.delete(section);
    };
    return { names, release };
  }

  #check(section: string): void {
    for (const [taken, file] of this.#claimed)
      if (isSameName(taken, section))
        throw new ShmscopeError(
          'busy',
          `The channel “${section}” is used by ${file}, which is running. Wait until it has ended, or omit section: each run then gets its own channel.`,
        );
  }
}
