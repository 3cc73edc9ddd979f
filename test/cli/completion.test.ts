// Completion in real shells: what they propose for words that are typed so far.

import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeIf } from '../support/skips';
import { tempDir } from '../support/temp-dir';
import { commandLine } from './command-line';

const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

interface Shell {
  readonly name: string;
  /** A script that prints what is proposed behind the last word, one a line. */
  readonly ask: (scriptPath: string, words: readonly string[]) => string;
}

const quote = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

const shells: readonly Shell[] = [
  {
    name: 'bash',
    ask: (path, words) =>
      `source ${path}; COMP_WORDS=(${words.map(quote).join(' ')}); COMP_CWORD=${words.length - 1}; ` +
      '_holdfast; printf "%s\\n" "${COMPREPLY[@]}"',
  },
  {
    name: 'zsh',
    // Stands in for the completion system, which needs a terminal.
    ask: (path, words) =>
      'compdef() { :; }; compadd() { shift; print -l -- "$@"; }; _files() { print -l -- *; }; ' +
      '_describe() { local item; for item in ${(P)2}; do print -r -- ${item%%:*}; done; }; ' +
      `source ${path}; words=(${words.map(quote).join(' ')}); CURRENT=${words.length}; ` +
      `_holdfast | while read -r word; do [[ $word == ${quote(words.at(-1)!)}* ]] && print -r -- $word; done`,
  },
  {
    name: 'fish',
    ask: (path, words) => `source ${path}; complete -C ${quote(words.join(' '))} | string split -f 1 \\t`,
  },
];

describe.each(shells)('$name', ({ name, ask }) => {
  describeIf(has(name), `${name} is not installed`, 'completes', () => {
    async function proposed(...words: string[]): Promise<string[]> {
      const dir = tempDir();
      const script = join(dir, 'completion');
      writeFileSync(script, (await commandLine(['completion', name])).stdout);
      // Stands in for the program: it is asked for ids of tasks.
      const program = join(dir, 'holdfast');
      writeFileSync(program, '#!/bin/sh\necho "t1 P2 PENDING One"\necho "t12 P2 PENDING Two"\n');
      chmodSync(program, 0o755);
      writeFileSync(join(dir, 'plan.md'), '');
      const env = { PATH: `${dir}:${process.env['PATH']}`, HOME: dir };
      const given = ask(script, ['holdfast', ...words]);
      const ran = spawnSync(name, ['-c', given], { cwd: dir, env, encoding: 'utf8', timeout: 120_000 });
      expect(ran.stderr).toBe('');
      return ran.stdout.split('\n').filter(Boolean).sort();
    }

    test('commands and what is below them', async () => {
      expect(await proposed('gr')).toEqual(['graph']);
      expect(await proposed('task', 'un')).toEqual(['undelete', 'undepend']);
      expect(await proposed('task', 'bulk', 're')).toEqual(['resume', 'retry']);
      expect(await proposed('')).toEqual(expect.arrayContaining(['blocked', 'plan', 'ready', 'serve', 'task']));
    });

    test('flags of the command and those of every command', async () => {
      expect(await proposed('task', 'depend', 't1', '--o')).toEqual(['--on']);
      expect(await proposed('graph', '--no')).toEqual(['--no-children', '--nodes']);
      expect(await proposed('ready', '--js')).toEqual(['--json']);
    });

    test('words that a flag takes, and a flag’s value is no command', async () => {
      expect(await proposed('task', 'depend', 't1', '--kind', 'r')).toEqual(['related', 'run-if-failed']);
      expect(await proposed('task', 'create', 'A', '--priority', 'P')).toEqual(['P0', 'P1', 'P2', 'P3', 'P4']);
      expect(await proposed('graph', '--format', 'm')).toEqual(['mermaid']);
      expect(await proposed('--project', 'task', 'note', 'l')).toEqual(['list']);
      expect(await proposed('completion', 'z')).toEqual(['zsh']);
      expect(await proposed('session', 'list', '--state', 'l')).toEqual(['lost']);
      expect(await proposed('task', 'list', '--state', 'r')).toEqual(['running']);
    });

    test('ids of tasks, and files', async () => {
      expect(await proposed('task', 'complete', 't1')).toEqual(['t1', 't12']);
      expect(await proposed('task', 'depend', 't2', '--on', 't')).toEqual(['t1', 't12']);
      expect(await proposed('plan', 'apply', 'pl')).toEqual(['plan.md']);
      expect(await proposed('claim', 't12')).toEqual(['t12']);
      expect(await proposed('lock', 'check', 'pl')).toEqual(['plan.md']);
    });
  });
});

test('a shell that is not known is refused', async () => {
  expect((await commandLine(['completion', 'tcsh'])).exitCode).toBe(2);
});
