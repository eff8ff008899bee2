import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { Command } from './protocol.ts';

/** The commands of one session, in order of arrival. */
export class Inbox {
  readonly #port: MessagePort;
  /** Commands postponed until a channel is open. */
  readonly #held: Command[] = [];

  constructor(port: MessagePort) {
    this.#port = port;
  }

  /** The next command; undefined if there is none. */
  take(): Command | undefined {
    return this.#held.shift() ?? this.#arrived();
  }

  /** The next command that is one of `types`, if there is one; all others wait for {@link take}. */
  takeOnly<T extends Command['type']>(...types: readonly T[]): (Command & { type: T }) | undefined {
    for (let command = this.#arrived(); command; command = this.#arrived()) {
      if ((types as readonly string[]).includes(command.type)) return command as Command & { type: T };
      this.#held.push(command);
    }
    return undefined;
  }

  #arrived(): Command | undefined {
    return receiveMessageOnPort(this.#port)?.message as Command | undefined;
  }
}
