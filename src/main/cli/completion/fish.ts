import { allCommands, type CommandWords, type OptionWords, type Value } from './command-tree.ts';

/** What fish reads from its completions folder. */
export const fishScript = (tree: CommandWords): string =>
  `${['# fish completion of shmscope', 'complete -c shmscope -f', ...allCommands(tree).flatMap(linesOf)].join('\n')}\n`;

function linesOf({ path, options, operands, commands }: CommandWords): string[] {
  const line = (what: string) => `complete -c shmscope -n ${quoted(conditionOf(path, commands))} ${what}`;
  const [first] = operands;
  return [
    ...commands.map((one) => line(`-a ${quoted(one.path.at(-1) ?? '')} -d ${quoted(one.description)}`)),
    ...options.map((option) => line(optionOf(option))),
    ...(first && first.is !== 'other' ? [line(offered(first))] : []),
  ];
}

/** All words of the path were typed and, for a program with subcommands, none of these. */
function conditionOf(path: readonly string[], commands: readonly CommandWords[]): string {
  const seen = (names: readonly string[]) => `__fish_seen_subcommand_from ${names.join(' ')}`;
  const below = commands.length > 0 ? [`not ${seen(commands.map((one) => one.path.at(-1) ?? ''))}`] : [];
  return [...path.map((name) => seen([name])), ...below].join('; and ');
}

function optionOf({ names, description, value }: OptionWords): string {
  const words = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  return [...words, ...(value ? [`-r ${offered(value)}`] : []), `-d ${quoted(description)}`].join(' ');
}

function offered(value: Value): string {
  switch (value.is) {
    case 'choice':
      return `-f -a ${quoted(value.choices.join(' '))}`;
    case 'file':
      return '-F';
    case 'folder':
      return "-f -a '(__fish_complete_directories)'";
    case 'other':
      return '-f';
  }
}

const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;
