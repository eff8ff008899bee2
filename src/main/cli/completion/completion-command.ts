import { Argument, type Command } from 'commander';
import { EXIT } from '../exit-status.ts';
import { written } from '../written.ts';
import { bashScript } from './bash.ts';
import { type CommandWords, commandTree } from './command-tree.ts';
import { fishScript } from './fish.ts';
import { powershellScript } from './powershell.ts';
import { zshScript } from './zsh.ts';

const SCRIPTS: Readonly<Record<string, (tree: CommandWords) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

const HELP = `
To have it in every shell:
  bash        echo 'source <(shmscope completion bash)' >> ~/.bashrc
  zsh         shmscope completion zsh > "\${fpath[1]}/_shmscope"
  fish        shmscope completion fish > ~/.config/fish/completions/shmscope.fish
  PowerShell  shmscope completion powershell >> $PROFILE`;

/** `shmscope completion`: all other commands must have been added already. */
export function addCompletionCommand(program: Command, finish: (status: number) => void): void {
  program
    .command('completion')
    .description('print a script that lets a shell complete commands, options and values')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(SCRIPTS)))
    .addHelpText('after', HELP)
    .action(async (shell: string) => {
      const script = (SCRIPTS[shell] as (tree: CommandWords) => string)(commandTree(program));
      finish((await written(script)) ? EXIT.done : EXIT.pipeClosed);
    });
}
