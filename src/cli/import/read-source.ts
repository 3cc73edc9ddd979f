import { createInterface } from 'node:readline';
import { exitCode } from '../exit-code';
import { Failure } from '../failure';
import { isBeadsIssue, readBeadsIssue } from './beads-form';
import { isExportedTask, readExportedTask } from './export-form';
import type { SourceTask } from './source-task';
import { BadLine, cut } from './source-task';

/** So many malformed lines are named before the reading stops. */
const errorsShown = 5;

export interface Source {
  readonly tasks: readonly SourceTask[];
  /** Lines of tasks that are deleted where they come from. */
  readonly deleted: number;
}

/**
 * Reads JSON Lines, each in a form of its own. Throws a Failure that names the malformed lines: an import begins with a file
 * that is whole, or not at all.
 */
export async function readSource(input: NodeJS.ReadableStream, fileName: string): Promise<Source> {
  const tasks: SourceTask[] = [];
  const lineOf = new Map<string, number>();
  const errors: string[] = [];
  let deleted = 0;
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    line++;
    if (text.trim() === '') continue;
    try {
      const task = readLine(line === 1 ? text.replace(/^\ufeff/, '') : text, line);
      if (!task) {
        deleted++;
        continue;
      }
      const before = lineOf.get(task.key);
      if (before !== undefined) throw new BadLine(`${cut(task.key, 80)} is on line ${before} already`);
      lineOf.set(task.key, line);
      tasks.push(task);
    } catch (error) {
      if (!(error instanceof BadLine)) throw error;
      errors.push(`line ${line}: ${error.message}`);
      if (errors.length === errorsShown) break;
    }
  }
  if (errors.length > 0)
    throw new Failure(exitCode.badData, `${fileName} cannot be imported; nothing was sent`, errors);
  return { tasks, deleted };
}

function readLine(text: string, line: number): SourceTask | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BadLine(`it is no JSON: ${cut((error as Error).message, 120)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadLine('it is no JSON object');
  const record = value as Record<string, unknown>;
  if (isExportedTask(record)) return readExportedTask(record, line);
  if (isBeadsIssue(record)) return readBeadsIssue(record, line);
  throw new BadLine('it is neither an exported task (a "name") nor an issue of Beads (an "id" and a "status")');
}
