import type { Command } from 'commander';
import type { CompleteTaskResponse } from '../../gen/holdfast/v1/task_service';
import {
  ClaimNext,
  CompleteTaskRequest,
  FailTaskRequest,
  TaskServiceService,
} from '../../gen/holdfast/v1/task_service';
import { collect } from '../collect';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { usage } from '../failure';
import { shortId, taskName } from '../resource-name';
import { parseObject } from '../task-flags';
import { showChange } from '../task-show';
import { durationOf } from '../times';
import { oneLine } from '../text-width';
import { parseArtifact } from '../work/artifact-file';
import { showClaimed } from '../work/claim-view';
import { heldToken } from '../work/held-token';
import type { ClaimFlags } from './claim';
import { holder, nextFlags } from './claim';

interface EndFlags {
  reason?: string;
  etag?: string;
  token?: string;
}

interface CompleteFlags extends EndFlags, ClaimFlags {
  result?: string;
  artifact?: string[];
  followUp?: string[];
  claimNext?: boolean;
}

interface FailFlags extends EndFlags {
  code?: string;
  message?: string;
  details?: string;
  final?: boolean;
}

/** Adds `complete` and `fail` below `parent`, which is typed as `path`. */
export function addTaskEnding(parent: Command, context: CliContext, path: string): void {
  nextFlags(endFlags(parent.command('complete')))
    .description('Mark a task as done that the acting session holds, or that nobody holds: it becomes SUCCEEDED.')
    .option('--result <json>', 'what came of it: a JSON object')
    .option('--artifact <name=file>', 'something that it made, or NAME=URL; may be repeated', collect)
    .option('--follow-up <title>', 'a task to create with it; may be repeated', collect)
    .option('--claim-next', 'claim the next task right after; --queue, --capability, --filter, --lease select it')
    .addHelpText(
      'after',
      `\nExamples:\n  ${path} complete t1 --reason "Released in 1.4"\n  ${path} complete t1 --artifact patch=fix.diff --claim-next`,
    )
    .action(action<CompleteFlags>(context, complete));

  endFlags(parent.command('fail'))
    .description('Say that a task has failed: it is tried again as its policy says, or becomes FAILED.')
    .option('--code <word>', 'what went wrong, for programs')
    .option('--message <text>', 'what went wrong, for people')
    .option('--details <json>', 'more, for programs: a JSON object')
    .option('--final', 'do not try it again, whatever the policy says')
    .addHelpText('after', `\nExample:\n  ${path} fail t1 --code tests_failed --message "3 of 120 tests fail"`)
    .action(action<FailFlags>(context, fail));
}

function endFlags(command: Command): Command {
  return holder(command)
    .option('--reason <text>', 'why, for people')
    .option('--etag <etag>', 'only if the task still has this etag');
}

async function complete(run: Run, [typed]: readonly string[], flags: CompleteFlags): Promise<void> {
  const { project, requestId, validateOnly, form } = run.settings;
  const name = taskName(project, typed!);
  const { queue, capability, filter, lease } = flags;
  if (!flags.claimNext && [queue, capability, filter, lease].some((flag) => flag !== undefined)) {
    throw usage('--queue, --capability, --filter and --lease select the next task', 'Add --claim-next.');
  }
  const request = CompleteTaskRequest.fromPartial({
    name,
    etag: flags.etag,
    reason: flags.reason,
    result: flags.result === undefined ? undefined : parseObject('--result', flags.result),
    fencingToken: await heldToken(run, name, flags.token),
    artifacts: flags.artifact?.map(parseArtifact),
    followUps: flags.followUp?.map((title) => ({ task: { title } })),
    claimNext: flags.claimNext
      ? ClaimNext.fromPartial({ queue, capabilities: capability, filter, leaseTtl: durationOf('--lease', lease) })
      : undefined,
    requestId,
    validateOnly,
  });
  const answer = await run.connection.call(TaskServiceService.completeTask, request);
  await showChange(run, 'holdfast.v1.CompleteTaskResponse', answer);
  if (form !== 'json') await showWhatFollows(run, answer.message, flags);
}

async function showWhatFollows(run: Run, answer: CompleteTaskResponse, { claimNext }: CompleteFlags): Promise<void> {
  const { settings, output } = run;
  for (const task of answer.followUps) {
    if (settings.form === 'table') output.remark(`With it: ${shortId(task.name)} ${oneLine(task.title)}`);
  }
  if (answer.next) {
    output.remark('');
    return showClaimed(run, [answer.next]);
  }
  if (claimNext && !settings.validateOnly) {
    output.remark(answer.nextRefusal ? `No next task: ${oneLine(answer.nextRefusal)}` : 'No next task is ready.');
  }
}

async function fail(run: Run, [typed]: readonly string[], flags: FailFlags): Promise<void> {
  const { project, requestId, validateOnly } = run.settings;
  const name = taskName(project, typed!);
  const { code = '', message = '', details } = flags;
  const given = details === undefined ? undefined : parseObject('--details', details);
  const request = FailTaskRequest.fromPartial({
    name,
    etag: flags.etag,
    reason: flags.reason,
    error: code || message || given ? { code, message, details: given } : undefined,
    fencingToken: await heldToken(run, name, flags.token),
    final: flags.final,
    requestId,
    validateOnly,
  });
  const answer = await run.connection.call(TaskServiceService.failTask, request);
  await showChange(run, 'holdfast.v1.FailTaskResponse', answer);
}
