// Reads what is to be imported, whole: an import begins with a source in which every task can be read, or not at all.

import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { exitCode } from '../exit-code';
import { Failure, usage } from '../failure';
import { isBeadsIssue, readBeadsIssue } from './beads-form';
import type { ClaudeItem } from './claude-form';
import { blockersOf, isClaudeTask, isClaudeTodo, readClaudeTask, readClaudeTodo } from './claude-form';
import { ExportedNames, isExportedTask, readExportedTask } from './export-form';
import type { InputFile } from './input-file';
import type { SourceTask } from './source-task';
import { BadLine, cut, isRecord } from './source-task';
import { readTaskMasterTask, taskMasterTags } from './taskmaster-form';

export const forms = ['beads', 'export', 'taskmaster', 'claude'] as const;
export type Form = (typeof forms)[number];

export interface Source {
  /** In the order in which they were read. */
  readonly tasks: readonly SourceTask[];
  /** Tasks that are deleted where they come from: left out. */
  readonly deleted: number;
  /** SHA-256 of all that was read, in hex. */
  readonly hash: string;
}

/** So many malformed parts are named before the reading stops. */
const errorsShown = 5;

/** Reads the files, in this form, or in the one that each line or file shows. Throws a Failure that names what is malformed. */
export async function readSource(files: readonly InputFile[], form: Form | undefined): Promise<Source> {
  const reader = new SourceReader(form);
  if (files.length === 1) await reader.readFile(files[0]!);
  else await reader.readDirectory(files);
  return reader.finish(files.length === 1 ? files[0]!.name : 'the directory');
}

class TooManyErrors extends Error {}

interface Line {
  readonly number: number;
  readonly value: unknown;
  readonly error?: BadLine;
}

class SourceReader {
  private readonly tasks: SourceTask[] = [];
  private readonly places = new Map<string, string>();
  private readonly errors: string[] = [];
  private readonly hash = createHash('sha256');
  private deleted = 0;

  constructor(private readonly form: Form | undefined) {}

  async readFile(file: InputFile): Promise<void> {
    const lines: Line[] = [];
    /** The text so far, while it may be one JSON value over several lines. */
    let text: string[] | undefined = [];
    let number = 0;
    for await (const line of this.linesOf(file)) {
      number++;
      if (text?.length === 1 && lines[0]?.error === undefined) text = undefined;
      if (line.trim() === '') continue;
      text?.push(line);
      lines.push(lineOf(line, number));
    }
    const whole = lines[0]?.error && text ? parsed(text.join('\n')) : lines[0]?.value;
    if (text && this.readDocument(whole, file)) return;
    if (this.form === 'taskmaster' || this.form === 'claude') {
      throw new Failure(exitCode.badData, `${file.name} is no file of the form ${this.form}; nothing was sent`);
    }
    const names = new ExportedNames();
    for (const { value } of lines) if (isRecord(value) && isExportedTask(value)) names.add(value);
    this.guarded(() => {
      for (const line of lines) this.add(`line ${line.number}`, () => this.readLine(line, names));
    });
  }

  /** Each file holds a task, or a list of todos, of Claude Code. */
  async readDirectory(files: readonly InputFile[]): Promise<void> {
    if (this.form !== undefined && this.form !== 'claude') throw usage('only --form claude takes a directory');
    const items: ClaudeItem[] = [];
    for (const file of files) {
      const lines: string[] = [];
      for await (const text of this.linesOf(file)) lines.push(text);
      const value = parsed(lines.join('\n'));
      const place = `${file.list}/${basename(file.name)}`;
      if (Array.isArray(value)) this.guarded(() => this.readTodos(value, basename(file.name, '.json'), place));
      else items.push({ list: file.list, place, value });
    }
    this.guarded(() => this.readClaudeTasks(items));
  }

  finish(name: string): Source {
    const { tasks, deleted, errors, hash } = this;
    if (errors.length === 0) return { tasks, deleted, hash: hash.digest('hex') };
    throw new Failure(exitCode.badData, `${name} cannot be imported; nothing was sent`, errors);
  }

  private async *linesOf({ name, open }: InputFile): AsyncGenerator<string> {
    this.hash.update(basename(name)).update('\n');
    let first = true;
    for await (const text of createInterface({ input: open(), crlfDelay: Infinity })) {
      this.hash.update(text).update('\n');
      yield first ? text.replace(/^\ufeff/, '') : text;
      first = false;
    }
  }

  /** Reads a file that is one JSON value; false if it is none that is known. */
  private readDocument(value: unknown, file: InputFile): boolean {
    const { form } = this;
    const tags = form === undefined || form === 'taskmaster' ? taskMasterTags(value) : undefined;
    if (tags) {
      this.guarded(() => {
        for (const [tag, list] of tags) {
          list.forEach((item, i) => this.add(`${tag}, task ${i + 1}`, () => readTaskMasterTask(item, tag, list)));
        }
      });
      return true;
    }
    if (form !== undefined && form !== 'claude') return false;
    if (Array.isArray(value) && (form === 'claude' || isClaudeTodo(value[0]) || isClaudeTask(value[0]))) {
      this.guarded(() => this.readTodos(value, file.list, 'entry'));
      return true;
    }
    if (!isClaudeTask(value)) return false;
    this.guarded(() => this.readClaudeTasks([{ list: file.list, place: file.name, value }]));
    return true;
  }

  private readTodos(values: readonly unknown[], list: string, place: string): void {
    if (values.every(isClaudeTask)) {
      this.readClaudeTasks(values.map((value, i) => ({ list, place: `${place} ${i + 1}`, value })));
      return;
    }
    values.forEach((value, i) => {
      this.add(`${place} ${i + 1}`, () => [readClaudeTodo({ list, place: `${place} ${i + 1}`, value }, i + 1)]);
    });
  }

  private readClaudeTasks(items: readonly ClaudeItem[]): void {
    const blockers = blockersOf(items);
    for (const item of items) this.add(item.place, () => listOf(readClaudeTask(item, blockers)));
  }

  private readLine({ value, number, error }: Line, names: ExportedNames): SourceTask[] {
    const { form } = this;
    const place = `line ${number}`;
    if (error) throw error;
    if (!isRecord(value)) throw new BadLine('it is no JSON object');
    if (form !== 'beads' && isExportedTask(value)) return [readExportedTask(value, place, names)];
    if (form !== 'export' && isBeadsIssue(value)) return listOf(readBeadsIssue(value, place));
    throw new BadLine('it is neither an exported task (a "name") nor an issue of Beads (an "id" and a "status")');
  }

  private add(place: string, read: () => SourceTask[]): void {
    try {
      const tasks = read();
      if (tasks.length === 0) this.deleted++;
      for (const task of tasks) {
        const before = this.places.get(task.key);
        if (before !== undefined) throw new BadLine(`${cut(task.key, 80)} is on ${before} already`);
        this.places.set(task.key, task.place);
        this.tasks.push(task);
      }
    } catch (error) {
      if (!(error instanceof BadLine)) throw error;
      this.fail(place, error);
    }
  }

  private fail(place: string, error: BadLine): void {
    this.errors.push(`${place}: ${error.message}`);
    if (this.errors.length === errorsShown) throw new TooManyErrors();
  }

  private guarded(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof TooManyErrors)) throw error;
    }
  }
}

function lineOf(text: string, number: number): Line {
  try {
    return { number, value: JSON.parse(text) as unknown };
  } catch (error) {
    const why = new BadLine(`it is no JSON: ${cut((error as Error).message, 120)}`);
    return { number, value: undefined, error: why };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Whoever asked says in words what was expected there.
    return undefined;
  }
}

function listOf(task: SourceTask | undefined): SourceTask[] {
  return task ? [task] : [];
}
