import { fold } from '../../../shared/text/fold.ts';
import { type Command, type CommandGroup, GROUPS } from './registry.ts';

export const groupOf = ({ group = 'Window' }: Command): CommandGroup => group;

const place = (command: Command) => GROUPS.indexOf(groupOf(command));
const byPlace = (commands: readonly Command[]) => commands.toSorted((a, b) => place(a) - place(b));

/** The commands with keys, by group. */
export function shortcuts(commands: readonly Command[]): readonly (readonly [group: string, commands: Command[]])[] {
  const groups = Object.groupBy(byPlace(commands.filter(({ keys }) => keys !== undefined)), groupOf);
  return Object.entries(groups).map(([group, found = []]) => [group, found]);
}

/** The commands with every word of `text` in title or group; those whose title starts with it first, then by group. */
export function matching(commands: readonly Command[], text: string): readonly Command[] {
  const wanted = fold(text.trim());
  const words = wanted.split(/\s+/);
  const found = byPlace(commands).filter((command) => {
    const where = fold(`${command.title} ${groupOf(command)}`);
    return words.every((word) => where.includes(word));
  });
  const begins = (command: Command) => fold(command.title).startsWith(wanted);
  return [...found.filter(begins), ...found.filter((command) => !begins(command))];
}
