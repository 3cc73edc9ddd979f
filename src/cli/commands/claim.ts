import type { Command } from 'commander';
import {
  ClaimTaskRequest,
  HeartbeatTaskRequest,
  ReleaseTaskRequest,
  TaskServiceService,
} from '../../gen/holdfast/v1/task_service';
import { printAnswer } from '../answer';
import { collect } from '../collect';
import type { CliContext } from '../context';
import { exitCode } from '../exit-code';
import { usage } from '../failure';
import { partyName, projectName, shortId, taskName } from '../resource-name';
import { sessionAction } from '../session/session-run';
import type { SessionRun } from '../session/session-run';
import { parseObject } from '../task-flags';
import { showChange } from '../task-show';
import { durationOf, msOf } from '../times';
import { parseCount } from '../whole-number';
import { emptyClaimLines, showClaimed } from '../work/claim-view';
import { directiveWords } from '../work/directive-words';
import { heldToken } from '../work/held-token';

export interface ClaimFlags {
  queue?: string;
  capability?: string[];
  filter?: string;
  max?: string;
  wait?: string;
  lease?: string;
  etag?: string;
}

interface HeartbeatFlags {
  percent?: string;
  message?: string;
  details?: string;
  token?: string;
}

interface ReleaseFlags {
  to?: string;
  blockedBy?: string[];
  reason?: string;
  token?: string;
}

/** Adds `claim`, `heartbeat` and `release`. */
export function addClaim(program: Command, context: CliContext): void {
  nextFlags(program.command('claim'))
    .description('Take a task, or the next ready ones, for the acting session. Exit code 6: nothing was ready.')
    .argument('[task]', 'this one and no other: a short id, a full name, or an external id')
    .option('--max <n>', 'at most so many')
    .option('--wait <duration>', 'wait so long for the first one, at most 10m')
    .option('--etag <etag>', 'with a task: only if it still has this etag')
    .addHelpText(
      'after',
      '\nThe next ones come by priority, then the time before which they may not\nstart, then age. They are held until they are completed, failed or released,\nor until the session is lost.\n' +
        '\nExamples:\n  holdfast claim\n  holdfast claim t3\n  holdfast claim --queue docs --capability french --wait 30s',
    )
    .action(
      sessionAction<ClaimFlags>(context, async (run, [typed], flags) => {
        const request = claimRequest(run, typed, flags);
        const waitMs = request.wait ? msOf(request.wait) : 0;
        const answer = await run.connection.call(TaskServiceService.claimTask, request, waitMs);
        const { tasks, empty } = answer.message;
        if (run.settings.form === 'json') await printAnswer(run, TaskServiceService.claimTask, answer);
        else if (tasks.length > 0) await showClaimed(run, tasks);
        else for (const line of emptyClaimLines(flags.queue ?? 'default', empty, Date.now())) run.output.remark(line);
        if (tasks.length === 0) context.setExitCode(exitCode.nothing);
      }),
    );

  holder(program.command('heartbeat'))
    .description('Renew the lease of a task that the session holds, and say how far it is.')
    .option('--percent <n>', 'how much is done: 0 to 100')
    .option('--message <text>', 'how far it is, in words')
    .option('--details <json>', 'for programs: a JSON object')
    .addHelpText('after', '\nExample:\n  holdfast heartbeat t3 --percent 40 --message "Tests written"')
    .action(sessionAction<HeartbeatFlags>(context, heartbeat));

  holder(program.command('release'))
    .description('Give a task back that the session holds: it is PENDING again.')
    .option('--to <agent>', 'who is to get it: an agent, or sessions/ID, which holds it from now on')
    .option('--blocked-by <task>', 'a task that must succeed first; may be repeated', collect)
    .option('--reason <text>', 'why, for people')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast release t3 --reason "Needs the new API" --blocked-by t9\n  holdfast release t3 --to bob',
    )
    .action(sessionAction<ReleaseFlags>(context, release));
}

/** Adds the flags that select the next task to claim. */
export function nextFlags(command: Command): Command {
  return command
    .option('--queue <id>', 'the queue of the next task (default: "default")')
    .option('--capability <id>', 'what the caller can do; may be repeated', collect)
    .option('--filter <filter>', 'only tasks that this selects: see docs/filters.md')
    .option('--lease <duration>', "the lease's own ttl: 1s to 24h; it lives with the session if not given");
}

/** The request that the flags of a claim make. Throws a Failure if they do not go together. */
export function claimRequest(
  { settings }: Pick<SessionRun, 'settings'>,
  typed: string | undefined,
  flags: ClaimFlags,
): ClaimTaskRequest {
  const { project, requestId, validateOnly } = settings;
  const { queue, capability, filter, max, wait } = flags;
  if (typed !== undefined && [queue, capability, filter, max].some((flag) => flag !== undefined)) {
    throw usage('a task by name is not selected', 'Leave out --queue, --capability, --filter and --max.');
  }
  if (typed !== undefined && wait !== undefined) throw usage('a task by name is not waited for', 'Leave out --wait.');
  return ClaimTaskRequest.fromPartial({
    parent: projectName(project),
    name: typed === undefined ? '' : taskName(project, typed),
    queue,
    capabilities: capability,
    filter,
    maxTasks: max === undefined ? 0 : parseCount('--max', max),
    wait: durationOf('--wait', wait),
    leaseTtl: durationOf('--lease', flags.lease),
    etag: flags.etag,
    requestId,
    validateOnly,
  });
}

/** Adds the argument and the flag of a verb of a task's holder. */
export function holder(command: Command): Command {
  return command
    .argument('<task>', 'a short id, a full name, or an external id')
    .option('--token <n>', "the claim's token; else that of the session's lease");
}

async function heartbeat(run: SessionRun, [typed]: readonly string[], flags: HeartbeatFlags): Promise<void> {
  const { project, requestId, validateOnly, form } = run.settings;
  const name = taskName(project, typed!);
  const { percent, message, details } = flags;
  const told = percent !== undefined || message !== undefined || details !== undefined;
  const request = HeartbeatTaskRequest.fromPartial({
    name,
    fencingToken: await heldToken(run, name, flags.token),
    progress: told
      ? {
          percent: percent === undefined ? 0 : parsePercent(percent),
          message,
          details: details === undefined ? undefined : parseObject('--details', details),
        }
      : undefined,
    requestId,
    validateOnly,
  });
  const answer = await run.connection.call(TaskServiceService.heartbeatTask, request);
  await showChange(run, 'holdfast.v1.HeartbeatTaskResponse', answer, 'goes on');
  const { task } = answer.message;
  if (task?.directive && form !== 'json') run.output.remark(directiveWords(task.name, task.directive, Date.now()));
}

function parsePercent(text: string): number {
  const percent = /^\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!(percent <= 100)) throw usage('--percent must be a number from 0 to 100');
  return percent;
}

async function release(run: SessionRun, [typed]: readonly string[], flags: ReleaseFlags): Promise<void> {
  const { project, requestId, validateOnly } = run.settings;
  const name = taskName(project, typed!);
  const request = ReleaseTaskRequest.fromPartial({
    name,
    fencingToken: await heldToken(run, name, flags.token),
    reason: flags.reason,
    handOverTo: flags.to && partyName(project, flags.to),
    blockedBy: flags.blockedBy?.map((one) => taskName(project, one)),
    requestId,
    validateOnly,
  });
  const answer = await run.connection.call(TaskServiceService.releaseTask, request);
  const did = flags.to ? `goes to ${shortId(flags.to)}` : undefined;
  await showChange(run, 'holdfast.v1.ReleaseTaskResponse', answer, did);
}
