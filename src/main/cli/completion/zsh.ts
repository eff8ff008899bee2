import { allCommands, type CommandWords, type OptionWords, type Value } from './command-tree.ts';

/** A completion function for a folder in `$fpath`; it can also be sourced. */
export const zshScript = (tree: CommandWords): string => `#compdef shmscope
${allCommands(tree).toReversed().map(functionOf).join('\n')}
if [ "$funcstack[1]" = "_shmscope" ]; then _shmscope "$@"; else compdef _shmscope shmscope; fi
`;

const nameOf = (path: readonly string[]): string => ['_shmscope', ...path].join('_');

function functionOf({ path, options, operands, repeats, commands }: CommandWords): string {
  const rest =
    commands.length > 0
      ? [`'1: :->command'`, `'*:: :->rest'`]
      : operands.map((value, index) => {
          const position = repeats && index === operands.length - 1 ? '*' : String(index + 1);
          return quoted(`${position}: :${actionOf(value)}`);
        });
  const specs = [...options.flatMap(optionSpecs), ...rest].map((spec) => `    ${spec}`).join(' \\\n');
  return `${nameOf(path)}() {
  local state line
  _arguments -s -C \\
${specs}
${commands.length > 0 ? choiceOf(path, commands) : ''}}`;
}

const choiceOf = (path: readonly string[], commands: readonly CommandWords[]): string => `  case $state in
    command) local -a all=(
${commands.map(({ path: of, description }) => `      ${quoted(`${of.at(-1)}:${description}`)}`).join('\n')}
      )
      _describe command all ;;
    rest) case $line[1] in
${commands.map(({ path: of }) => `      ${of.at(-1)}) ${nameOf([...path, of.at(-1) ?? ''])} ;;`).join('\n')}
    esac ;;
  esac
`;

const optionSpecs = ({ names, description, value, placeholder }: OptionWords): string[] =>
  names.map((name) => {
    const tail = value ? `:${escaped(placeholder)}:${actionOf(value)}` : '';
    // Most may be given again.
    return quoted(`*${name}[${escaped(description)}]${tail}`);
  });

function actionOf(value: Value): string {
  switch (value.is) {
    case 'choice':
      return `(${value.choices.map((one) => one.replace(/[\s()\\:;]/g, '\\$&')).join(' ')})`;
    case 'file':
      return '_files';
    case 'folder':
      return '_files -/';
    case 'other':
      return ' ';
  }
}

const escaped = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&');
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
