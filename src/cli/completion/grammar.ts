// The command line as shells complete it: taken from the program itself, so that it cannot fall behind.

import type { Command, Option } from 'commander';
import { SessionState } from '../../gen/holdfast/v1/session';
import { Priority, TaskState } from '../../gen/holdfast/v1/task';

/** What may stand in a place. */
export type Value = { readonly words: readonly string[] } | 'file' | 'task' | 'free';

export interface Flag {
  /** `--kind`. */
  readonly name: string;
  readonly description: string;
  /** What comes behind it; undefined for a switch. */
  readonly value: Value | undefined;
}

export interface Place {
  /** The words that lead here, without the program: `task create`; empty for the program itself. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly flags: readonly Flag[];
  /** What the first argument is; undefined if there is none. */
  readonly argument: Value | undefined;
}

export interface Grammar {
  readonly places: readonly Place[];
  /** Flags that may stand at every place. */
  readonly flags: readonly Flag[];
}

const wordsOf = (names: Readonly<Record<string, number>>) =>
  Object.entries(names).flatMap(([name, value]) => (value > 0 ? [name] : []));

/** Words of flags that the program reads itself, so that commander does not know them; of one place where that is named. */
const knownWords: Readonly<Record<string, readonly string[]>> = {
  '--priority': wordsOf(Priority),
  '--state': wordsOf(TaskState).map((name) => name.toLowerCase()),
  'session list --state': wordsOf(SessionState).map((name) => name.toLowerCase()),
};

/** All places of a program. */
export function grammarOf(program: Command): Grammar {
  const places: Place[] = [];
  const visit = (command: Command, path: string) => {
    places.push({
      path,
      commands: command.commands.map((one) => ({ name: one.name(), description: firstSentence(one.description()) })),
      flags: path === '' ? [] : command.options.filter(({ hidden }) => !hidden).map((option) => flagOf(option, path)),
      argument: argumentOf(command),
    });
    for (const one of command.commands) visit(one, path === '' ? one.name() : `${path} ${one.name()}`);
  };
  visit(program, '');
  const help: Flag = { name: '--help', description: 'show help', value: undefined };
  return { places, flags: [...program.options.map((option) => flagOf(option, '')), help] };
}

function flagOf(option: Option, path: string): Flag {
  const name = option.long ?? option.short ?? '';
  const takesValue = option.required || option.optional;
  return { name, description: option.description, value: takesValue ? valueOf(option, name, path) : undefined };
}

function valueOf({ argChoices, flags }: Option, name: string, path: string): Value {
  const words = argChoices ?? knownWords[`${path} ${name}`] ?? knownWords[name];
  if (words) return { words };
  return valueNamed(/[<[]([a-z]+)/.exec(flags)?.[1] ?? '');
}

function argumentOf(command: Command): Value | undefined {
  const [first] = command.registeredArguments;
  if (!first) return undefined;
  return first.argChoices ? { words: first.argChoices } : valueNamed(first.name());
}

function valueNamed(name: string): Value {
  if (['path', 'paths', 'targets', 'file', 'dir'].includes(name)) return 'file';
  return name === 'task' || name === 'tasks' ? 'task' : 'free';
}

function firstSentence(text: string): string {
  return text.split(/(?<=\.)\s/, 1)[0]!;
}
