import type { Command } from 'commander';
import type { BulkChangeTasksResponse } from '../../gen/holdfast/v1/task_service';
import { BulkChangeTasksRequest, TaskServiceService } from '../../gen/holdfast/v1/task_service';
import type { Run } from '../command-run';
import { action } from '../command-run';
import { confirm } from '../confirm';
import { collect } from '../collect';
import type { CliContext } from '../context';
import { exitCode } from '../exit-code';
import { usage } from '../failure';
import { followOperation, tellOutcome } from '../follow-operation';
import { jsonOf } from '../proto-json';
import { projectName, shortId } from '../resource-name';
import type { TaskFlags } from '../task-flags';
import { addTaskFlags, readTaskFlags } from '../task-flags';
import { briefLine } from '../task-view';
import { printJson } from './operation';

export interface BulkFlags {
  filter: string;
  reason?: string;
  dryRun?: boolean;
  yes?: boolean;
  wait: boolean;
}

type Change = NonNullable<BulkChangeTasksRequest['change']>;

/** So many of the tasks that match are shown before the question. */
const sampleShown = 10;

/** Adds `bulk` with its verbs. */
export function addTaskBulk(task: Command, context: CliContext): void {
  const bulk = task
    .command('bulk')
    .description('Do one thing to every task that a filter selects.')
    .addHelpText(
      'after',
      '\nIt says first how many there are, and asks. The work is an operation of\nthe server: it goes on when this command ends, and after a restart.\n' +
        '\nExamples:\n  holdfast task bulk cancel --filter \'labels.area = "docs"\' --dry-run\n' +
        "  holdfast task bulk update --filter 'state = PENDING' --priority P3 --yes",
    );

  const verb = (name: Exclude<Change['$case'], 'update' | 'delete'>, description: string, example: string) =>
    addBulkFlags(bulk.command(name).description(description))
      .option('--reason <text>', 'why, for people')
      .addHelpText('after', `\nExample:\n  holdfast task bulk ${name} --filter '${example}'`)
      .action(
        action<BulkFlags>(context, async (run, _args, flags) => {
          await bulkChange(run, flags, name, { $case: name, value: { reason: flags.reason ?? '' } });
        }),
      );
  verb('cancel', 'Give them up: they become CANCELED.', 'labels:obsolete');
  verb('pause', 'Set them aside until they are resumed.', 'queue = "docs"');
  verb('resume', 'Take them up again, in the states that they had.', 'state = PAUSED');
  verb('retry', 'Make failed ones PENDING again.', 'state = FAILED');
  verb('complete', 'Mark those that nobody holds as done.', 'parent = "t1"');

  addBulkFlags(bulk.command('delete').description('Delete them. They can be undeleted for 30 days.'))
    .addHelpText('after', "\nExample:\n  holdfast task bulk delete --filter 'state = CANCELED'")
    .action(
      action<BulkFlags>(context, async (run, _args, flags) => {
        await bulkChange(run, flags, 'delete', { $case: 'delete', value: {} });
      }),
    );

  const update = addBulkFlags(
    bulk.command('update').description('Change fields of them. An empty value clears a field.'),
  )
    .option('--title <text>', 'what is to be done, in one line')
    .option('--unlabel <key>', 'take a label away; may be repeated', collect);
  addTaskFlags(update)
    .addHelpText('after', "\nExample:\n  holdfast task bulk update --filter 'labels:draft' --unlabel draft")
    .action(
      action<BulkFlags & TaskFlags & { unlabel?: string[] }>(context, async (run, _args, flags) => {
        const { task: fields, paths } = await readTaskFlags(flags, run.settings.project, context.stdin, Date.now());
        const updateMask = [
          ...paths.filter((path) => path !== 'name'),
          ...(flags.unlabel ?? []).map((key) => `labels.${key}`),
        ];
        if (updateMask.length === 0) throw usage('nothing to change', 'See: holdfast task bulk update --help');
        fields.name = '';
        await bulkChange(run, flags, 'update', { $case: 'update', value: { task: fields, updateMask } });
      }),
    );
}

function addBulkFlags(command: Command): Command {
  return command
    .requiredOption('--filter <filter>', 'which tasks, as holdfast task list takes it: see docs/filters.md')
    .option('--dry-run', 'only count them, and show the first')
    .option('--yes', 'do not ask')
    .option('--no-wait', 'start it, and do not wait for its end');
}

/** Says how many tasks a filter selects, asks, and changes them; waits for the end unless that is not wanted. */
export async function bulkChange(run: Run, flags: BulkFlags, verb: string, what: Change): Promise<void> {
  const { settings, connection, output, context } = run;
  const request = BulkChangeTasksRequest.fromPartial({ parent: projectName(settings.project), filter: flags.filter });
  request.change = what;
  const counted = await connection.call(TaskServiceService.bulkChangeTasks, { ...request, validateOnly: true });
  const dryRun = (flags.dryRun ?? false) || settings.validateOnly;
  if (settings.form === 'json' && dryRun) {
    return output.line(JSON.stringify(jsonOf('holdfast.v1.BulkChangeTasksResponse', counted.bytes)));
  }
  if (settings.form !== 'json') await showMatches(run, counted.message);
  if (dryRun) return;
  const { matched } = counted.message;
  if (matched > 0 && !flags.yes && !(await confirm(context, `${verb} ${countWords(counted.message)}?`))) {
    output.remark('Nothing was changed.');
    return context.setExitCode(exitCode.refused);
  }
  if (matched === 0) {
    if (settings.form === 'json')
      await output.line(JSON.stringify(jsonOf('holdfast.v1.BulkChangeTasksResponse', counted.bytes)));
    return;
  }
  const started = await connection.call(TaskServiceService.bulkChangeTasks, {
    ...request,
    requestId: settings.requestId,
  });
  const { operation } = started.message;
  if (!operation) throw new Error('the server started no operation');
  if (!flags.wait) {
    if (settings.form === 'json') return printJson(run, operation);
    return output.line(
      `${shortId(operation.name)} started. Follow it: holdfast operation wait ${shortId(operation.name)}`,
    );
  }
  const followed = await followOperation(run, operation.name);
  if (settings.form === 'json' && followed.kind === 'ended') await printJson(run, followed.operation);
  await tellOutcome(run, operation.name, followed);
}

async function showMatches({ output }: Run, counted: BulkChangeTasksResponse): Promise<void> {
  const shown = counted.sample.slice(0, sampleShown);
  if (shown.length === 0) return output.remark('No task matches.');
  await output.line(`${countWords(counted)}:`);
  await output.lines(shown.map((task) => `  ${briefLine(task)}`));
  const hidden = counted.matched - shown.length;
  if (hidden > 0) await output.line(`  and ${hidden}${counted.scanLimited ? ' or more' : ''} others`);
}

function countWords({ matched, scanLimited }: BulkChangeTasksResponse): string {
  if (scanLimited) return `${matched} tasks or more`;
  return matched === 1 ? '1 task' : `${matched} tasks`;
}
