import type { Argument, Command, Option } from 'commander';

/** What kind of value it is, as far as a shell can complete it. */
export type Value =
  | { readonly is: 'choice'; readonly choices: readonly string[] }
  | { readonly is: 'file' | 'folder' | 'other' };

export interface OptionWords {
  /** `--output`, and `-o` if there is one. */
  readonly names: readonly string[];
  readonly description: string;
  /** Absent if it takes none. */
  readonly value?: Value;
  /** The value's name. */
  readonly placeholder: string;
}

export interface CommandWords {
  /** Its own and its parents' options, without the program's. */
  readonly path: readonly string[];
  readonly description: string;
  readonly options: readonly OptionWords[];
  /** In order; the last may be given again if it `repeats`. */
  readonly operands: readonly Value[];
  readonly repeats: boolean;
  readonly commands: readonly CommandWords[];
}

/** The words of a program, taken from its help. */
export function commandTree(command: Command, path: readonly string[] = []): CommandWords {
  const help = command.createHelp();
  const commands = help.visibleCommands(command).filter((each) => each.name() !== 'help');
  return {
    path,
    description: oneSentence(command.description()),
    options: help.visibleOptions(command).map(optionWords),
    operands: command.registeredArguments.map(operandValue),
    repeats: command.registeredArguments.at(-1)?.variadic ?? false,
    commands: commands.map((each) => commandTree(each, [...path, each.name()])),
  };
}

/** A command and all its subcommands. */
export const allCommands = (tree: CommandWords): CommandWords[] => [tree, ...tree.commands.flatMap(allCommands)];

function optionWords(option: Option): OptionWords {
  const { short, long, description, required, optional, argChoices, flags } = option;
  const placeholder = /[<[]([^\]>.]+)/.exec(flags)?.[1] ?? '';
  const names = [long, short].filter((name) => name !== undefined && name !== null);
  return {
    names,
    description: oneSentence(description),
    placeholder,
    ...((required || optional) && { value: valueKind(placeholder, argChoices) }),
  };
}

const operandValue = (argument: Argument): Value => valueKind(argument.name(), argument.argChoices);

const FILES = /^(file|capture|scenario|program)$/;
const FOLDERS = /^(dir|folder)$/;

function valueKind(placeholder: string, choices: readonly string[] | undefined): Value {
  if (choices) return { is: 'choice', choices };
  if (FILES.test(placeholder)) return { is: 'file' };
  return { is: FOLDERS.test(placeholder) ? 'folder' : 'other' };
}

/** The first line, short enough to go beside a word. */
function oneSentence(text: string): string {
  const [line = ''] = text.split('\n');
  return line.length <= 80 ? line : `${line.slice(0, 79).trimEnd()}…`;
}
