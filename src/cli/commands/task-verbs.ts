import type { Command } from 'commander';
import { TaskServiceService } from '../../gen/holdfast/v1/task_service';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { taskName } from '../resource-name';
import { parseObject } from '../task-flags';
import { showChange } from '../task-show';

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

  verb<VerbFlags & { result?: string }>(
    'complete',
    'Mark a task that nobody holds as done: it becomes SUCCEEDED.',
    ' --reason "Released in 1.4"',
    async (run, request, { result }) => {
      const outcome = result === undefined ? undefined : parseObject('--result', result);
      const answer = await run.connection.call(TaskServiceService.completeTask, {
        ...request,
        result: outcome,
        fencingToken: 0,
        artifacts: [],
        followUps: [],
        claimNext: undefined,
      });
      await showChange(run, 'holdfast.v1.CompleteTaskResponse', answer);
    },
  ).option('--result <json>', 'what came of it: a JSON object');

  verb<VerbFlags & { code?: string; message?: string; details?: string }>(
    'fail',
    'Mark a task that nobody holds as failed: it becomes FAILED and can be retried.',
    ' --code tests_failed --message "3 of 120 tests fail"',
    async (run, request, { code = '', message = '', details }) => {
      const given = details === undefined ? undefined : parseObject('--details', details);
      const error = code || message || given ? { code, message, details: given } : undefined;
      const answer = await run.connection.call(TaskServiceService.failTask, {
        ...request,
        error,
        fencingToken: 0,
        final: false,
      });
      await showChange(run, 'holdfast.v1.FailTaskResponse', answer);
    },
  )
    .option('--code <word>', 'what went wrong, for programs')
    .option('--message <text>', 'what went wrong, for people')
    .option('--details <json>', 'more, for programs: a JSON object');

  verb<VerbFlags & { cascade?: boolean }>(
    'cancel',
    'Give a task up: it becomes CANCELED.',
    ' --cascade --reason "Out of scope"',
    async (run, request, { cascade = false }) => {
      const answer = await run.connection.call(TaskServiceService.cancelTask, {
        ...request,
        cascade,
        grace: undefined,
      });
      await showChange(run, 'holdfast.v1.CancelTaskResponse', answer);
      const children = answer.message.canceledChildren.length;
      if (children > 0 && run.settings.form === 'table') await run.output.line(`With it: ${children} children.`);
    },
  ).option('--cascade', 'its live children too, and theirs');

  verb('pause', 'Set a task aside until it is resumed.', ' --reason "Waits for the new API"', async (run, request) => {
    const answer = await run.connection.call(TaskServiceService.pauseTask, { ...request, grace: undefined });
    await showChange(run, 'holdfast.v1.PauseTaskResponse', answer);
  });

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
