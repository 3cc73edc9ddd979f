import type { Command } from 'commander';
import { Argument } from 'commander';
import { localAction } from '../command-run';
import { bashScript } from '../completion/bash-script';
import { fishScript } from '../completion/fish-script';
import type { Grammar } from '../completion/grammar';
import { grammarOf } from '../completion/grammar';
import { zshScript } from '../completion/zsh-script';
import type { CliContext } from '../context';

const scripts: Readonly<Record<string, (grammar: Grammar) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** Adds `completion`. It is added last, so that it knows all other commands. */
export function addCompletion(program: Command, context: CliContext): void {
  program
    .command('completion')
    .description('Print a script with which a shell completes commands, flags, their words, and ids of tasks.')
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(scripts)))
    .addHelpText(
      'after',
      '\nIt fits this version: after an update print it again.\n' +
        '\nExamples:\n  holdfast completion fish | source\n  source <(holdfast completion bash)\n' +
        '  holdfast completion zsh > ~/.zsh/completions/_holdfast',
    )
    .action(
      localAction(context, async (output, _json, [shell]) => {
        await output.line(scripts[shell!]!(grammarOf(program)).trimEnd());
      }),
    );
}
