import type { Command } from 'commander';
import type { Dependency } from '../../gen/holdfast/v1/task';
import { DependencyKind } from '../../gen/holdfast/v1/task';
import { CreateTaskRequest, TaskServiceService, UpdateTaskRequest } from '../../gen/holdfast/v1/task_service';
import { commaList } from '../comma-list';
import { action } from '../command-run';
import { collect } from '../collect';
import type { CliContext } from '../context';
import { usage } from '../failure';
import { projectName, taskName } from '../resource-name';
import type { TaskFlags } from '../task-flags';
import { addTaskFlags, readTaskFlags } from '../task-flags';
import { showChange } from '../task-show';

interface CreateFlags extends TaskFlags {
  id?: string;
  externalId?: string;
  dependsOn?: string[];
  discoveredFrom?: string[];
  related?: string[];
  allowUnresolved?: boolean;
}

/** Adds `create`, `update`, `delete` and `undelete`. */
export function addTaskChanges(task: Command, context: CliContext): void {
  const create = task
    .command('create')
    .description('Create a task. Its id is given (t1, t2, …) unless --id chooses one.')
    .argument('[title]', 'what is to be done, in one line')
    .option('--id <id>', 'choose the id: lower case, not of the form t1')
    .option('--external-id <id>', 'its id elsewhere; it works wherever an id does')
    .option('--depends-on <tasks>', 'it waits until these have SUCCEEDED: t1,t2; may be repeated', collect)
    .option('--discovered-from <tasks>', 'it was found while working on these', collect)
    .option('--related <tasks>', 'it has to do with these', collect)
    .option('--allow-unresolved', 'a task that it names need not be there yet');
  addTaskFlags(create)
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast task create "Fix the login page" --priority P1 --kind bug\n' +
        '  holdfast task create "Write tests" --parent t1 --criterion "CI is green"\n' +
        '  holdfast task create "Deploy" --depends-on t1,t2\n' +
        '  holdfast task create --input task.json --json',
    )
    .action(
      action<CreateFlags>(context, async (run, [title], flags) => {
        const { project, requestId, validateOnly } = run.settings;
        const given = title === undefined ? flags : { ...flags, title };
        const { task } = await readTaskFlags(given, project, context.stdin, Date.now());
        if (!task.title) throw usage('a task needs a title', 'holdfast task create "What is to be done"');
        if (flags.externalId !== undefined) task.externalId = flags.externalId;
        task.dependencies.push(...edgesOf(project, flags));
        const request = CreateTaskRequest.fromPartial({
          parent: projectName(project),
          taskId: flags.id ?? '',
          allowUnresolved: flags.allowUnresolved ?? false,
          requestId,
          validateOnly,
        });
        const answer = await run.connection.call(TaskServiceService.createTask, { ...request, task });
        await showChange(run, 'holdfast.v1.CreateTaskResponse', answer, 'created');
      }),
    );

  const update = task
    .command('update')
    .description('Change fields of a task. An empty value clears a field.')
    .argument('<task>', 'a short id, a full name, or an external id')
    .option('--title <text>', 'what is to be done, in one line')
    .option('--unlabel <key>', 'take a label away; may be repeated', collect)
    .option('--unannotate <key>', 'take an annotation away; may be repeated', collect)
    .option('--etag <etag>', 'only if the task still has this etag');
  addTaskFlags(update)
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast task update t1 --priority P0 --assignee agent-7\n' +
        '  holdfast task update t1 --label area=login --unlabel draft\n  holdfast task update t1 --parent "" --etag 42',
    )
    .action(
      action<TaskFlags & { unlabel?: string[]; unannotate?: string[]; etag?: string }>(
        context,
        async (run, [typed], flags) => {
          const { project, requestId, validateOnly } = run.settings;
          const { task, paths } = await readTaskFlags(flags, project, context.stdin, Date.now());
          task.name = taskName(project, typed!);
          for (const key of flags.unlabel ?? []) paths.push(`labels.${key}`);
          for (const key of flags.unannotate ?? []) paths.push(`annotations.${key}`);
          const updateMask = paths.filter((path) => path !== 'name');
          if (updateMask.length === 0) throw usage('nothing to change', 'See: holdfast task update --help');
          const request = UpdateTaskRequest.fromPartial({ updateMask, etag: flags.etag, requestId, validateOnly });
          const answer = await run.connection.call(TaskServiceService.updateTask, { ...request, task });
          await showChange(run, 'holdfast.v1.UpdateTaskResponse', answer, 'updated');
        },
      ),
    );

  for (const [verb, description, did] of [
    ['delete', 'Delete a task. It can be undeleted for 30 days.', 'deleted'],
    ['undelete', 'Bring a deleted task back.', 'is back'],
  ] as const) {
    task
      .command(verb)
      .description(description)
      .argument('<task>', 'a short id, a full name, or an external id')
      .option('--etag <etag>', 'only if the task still has this etag')
      .addHelpText('after', `\nExample:\n  holdfast task ${verb} t1`)
      .action(
        action<{ etag?: string }>(context, async (run, [typed], { etag = '' }) => {
          const { project, requestId, validateOnly } = run.settings;
          const request = { name: taskName(project, typed!), etag, requestId, validateOnly };
          if (verb === 'delete') {
            const answer = await run.connection.call(TaskServiceService.deleteTask, request);
            await showChange(run, 'holdfast.v1.DeleteTaskResponse', answer, did);
          } else {
            const answer = await run.connection.call(TaskServiceService.undeleteTask, request);
            await showChange(run, 'holdfast.v1.UndeleteTaskResponse', answer, did);
          }
        }),
      );
  }
}

/** The edges that the flags of `create` name. */
function edgesOf(project: string, { dependsOn, discoveredFrom, related }: CreateFlags): Dependency[] {
  const edges = (targets: readonly string[] = [], kind: DependencyKind) =>
    [...new Set(targets.flatMap(commaList))].map((typed) => ({ task: taskName(project, typed), kind }));
  return [
    ...edges(dependsOn, DependencyKind.BLOCKS),
    ...edges(discoveredFrom, DependencyKind.DISCOVERED_FROM),
    ...edges(related, DependencyKind.RELATED),
  ];
}
