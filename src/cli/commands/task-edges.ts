import type { Command } from 'commander';
import { Option } from 'commander';
import type { Task } from '../../gen/holdfast/v1/task';
import { DependencyKind } from '../../gen/holdfast/v1/task';
import { TaskServiceService } from '../../gen/holdfast/v1/task_service';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { forwardWords, kindWords, parseKind } from '../dependency-words';
import { taskName } from '../resource-name';
import { showChange } from '../task-show';

interface EdgeFlags {
  on: string;
  kind?: string;
  etag?: string;
  allowUnresolved?: boolean;
}

/** Adds `depend` and `undepend`. */
export function addTaskEdges(task: Command, context: CliContext): void {
  edgeCommand(task, 'depend', 'Add an edge: a task waits for another, or has to do with it.')
    .addOption(new Option('--kind <kind>', 'what the edge means').choices(kindWords).default('blocks'))
    .option('--allow-unresolved', 'the other task need not be there yet')
    .addHelpText(
      'after',
      '\nblocks: it waits until the other has SUCCEEDED. run-if-failed: it runs only\n' +
        'if the other has FAILED. The other kinds hold nothing back.\n' +
        '\nExamples:\n  holdfast task depend t2 --on t1\n  holdfast task depend t9 --on t2 --kind discovered-from',
    )
    .action(
      action<EdgeFlags>(context, async (run, [typed], flags) => {
        const kind = parseKind(flags.kind ?? 'blocks');
        const request = { ...requestOf(run, typed!, flags, kind), allowUnresolved: flags.allowUnresolved ?? false };
        const answer = await run.connection.call(TaskServiceService.addDependency, request);
        await showChange(run, 'holdfast.v1.AddDependencyResponse', answer, `${forwardWords(kind)} ${flags.on}`);
        await remarkUnresolved(run, answer.message.task, request.dependency.task);
      }),
    );

  edgeCommand(task, 'undepend', 'Remove an edge, or without --kind every edge to the other task.')
    .addOption(new Option('--kind <kind>', 'only the edge of this kind').choices(kindWords))
    .addHelpText('after', '\nExample:\n  holdfast task undepend t2 --on t1')
    .action(
      action<EdgeFlags>(context, async (run, [typed], flags) => {
        const kind = flags.kind === undefined ? DependencyKind.UNSPECIFIED : parseKind(flags.kind);
        const request = requestOf(run, typed!, flags, kind);
        const answer = await run.connection.call(TaskServiceService.removeDependency, request);
        const did = kind === DependencyKind.UNSPECIFIED ? 'has no edge to' : `no longer ${forwardWords(kind)}`;
        await showChange(run, 'holdfast.v1.RemoveDependencyResponse', answer, `${did} ${flags.on}`);
      }),
    );
}

function edgeCommand(task: Command, name: string, description: string): Command {
  return task
    .command(name)
    .description(description)
    .argument('<task>', 'the task that has the edge: a short id, a full name, or an external id')
    .requiredOption('--on <task>', 'the other task')
    .option('--etag <etag>', 'only if the task still has this etag');
}

function requestOf({ settings }: Run, typed: string, flags: EdgeFlags, kind: DependencyKind) {
  const { project, requestId, validateOnly } = settings;
  return {
    name: taskName(project, typed),
    dependency: { task: taskName(project, flags.on), kind },
    etag: flags.etag ?? '',
    requestId,
    validateOnly,
  };
}

async function remarkUnresolved({ output, settings }: Run, task: Task | undefined, target: string): Promise<void> {
  if (settings.form !== 'table' || !task?.unresolvedDependencies.some((edge) => edge.task === target)) return;
  await output.line('That task is not there yet: the edge holds nothing back until it is.');
}
