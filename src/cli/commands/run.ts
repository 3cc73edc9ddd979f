import type { Command } from 'commander';
import type { Session } from '../../gen/holdfast/v1/session';
import { EndSessionRequest, ResumeSessionRequest, SessionServiceService } from '../../gen/holdfast/v1/session_service';
import type { Task } from '../../gen/holdfast/v1/task';
import { TaskServiceService } from '../../gen/holdfast/v1/task_service';
import { collect } from '../collect';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { exitCode } from '../exit-code';
import { CallFailure, Failure, usage } from '../failure';
import { projectName, shortId } from '../resource-name';
import { Child } from '../run/child';
import type { Ended } from '../run/child';
import { childEnv } from '../run/child-env';
import { settleTask } from '../run/claimed-task';
import { splitAtDashes } from '../run/command-words';
import { keepAlive } from '../run/keep-alive';
import { agentSessionId } from '../session/actor';
import { startSession } from '../session/session-run';
import { splitPair } from '../task-flags';
import { durationOf, msOf } from '../times';
import { uuidV7 } from '../uuid';
import { emptyClaimLines } from '../work/claim-view';
import { directiveWords } from '../work/directive-words';
import type { ClaimFlags } from './claim';
import { claimRequest, nextFlags } from './claim';

interface RunFlags extends ClaimFlags {
  agent?: string;
  id?: string;
  ttl: string;
  label?: string[];
  resume?: boolean;
  takeOver?: boolean;
  claim?: boolean;
  task?: string;
  keepGoing?: boolean;
}

/** A session that this command keeps. */
interface Life {
  readonly session: Session;
  readonly token: string;
}

/** Adds `run`. */
export function addRun(program: Command, context: CliContext): void {
  const command = nextFlags(program.command('run'))
    .description('Run a program in a session that lasts while the program does; then its work is handed back.')
    .usage('[flags] -- <program> [arguments...]')
    .argument('[words...]', 'behind --: the program and its arguments')
    .option('--agent <id>', 'whose session it is; else AGENT_ID')
    .option('--id <id>', 'the id of the session; else AGENT_SESSION_ID if no session has it yet')
    .option('--ttl <duration>', 'how long the session lasts without a sign of life', '15m')
    .option('--label <key=value>', 'a label of the session; may be repeated', collect)
    .option('--resume', 'take up the unfinished work of the agent, if there is some')
    .option('--take-over', 'with --resume: that of a session that is still active, too')
    .option('--claim', 'claim the next task first, and complete or fail it by the exit code')
    .option('--task <task>', 'with --claim: this one and no other')
    .option('--wait <duration>', 'with --claim: wait so long for a task, at most 10m')
    .option('--keep-going', 'let the program go on when the session is lost, instead of stopping it')
    .addHelpText(
      'after',
      '\nThe program has AGENT_ID, AGENT_SESSION_ID, HOLDFAST_SESSION, HOLDFAST_ADDRESS\nand PERSISTENCE_HOST, _PORT or _SOCKET in its environment; with --claim also\nHOLDFAST_TASK and HOLDFAST_FENCING_TOKEN. Signals are passed on, and so is its\nexit code. Exit code 6: nothing to claim. If this command is killed, the session\nis lost after its ttl.\n' +
        '\nExamples:\n  holdfast run --agent alice -- ./agent.sh\n  holdfast run --agent alice --claim --queue docs --wait 1m -- ./work-on-one.sh',
    );
  command.action(
    action<RunFlags>(context, async (run, args, flags) => {
      const { before, words } = splitAtDashes(command, args);
      if (before.length > 0) throw usage(`"${before[0]}" stands before --`, 'The program stands behind it.');
      await runIn(run, words, checked(run, flags));
    }),
  );
}

function checked({ settings }: Run, flags: RunFlags): RunFlags & { agent: string } {
  const agent = flags.agent ?? settings.agent;
  if (!agent) throw usage('a session is of an agent', 'Give --agent NAME, or set AGENT_ID.');
  const { queue, capability, filter, lease, wait, task } = flags;
  if (!flags.claim && [queue, capability, filter, lease, wait, task].some((flag) => flag !== undefined)) {
    throw usage('--queue, --capability, --filter, --lease, --wait and --task are for --claim', 'Add --claim.');
  }
  if (flags.takeOver && !flags.resume) throw usage('--take-over is for --resume', 'Add --resume.');
  if (settings.validateOnly) throw usage('run has no --validate-only: a program is run or it is not');
  return { ...flags, agent };
}

async function runIn(run: Run, words: readonly string[], flags: RunFlags & { agent: string }): Promise<void> {
  const { context, output, settings } = run;
  const life = await begin(run, flags);
  const { name, agent } = life.session;
  let said = 'nothing was run';
  try {
    const task = flags.claim ? await claim(run, flags) : undefined;
    if (flags.claim && !task) {
      said = 'there was nothing to claim';
      return context.setExitCode(exitCode.nothing);
    }
    const child = await Child.start(context, words, {
      ...childEnv(settings, { name, agent, token: life.token }),
      HOLDFAST_TASK: task?.name,
      HOLDFAST_FENCING_TOKEN: task?.lease && String(task.lease.fencingToken),
    });
    const ended = await attend(run, life, child, task, flags);
    said = ended.said;
    const refused = task ? await settleTask(run, task, ended) : undefined;
    context.setExitCode(ended.exitCode === 0 ? (refused ?? exitCode.ok) : ended.exitCode);
  } catch (error) {
    if (error instanceof Failure) said = error.message;
    throw error;
  } finally {
    await end(run, name, said);
    if (settings.form !== 'json') output.remark(`holdfast: session ${shortId(name)} is over: ${said}`);
  }
}

async function begin(run: Run, flags: RunFlags & { agent: string }): Promise<Life> {
  const { settings, connection, context, output } = run;
  const ttl = durationOf('--ttl', flags.ttl);
  const free = flags.agent === settings.agent && settings.actor?.token === undefined;
  const fromEnv = free ? agentSessionId(context.env) : undefined;
  if (!flags.resume) {
    const labels = new Map(flags.label?.map(splitPair));
    const start = async (id: string): Promise<Life> => {
      const { message } = await startSession(run, { id, agent: flags.agent, ttl, labels, keep: false });
      return { session: message.session!, token: message.token };
    };
    if (flags.id !== undefined || fromEnv === undefined) return start(flags.id ?? '');
    try {
      return await start(fromEnv);
    } catch (error) {
      // A life that has been: a loop of runs has the same environment each time.
      if (error instanceof CallFailure && error.reason === 'ALREADY_EXISTS') return start('');
      throw error;
    }
  }
  const request = ResumeSessionRequest.fromPartial({
    parent: projectName(settings.project),
    from: { $case: 'agent', value: flags.agent },
    takeOver: flags.takeOver,
    sessionId: flags.id,
    ttl,
    requestId: settings.requestId,
  });
  const { message } = await connection.call(SessionServiceService.resumeSession, request);
  const { session, token, resumed } = message;
  connection.actAs(`${session!.name};${token}`);
  if (resumed) output.remark(`holdfast: ${shortId(session!.name)} takes up the work of ${shortId(resumed.name)}`);
  return { session: session!, token };
}

async function claim(run: Run, flags: RunFlags): Promise<Task | undefined> {
  const { connection, output } = run;
  const request = { ...claimRequest(run, flags.task, flags), requestId: uuidV7() };
  const waitMs = request.wait ? msOf(request.wait) : 0;
  const { message } = await connection.call(TaskServiceService.claimTask, request, waitMs);
  const [task] = message.tasks;
  if (task) output.remark(`holdfast: ${shortId(task.name)} claimed: ${task.title}`);
  else for (const line of emptyClaimLines(flags.queue ?? 'default', message.empty, Date.now())) output.remark(line);
  return task;
}

/** Keeps the session alive until the program has ended, and stops the program when its work is no longer wanted or sure. */
async function attend(
  run: Run,
  { session }: Life,
  child: Child,
  task: Task | undefined,
  { keepGoing = false }: RunFlags,
): Promise<Ended> {
  const { output } = run;
  const heard = new Set<string>();
  const heardLost = new Set<string>();
  const stopBeating = keepAlive(run, session.name, session.ttl ? msOf(session.ttl) : 0, {
    told: ({ directives, lostTasks }) => {
      for (const { task: wanted, directive } of directives) {
        const words = directiveWords(wanted, directive, Date.now());
        if (!heard.has(wanted)) output.remark(`holdfast: ${words}`);
        heard.add(wanted);
        if (wanted === task?.name) child.stop();
      }
      for (const lost of lostTasks) {
        // It is told more than once, for a reply may be lost.
        if (heardLost.has(lost)) continue;
        heardLost.add(lost);
        output.remark(`holdfast: ${shortId(lost)} is no longer held by this session`);
        if (lost === task?.name && !keepGoing) child.stop();
      }
    },
    lost: (failure) => {
      output.failure(failure);
      output.remark(
        keepGoing ? '  The program goes on.' : '  The program is stopped: others may have its work by now.',
      );
      if (!keepGoing) child.stop();
    },
  });
  try {
    return await child.ended();
  } finally {
    await stopBeating();
  }
}

/** Ends the session. One that the program has ended itself, or that is lost, needs nothing more. */
async function end({ connection, output }: Run, name: string, summary: string): Promise<void> {
  try {
    const request = EndSessionRequest.fromPartial({ name, summary, requestId: uuidV7() });
    await connection.call(SessionServiceService.endSession, request);
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    if (error.reason === 'SESSION_ENDED' || error.reason === 'FENCED') return;
    output.remark(`holdfast: session ${shortId(name)} could not be ended: ${error.said}`);
    output.remark('  What it holds goes back by itself once its ttl and its grace have passed.');
  }
}
