// A task's fields as flags: one table for create and update.

import type { JsonValue } from '@bufbuild/protobuf';
import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import { Task } from '../gen/holdfast/v1/task';
import type { CliContext } from './context';
import { usage } from './failure';
import { bytesOf } from './proto-json';
import { taskName } from './resource-name';
import { parsePriority } from './task-words';
import { parseTime } from './times';

export interface TaskFlags {
  title?: string;
  description?: string;
  descriptionFile?: string;
  priority?: string;
  kind?: string;
  assignee?: string;
  queue?: string;
  parent?: string;
  label?: string[];
  annotation?: string[];
  criterion?: string[];
  capability?: string[];
  payload?: string;
  notBefore?: string;
  due?: string;
  input?: string;
}

export function addTaskFlags(command: Command): Command {
  const collect = (value: string, before: string[] = []) => [...before, value];
  return command
    .option('--description <text>', 'what is to be done, at length')
    .option('--description-file <path>', 'the same from a file; - for standard input')
    .option('--priority <p>', 'P0 (drop everything) to P4 (some day); P2 if not given')
    .option('--kind <word>', 'what kind of work it is: task, bug, epic')
    .option('--assignee <agent>', 'the agent that it is meant for')
    .option('--queue <id>', 'the queue that it waits in')
    .option('--parent <task>', 'the task that it is a part of')
    .option('--label <key=value>', 'a label; may be repeated', collect)
    .option('--annotation <key=value>', 'a note for programs; may be repeated', collect)
    .option('--criterion <text>', 'what must hold when it is done; may be repeated', collect)
    .option('--capability <id>', 'what a worker must be able to do; may be repeated', collect)
    .option('--payload <json>', 'input for the worker: a JSON object')
    .option('--not-before <time>', 'not to be started earlier: ISO 8601, or +2h from now')
    .option('--due <time>', 'wanted by this time')
    .option('--input <path>', 'a task as ProtoJSON from a file (- for standard input); flags go over it');
}

/** The task that the flags describe, and the paths of the fields that they gave, for an update mask. */
export async function readTaskFlags(
  flags: TaskFlags,
  project: string,
  stdin: CliContext['stdin'],
  now: number,
): Promise<{ task: Task; paths: string[] }> {
  if (flags.input === '-' && flags.descriptionFile === '-') throw usage('only one flag can read standard input');
  const input = flags.input === undefined ? undefined : parseObject('--input', await readText(flags.input, stdin));
  const task = input ? taskOfJson(input) : Task.create();
  const paths = Object.keys(input ?? {}).map((key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  const set = (path: string, apply: () => void) => {
    apply();
    if (!paths.includes(path)) paths.push(path);
  };
  const { description, descriptionFile, title, priority, kind, assignee, queue, parent, payload } = flags;
  if (title !== undefined) set('title', () => (task.title = title));
  if (description !== undefined) set('description', () => (task.description = description));
  if (descriptionFile !== undefined) {
    const text = await readText(descriptionFile, stdin);
    set('description', () => (task.description = text));
  }
  if (priority !== undefined) set('priority', () => (task.priority = parsePriority(priority)));
  if (kind !== undefined) set('kind', () => (task.kind = kind));
  if (assignee !== undefined) set('assignee', () => (task.assignee = assignee));
  if (queue !== undefined) set('queue', () => (task.queue = queue));
  if (parent !== undefined) set('parent', () => (task.parent = parent && taskName(project, parent)));
  if (payload !== undefined) set('payload', () => (task.payload = parseObject('--payload', payload)));
  if (flags.notBefore !== undefined) {
    set(
      'not_before',
      () => (task.notBefore = flags.notBefore ? parseTime('--not-before', flags.notBefore, now) : undefined),
    );
  }
  if (flags.due !== undefined) {
    set('due_time', () => (task.dueTime = flags.due ? parseTime('--due', flags.due, now) : undefined));
  }
  if (flags.criterion) {
    const criteria = flags.criterion.map((text) => ({ id: '', text, met: false, evidence: '' }));
    set('acceptance_criteria', () => (task.acceptanceCriteria = criteria));
  }
  if (flags.capability) set('required_capabilities', () => (task.requiredCapabilities = flags.capability!));
  for (const pair of flags.label ?? []) setEntry('labels', task.labels, pair, paths);
  for (const pair of flags.annotation ?? []) setEntry('annotations', task.annotations, pair, paths);
  return { task, paths };
}

function setEntry(field: string, map: Map<string, string>, pair: string, paths: string[]): void {
  const [key, value] = splitPair(pair);
  map.set(key, value);
  // One entry of a map changes alone, unless --input replaces the map.
  if (!paths.includes(field)) paths.push(`${field}.${key}`);
}

/** Parts `key=value`; the value is empty where there is none. */
export function splitPair(pair: string): [key: string, value: string] {
  const at = pair.indexOf('=');
  const key = at < 0 ? pair : pair.slice(0, at);
  if (key === '') throw usage('a label or annotation needs a key: KEY=VALUE');
  return [key, at < 0 ? '' : pair.slice(at + 1)];
}

/** Reads a JSON object given on the command line. */
export function parseObject(flag: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw usage(`${flag} is no JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw usage(`${flag} must be a JSON object`);
  return value as Record<string, unknown>;
}

function taskOfJson(input: Record<string, unknown>): Task {
  try {
    return Task.decode(bytesOf('holdfast.v1.Task', input as JsonValue));
  } catch (error) {
    throw usage(`--input is no task: ${(error as Error).message}`);
  }
}

async function readText(path: string, stdin: CliContext['stdin']): Promise<string> {
  if (path === '-') return readAll(stdin);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw usage(`cannot read ${path}: ${(error as Error).message}`);
  }
}
