import type { Command } from 'commander';
import type { Task } from '../../gen/holdfast/v1/task';
import { ListTasksRequest, ListTasksResponse, TaskServiceService } from '../../gen/holdfast/v1/task_service';
import type { QueryPlan } from '../../gen/holdfast/v1/task_service';
import { View } from '../../gen/holdfast/v1/common';
import { action } from '../command-run';
import { collect } from '../collect';
import type { CliContext } from '../context';
import { usage } from '../failure';
import { pages } from '../pages';
import { joinedPlan, planLines } from '../query-plan-view';
import { projectName, shortId, taskName } from '../resource-name';
import { splitPair } from '../task-flags';
import { showTask } from '../task-show';
import { briefLine, taskTable } from '../task-view';
import { parseStates, stateWord } from '../task-words';
import { parseCount } from '../whole-number';
import { tableLines } from '../table';
import { oneLine } from '../text-width';
import { atOf, relativeTime } from '../times';
import { jsonOf } from '../proto-json';

interface ListFlags {
  state?: string;
  assignee?: string;
  mine?: boolean;
  queue?: string;
  parent?: string;
  label?: string[];
  filter?: string;
  orderBy?: string;
  explain?: boolean;
  deleted?: boolean;
  allProjects?: boolean;
  full?: boolean;
  limit: string;
  pageToken?: string;
}

/** Adds `get`, `list` and `revisions`. */
export function addTaskReads(task: Command, context: CliContext): void {
  task
    .command('get')
    .alias('show')
    .description('Show a task, with its edges and what holds it back.')
    .argument('<task>', 'a short id (t1), a full name, or an external id')
    .option('--revision <n>', 'as it was at this revision')
    .addHelpText('after', '\nExamples:\n  holdfast task get t1\n  holdfast task get t1 --json | jq .task.state')
    .action(
      action<{ revision?: string }>(context, async (run, [typed], { revision }) => {
        const name = taskName(run.settings.project, typed!);
        const request = {
          name,
          revision: parseCount('--revision', revision ?? '0'),
          view: View.FULL,
          atLeast: undefined,
        };
        const answer = await run.connection.call(TaskServiceService.getTask, request);
        await showTask(run, 'holdfast.v1.GetTaskResponse', answer);
      }),
    );

  task
    .command('list')
    .description('List tasks. All conditions must hold.')
    .option('--state <states>', 'one or more, with commas: pending,paused')
    .option('--assignee <agent>', 'meant for this agent')
    .option('--mine', 'meant for the agent that AGENT_ID names')
    .option('--queue <id>', 'of this queue')
    .option('--parent <task>', 'children of this task')
    .option('--label <key=value>', 'with this label; KEY alone: with any value; may be repeated', collect)
    .option('--filter <filter>', 'a filter: state = PENDING AND priority <= P1 AND labels.area = "docs"')
    .option('--order-by <order>', 'name or priority, with " desc" if wanted')
    .option('--explain', 'say how the list was made')
    .option('--deleted', 'deleted ones too')
    .option('--all-projects', 'of all projects')
    .option('--full', 'with --json: the long fields too')
    .option('--limit <n>', 'at most this many; 0 for all', '50')
    .option('--page-token <token>', 'go on where an earlier list ended')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast task list --state pending --brief\n  holdfast task list --parent t1\n' +
        '  holdfast task list --label area=docs --limit 0 --json\n' +
        "  holdfast task list --filter 'ready = true AND queue = web' --explain",
    )
    .action(
      action<ListFlags>(context, async (run, _args, flags) => {
        const { settings, output } = run;
        if (flags.mine && !settings.agent) throw usage('--mine needs AGENT_ID in the environment');
        const request = ListTasksRequest.fromPartial({
          parent: flags.allProjects ? 'projects/-' : projectName(settings.project),
          pageToken: flags.pageToken ?? '',
          states: flags.state ? parseStates(flags.state) : [],
          assignee: flags.mine ? settings.agent : flags.assignee,
          queue: flags.queue,
          parentTask: flags.parent && taskName(settings.project, flags.parent),
          labels: new Map(flags.label?.map(splitPair)),
          filter: flags.filter,
          orderBy: flags.orderBy,
          explain: flags.explain,
          showDeleted: flags.deleted,
          view: flags.full ? View.FULL : View.BASIC,
        });
        const tasks: Task[] = [];
        const plans: QueryPlan[] = [];
        let next = '';
        const limit = parseCount('--limit', flags.limit);
        for await (const { message } of pages(run.connection, TaskServiceService.listTasks, request, limit, tasksOf)) {
          tasks.push(...message.tasks);
          if (message.plan) plans.push(message.plan);
          next = message.nextPageToken;
        }
        const plan = joinedPlan(plans);
        if (settings.form === 'json') {
          const all = ListTasksResponse.fromPartial({ tasks, nextPageToken: next, plan });
          const json = jsonOf('holdfast.v1.ListTasksResponse', ListTasksResponse.encode(all).finish());
          return output.line(JSON.stringify(json));
        }
        if (settings.form === 'brief') await output.lines(tasks.map(briefLine));
        else if (tasks.length > 0) await output.lines(taskTable(tasks, output, Date.now(), flags.allProjects === true));
        else output.remark('No tasks.');
        if (plan) for (const line of planLines(plan, output.columns)) output.remark(line);
        if (next) output.remark(`There are more: --limit 0 for all, or --page-token ${next}`);
      }),
    );

  task
    .command('revisions')
    .description('List the past forms of a task, newest first.')
    .argument('<task>', 'a short id, a full name, or an external id')
    .option('--limit <n>', 'at most this many; 0 for all', '50')
    .addHelpText('after', '\nExample:\n  holdfast task revisions t1')
    .action(
      action<{ limit: string }>(context, async (run, [typed], flags) => {
        const name = taskName(run.settings.project, typed!);
        const request = { name, pageSize: 0, pageToken: '', view: View.BASIC, atLeast: undefined };
        const limit = parseCount('--limit', flags.limit);
        const rows: string[][] = [];
        const method = TaskServiceService.listTaskRevisions;
        for await (const { message, bytes } of pages(
          run.connection,
          method,
          request,
          limit,
          (page) => page.revisions,
        )) {
          if (run.settings.form === 'json') {
            await run.output.line(JSON.stringify(jsonOf('holdfast.v1.ListTaskRevisionsResponse', bytes)));
            continue;
          }
          for (const past of message.revisions) {
            const changed = past.updateTime ? relativeTime(atOf(past.updateTime), Date.now()) : '';
            rows.push([String(past.revision), stateWord(past.state), changed, past.etag, oneLine(past.title)]);
          }
        }
        if (run.settings.form === 'json') return;
        if (run.settings.form === 'brief') return run.output.lines(rows.map((row) => row.join(' ')));
        const layout = ['REVISION', 'STATE', 'CHANGED', 'ETAG', 'TITLE'].map((title) => ({
          title,
          flexible: title === 'TITLE',
        }));
        await run.output.line(run.output.dim(`Revisions of ${shortId(name)}`));
        await run.output.lines(tableLines(layout, rows, run.output.columns));
      }),
    );
}

function tasksOf(page: ListTasksResponse): readonly Task[] {
  return page.tasks;
}
