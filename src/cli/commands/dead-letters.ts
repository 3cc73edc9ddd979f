import type { Command } from 'commander';
import type { Task } from '../../gen/holdfast/v1/task';
import { TaskState } from '../../gen/holdfast/v1/task';
import { ListTasksRequest, TaskServiceService } from '../../gen/holdfast/v1/task_service';
import { View } from '../../gen/holdfast/v1/common';
import { showList } from '../answer';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { projectName, queueName, shortId } from '../resource-name';
import { tableLines } from '../table';
import { oneLine } from '../text-width';
import { atOf, relativeTime } from '../times';
import { parseCount } from '../whole-number';
import type { BulkFlags } from './task-bulk';
import { bulkChange } from './task-bulk';

/** Adds `dead-letters` and `redrive` to `queue`. */
export function addDeadLetters(queue: Command, context: CliContext): void {
  queue
    .command('dead-letters')
    .description('List the tasks of a queue that have FAILED, and why.')
    .argument('<queue>', 'its id')
    .option('--limit <n>', 'at most this many; 0 for all', '50')
    .option('--page-token <token>', 'go on where an earlier list ended')
    .addHelpText('after', '\nExample:\n  holdfast queue dead-letters docs')
    .action(
      action<{ limit: string; pageToken?: string }>(context, async (run, [typed], { limit, pageToken }) => {
        const { project } = run.settings;
        const request = ListTasksRequest.fromPartial({
          parent: projectName(project),
          queue: shortId(queueName(project, typed!)),
          states: [TaskState.FAILED],
          view: View.FULL,
          pageToken,
        });
        await showList(
          run,
          TaskServiceService.listTasks,
          request,
          parseCount('--limit', limit),
          (page) => page.tasks,
          (last, tasks) => ({ ...last, tasks }),
          {
            brief: (task) => `${shortId(task.name)} ${errorWords(task)}`,
            table: (tasks) => deadTable(tasks, run.output.columns, Date.now()),
            nothing: `Nothing has failed in queue ${typed}.`,
          },
        );
      }),
    );

  queue
    .command('redrive')
    .description('Make the failed tasks of a queue PENDING again, with fresh attempts. It says how many, and asks.')
    .argument('<queue>', 'its id')
    .option('--filter <filter>', 'only those that this selects: priority <= P1; see docs/filters.md')
    .option('--reason <text>', 'why, for people')
    .option('--dry-run', 'only count them, and show the first')
    .option('--yes', 'do not ask')
    .option('--no-wait', 'start it, and do not wait for its end')
    .addHelpText('after', '\nExamples:\n  holdfast queue redrive docs --dry-run\n  holdfast queue redrive docs --yes')
    .action(
      action<Omit<BulkFlags, 'filter'> & { filter?: string }>(context, async (run, [typed], flags) => {
        const id = shortId(queueName(run.settings.project, typed!));
        const narrower = flags.filter ? ` AND (${flags.filter})` : '';
        const filter = `state = FAILED AND queue = "${id}"${narrower}`;
        const retry = { $case: 'retry' as const, value: { reason: flags.reason ?? '' } };
        await bulkChange(run, { ...flags, filter }, 'retry', retry);
      }),
    );
}

function deadTable(tasks: readonly Task[], columns: number, now: number): string[] {
  const layout = [{ title: 'ID' }, { title: 'ATTEMPTS' }, { title: 'ENDED' }, { title: 'WHY', flexible: true }];
  const rows = tasks.map((task) => [
    shortId(task.name),
    String(task.attemptCount),
    task.endTime ? relativeTime(atOf(task.endTime), now) : '',
    `${errorWords(task)} (${oneLine(task.title)})`,
  ]);
  return tableLines(layout, rows, columns);
}

function errorWords({ error, stateReason }: Task): string {
  const words = error ? [error.code, error.message] : [stateReason];
  return words.filter(Boolean).map(oneLine).join(': ') || 'no reason given';
}
