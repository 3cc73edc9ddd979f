import type { Task } from '../gen/holdfast/v1/task';
import type { Answer } from './connection';
import type { Run } from './command-run';
import { jsonOf } from './proto-json';
import { shortId } from './resource-name';
import { briefLine, taskLines } from './task-view';
import { stateWord } from './task-words';
import { fitTo, oneLine } from './text-width';

type TaskAnswer = Answer<{ task?: Task | undefined }>;

/** Shows a task that was read. `typeName` is the response's. */
export async function showTask(run: Run, typeName: string, answer: TaskAnswer): Promise<void> {
  const { task } = answer.message;
  if (run.settings.form === 'json' || !task) return run.output.line(JSON.stringify(jsonOf(typeName, answer.bytes)));
  if (run.settings.form === 'brief') return run.output.line(briefLine(task));
  await run.output.lines(taskLines(task, run.output, Date.now()));
}

/** Says in a line what a command did to a task: "t1 is SUCCEEDED: Write the manual". */
export async function showChange(run: Run, typeName: string, answer: TaskAnswer, did?: string): Promise<void> {
  const { task } = answer.message;
  if (run.settings.form === 'json' || !task) return run.output.line(JSON.stringify(jsonOf(typeName, answer.bytes)));
  if (run.settings.form === 'brief') return run.output.line(briefLine(task));
  const would = run.settings.validateOnly ? 'Would be accepted: ' : '';
  const line = `${would}${shortId(task.name)} ${did ?? `is ${stateWord(task.state)}`}: ${oneLine(task.title)}`;
  await run.output.line(fitTo(line, run.output.columns));
}
