import type { Command } from 'commander';
import { View } from '../../gen/holdfast/v1/common';
import type { Task } from '../../gen/holdfast/v1/task';
import { ListTasksRequest, ListTasksResponse, TaskServiceService } from '../../gen/holdfast/v1/task_service';
import { blockedLines, briefBlockedLine } from '../blocked-view';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { pages } from '../pages';
import { jsonOf } from '../proto-json';
import { hasFailedBlocker } from '../readiness-words';
import { projectName } from '../resource-name';
import { briefLine, taskTable } from '../task-view';
import { parseCount } from '../whole-number';

interface ReadyFlags {
  queue?: string;
  assignee?: string;
  limit: string;
}

/** Adds `ready` and `blocked`. */
export function addReady(program: Command, context: CliContext): void {
  flagged(program.command('ready').description('List the tasks that can be worked on now, in the order of claiming.'))
    .option('--limit <n>', 'at most this many; 0 for all', '100')
    .addHelpText(
      'after',
      '\nThe order is: priority, then the time before which a task may not start,\nthen age.\n' +
        '\nExamples:\n  holdfast ready\n  holdfast ready --queue docs --limit 1 --brief',
    )
    .action(
      action<ReadyFlags>(context, async (run, _args, flags) => {
        const { tasks, next } = await read(run, flags, 'ready = true', View.BASIC);
        if (run.settings.form === 'json') return printJson(run, tasks, next);
        if (run.settings.form === 'brief') await run.output.lines(tasks.map(briefLine));
        else if (tasks.length > 0) await run.output.lines(taskTable(tasks, run.output, Date.now(), false));
        else run.output.remark('Nothing is ready. See what waits, and for what: holdfast blocked');
        remarkMore(run, next);
      }),
    );

  flagged(program.command('blocked').description('List the PENDING tasks that cannot be worked on, and why.'))
    .option('--limit <n>', 'at most this many; 0 for all', '100')
    .addHelpText(
      'after',
      '\nThose that wait for something that failed come first: there somebody has\nto do something.\n' +
        '\nExamples:\n  holdfast blocked\n  holdfast blocked --queue docs --json',
    )
    .action(
      action<ReadyFlags>(context, async (run, _args, flags) => {
        const { tasks, next } = await read(run, flags, 'state = PENDING AND ready = false', View.FULL);
        const sorted = [...tasks.filter(hasFailedBlocker), ...tasks.filter((task) => !hasFailedBlocker(task))];
        if (run.settings.form === 'json') return printJson(run, sorted, next);
        if (run.settings.form === 'brief') await run.output.lines(sorted.map(briefBlockedLine));
        else if (sorted.length > 0) await run.output.lines(blockedLines(sorted, run.output, Date.now()));
        else run.output.remark('Nothing is held back. See what can be worked on: holdfast ready');
        remarkMore(run, next);
      }),
    );
}

function flagged(command: Command): Command {
  return command.option('--queue <id>', 'of this queue').option('--assignee <agent>', 'meant for this agent');
}

async function read(
  { connection, settings }: Run,
  { queue, assignee, limit }: ReadyFlags,
  filter: string,
  view: View,
): Promise<{ tasks: Task[]; next: string }> {
  const request = ListTasksRequest.fromPartial({
    parent: projectName(settings.project),
    filter,
    queue,
    assignee,
    view,
  });
  const tasks: Task[] = [];
  let next = '';
  const count = parseCount('--limit', limit);
  for await (const { message } of pages(connection, TaskServiceService.listTasks, request, count, (p) => p.tasks)) {
    tasks.push(...message.tasks);
    next = message.nextPageToken;
  }
  return { tasks, next };
}

async function printJson({ output }: Run, tasks: Task[], nextPageToken: string): Promise<void> {
  const all = ListTasksResponse.fromPartial({ tasks, nextPageToken });
  const json = jsonOf('holdfast.v1.ListTasksResponse', ListTasksResponse.encode(all).finish());
  await output.line(JSON.stringify(json));
}

function remarkMore({ output, settings }: Run, next: string): void {
  if (next && settings.form !== 'json') output.remark('There are more: --limit 0 for all.');
}
