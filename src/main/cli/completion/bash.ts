import { allCommands, type CommandWords, type OptionWords, type Value } from './command-tree.ts';

/** What `source <(shmscope completion bash)` reads. Bash 4 or newer. */
export const bashScript = (tree: CommandWords): string => `# bash completion of shmscope
_shmscope() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} at= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
${each(allCommands(tree).slice(1), ({ path }) => `      ${quoted(` ${path.join(' ')}`)}) at=${quoted(` ${path.join(' ')}`)} ;;`)}
    esac
  done
  case "$at:$before" in
${each(allCommands(tree), ({ path, options }) => valueCases(path, options))}
  esac
  case "$at:$word" in
${each(allCommands(tree), optionCase)}
${each(allCommands(tree), operandCase)}
  esac
}
# A value is one word, though it may hold blanks.
_shmscope_words() { mapfile -t COMPREPLY < <(IFS=$'\\n'; compgen -W "$1" -- "$word"); }
_shmscope_files() { compopt -o filenames; mapfile -t COMPREPLY < <(compgen "$1" -- "$word"); }
complete -F _shmscope shmscope
`;

const each = <T>(all: readonly T[], line: (one: T) => string): string => all.map(line).filter(Boolean).join('\n');

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const place = (path: readonly string[]): string => path.map((name) => ` ${name}`).join('');

function valueCases(path: readonly string[], options: readonly OptionWords[]): string {
  return each(options, ({ names, value }) => {
    if (!value) return '';
    const patterns = names.map((name) => quoted(`${place(path)}:${name}`)).join('|');
    return `    ${patterns}) ${complete(value)}; return ;;`;
  });
}

function optionCase({ path, options }: CommandWords): string {
  return `    ${quoted(`${place(path)}:-`)}*) ${words(options.flatMap(({ names }) => names))} ;;`;
}

function operandCase({ path, commands, operands }: CommandWords): string {
  const [first] = operands;
  if (commands.length > 0)
    return `    ${quoted(`${place(path)}:`)}*) ${words(commands.map((one) => one.path.at(-1) ?? ''))} ;;`;
  return first ? `    ${quoted(`${place(path)}:`)}*) ${complete(first)} ;;` : '';
}

function complete(value: Value): string {
  switch (value.is) {
    case 'choice':
      return words(value.choices);
    case 'file':
      return '_shmscope_files -f';
    case 'folder':
      return '_shmscope_files -d';
    case 'other':
      return 'COMPREPLY=()';
  }
}

const words = (all: readonly string[]): string => `_shmscope_words $${quoted(all.join('\\n'))}`;
