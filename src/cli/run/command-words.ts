import type { Command } from 'commander';
import { usage } from '../failure';

/** How many words stood behind `--`: commander does not tell them from those before it. */
const behind = new WeakMap<Command, number>();

/** Remembers where `--` stands in what was typed. */
export function noteDashes(program: Command, typed: readonly string[]): void {
  const at = typed.indexOf('--');
  behind.set(program, at < 0 ? 0 : typed.length - at - 1);
}

/** Parts the arguments of a command that runs another one: those before `--`, and the program with its own behind it. */
export function splitAtDashes(command: Command, args: readonly string[]): { before: string[]; words: string[] } {
  let program = command;
  while (program.parent) program = program.parent;
  const count = behind.get(program) ?? 0;
  if (count === 0) throw usage('which program?', 'It stands behind --, as in: -- npm test');
  return { before: args.slice(0, -count), words: args.slice(-count) };
}
