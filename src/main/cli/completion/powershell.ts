import { allCommands, type CommandWords, type Value } from './command-tree.ts';

/** What a PowerShell profile runs. PowerShell itself completes files if nothing is offered. */
export const powershellScript = (tree: CommandWords): string => `# PowerShell completion of shmscope
Register-ArgumentCompleter -Native -CommandName shmscope -ScriptBlock {
  param($word, $ast, $cursor)
  $all = @{
${allCommands(tree).map(entryOf).join('\n')}
  }
  $at = ''
  $before = ''
  foreach ($element in $ast.CommandElements | Select-Object -Skip 1) {
    if ($element.Extent.EndOffset -ge $cursor) { break }
    $before = "$element"
    if ($all.ContainsKey("$at $before".Trim())) { $at = "$at $before".Trim() }
  }
  $here = $all[$at]
  $offered = if ($here.Values.ContainsKey($before)) { $here.Values[$before] }
    elseif ("$word".StartsWith('-')) { $here.Options }
    else { $here.Operands }
  foreach ($pair in $offered) {
    if ($pair[0] -like "$word*") {
      [System.Management.Automation.CompletionResult]::new($pair[0], $pair[0], 'ParameterValue', $pair[1])
    }
  }
}
`;

function entryOf({ path, options, operands, commands }: CommandWords): string {
  const named = options.flatMap(({ names, description }) => names.map((name) => [name, description] as const));
  const values = options.flatMap(({ names, value }) =>
    value ? names.map((name) => `${quoted(name)} = ${pairs(choicesOf(value))}`) : [],
  );
  const [first] = operands;
  const words = [
    ...commands.map((one) => [one.path.at(-1) ?? '', one.description] as const),
    ...(first ? choicesOf(first) : []),
  ];
  return `    ${quoted(path.join(' '))} = @{
      Options = ${pairs(named)}
      Values = @{ ${values.join('; ')} }
      Operands = ${pairs(words)}
    }`;
}

const choicesOf = (value: Value) => (value.is === 'choice' ? value.choices.map((one) => [one, one] as const) : []);

/** A comma before each keeps a list of one pair a list of pairs. */
const pairs = (all: readonly (readonly [string, string])[]): string =>
  `@(${all.map(([word, what]) => `,@(${quoted(word)}, ${quoted(what === '' ? word : what)})`).join('; ')})`;

const quoted = (text: string): string => `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;
