import type { Command } from 'commander';
import type { Task } from '../../gen/holdfast/v1/task';
import { TaskServiceService } from '../../gen/holdfast/v1/task_service';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { taskName } from '../resource-name';
import { showChange } from '../task-show';
import { stateWord } from '../task-words';
import { atOf, durationOf, relativeTime } from '../times';
import { addTaskEnding } from './task-ending';

interface VerbFlags {
  reason?: string;
  etag?: string;
}

interface VerbRequest {
  name: string;
  etag: string;
  requestId: string;
  validateOnly: boolean;
  reason: string;
}

/** Adds the verbs that move a task through its states. */
export function addTaskVerbs(task: Command, context: CliContext): void {
  const verb = <Flags extends VerbFlags>(
    name: string,
    description: string,
    example: string,
    act: (run: Run, request: VerbRequest, flags: Flags) => Promise<void>,
  ): Command =>
    task
      .command(name)
      .description(description)
      .argument('<task>', 'a short id, a full name, or an external id')
      .option('--reason <text>', 'why, for people')
      .option('--etag <etag>', 'only if the task still has this etag')
      .addHelpText('after', `\nExample:\n  holdfast task ${name} t1${example}`)
      .action(
        action<Flags>(context, async (run, [typed], flags) => {
          const { project, requestId, validateOnly } = run.settings;
          const { reason = '', etag = '' } = flags;
          await act(run, { name: taskName(project, typed!), etag, requestId, validateOnly, reason }, flags);
        }),
      );

  addTaskEnding(task, context, 'holdfast task');

  const graceFlag = [
    '--grace <duration>',
    'how long its holder has to stop by itself; 0s: now (default: the ttl of its lease)',
  ] as const;

  verb<VerbFlags & { cascade?: boolean; grace?: string }>(
    'cancel',
    'Give a task up: it becomes CANCELED, or its holder is told to stop.',
    ' --cascade --reason "Out of scope"',
    async (run, request, { cascade = false, grace }) => {
      const answer = await run.connection.call(TaskServiceService.cancelTask, {
        ...request,
        cascade,
        grace: durationOf('--grace', grace),
      });
      await showChange(run, 'holdfast.v1.CancelTaskResponse', answer, toldHolder(answer.message.task));
      const children = answer.message.canceledChildren.length;
      if (children > 0 && run.settings.form === 'table') await run.output.line(`With it: ${children} children.`);
    },
  )
    .option('--cascade', 'its live children too, and theirs')
    .option(...graceFlag);

  verb<VerbFlags & { grace?: string }>(
    'pause',
    'Set a task aside until it is resumed, or tell its holder to stop.',
    ' --reason "Waits for the new API"',
    async (run, request, { grace }) => {
      const answer = await run.connection.call(TaskServiceService.pauseTask, {
        ...request,
        grace: durationOf('--grace', grace),
      });
      await showChange(run, 'holdfast.v1.PauseTaskResponse', answer, toldHolder(answer.message.task));
    },
  ).option(...graceFlag);

  verb('resume', 'Take a paused task up again, in the state that it had.', '', async (run, request) => {
    const answer = await run.connection.call(TaskServiceService.resumeTask, request);
    await showChange(run, 'holdfast.v1.ResumeTaskResponse', answer);
  });

  verb('retry', 'Make a failed task PENDING again.', '', async (run, request) => {
    const answer = await run.connection.call(TaskServiceService.retryTask, request);
    await showChange(run, 'holdfast.v1.RetryTaskResponse', answer);
  });

  verb<VerbFlags & { id?: string }>(
    'reopen',
    'Make a successor of a task that is SUCCEEDED or CANCELED.',
    ' --reason "It broke again"',
    async (run, request, { id = '' }) => {
      const answer = await run.connection.call(TaskServiceService.reopenTask, { ...request, taskId: id });
      await showChange(run, 'holdfast.v1.ReopenTaskResponse', answer, 'takes its place');
    },
  ).option('--id <id>', "choose the successor's id");
}

/** What became of a task whose holder was told to stop; undefined if it stands in its new state. */
function toldHolder(task: Task | undefined): string | undefined {
  const deadline = task?.directive?.deadline;
  if (!task?.directive) return undefined;
  const due = deadline ? `, ${relativeTime(atOf(deadline), Date.now())} at the latest` : '';
  return `is ${stateWord(task.state)}; its holder was told to stop${due}`;
}
