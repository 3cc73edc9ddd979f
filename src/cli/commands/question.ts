import type { Command } from 'commander';
import {
  AcknowledgeDirectiveRequest,
  ProvideInputRequest,
  RejectTaskRequest,
  RequestInputRequest,
  TaskServiceService,
} from '../../gen/holdfast/v1/task_service';
import { collect } from '../collect';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { usage } from '../failure';
import { taskName } from '../resource-name';
import type { SessionRun } from '../session/session-run';
import { sessionAction } from '../session/session-run';
import { parseObject } from '../task-flags';
import { showChange } from '../task-show';
import { stateWord } from '../task-words';
import { parseTime } from '../times';
import { heldToken } from '../work/held-token';
import { holder } from './claim';

interface AskFlags {
  option?: string[];
  schema?: string;
  default?: string;
  deadline?: string;
  keep?: boolean;
  token?: string;
}

/** Adds `ask`, `answer`, `acknowledge` and `reject`. */
export function addQuestion(program: Command, context: CliContext): void {
  holder(program.command('ask'))
    .description('Ask a question about a task that the session holds: it waits in INPUT_REQUIRED for the answer.')
    .argument('<question>', 'what is asked')
    .option('--option <text>', 'an answer to choose from; may be repeated', collect)
    .option('--schema <json>', "a JSON schema of the answer's data, for whoever asks a person")
    .option('--default <text>', 'the answer when the deadline passes')
    .option('--deadline <time>', 'when that counts: ISO 8601, or +2h from now')
    .option('--keep', 'keep the lease: the caller waits for the answer, and goes on with it')
    .addHelpText(
      'after',
      '\nThe task goes back without --keep, and is offered to who asked first once\nit is answered.\n' +
        '\nExamples:\n  holdfast ask t3 "Which database?" --option postgres --option sqlite\n' +
        '  holdfast ask t3 "Ship it?" --default no --deadline +2h --keep',
    )
    .action(sessionAction<AskFlags>(context, ask));

  program
    .command('answer')
    .description('Answer the question of a task that waits for it.')
    .argument('<task>', 'a short id, a full name, or an external id')
    .argument('<text>', 'the answer; one of the options where there are some')
    .option('--data <json>', 'more, for programs: a JSON object')
    .option('--etag <etag>', 'only if the task still has this etag')
    .addHelpText('after', '\nExample:\n  holdfast answer t3 postgres')
    .action(
      action<{ data?: string; etag?: string }>(context, async (run, [typed, text], flags) => {
        const { project, requestId, validateOnly } = run.settings;
        const data = flags.data === undefined ? undefined : parseObject('--data', flags.data);
        const request = ProvideInputRequest.fromPartial({
          name: taskName(project, typed!),
          answer: { text, data },
          etag: flags.etag,
          requestId,
          validateOnly,
        });
        const answer = await run.connection.call(TaskServiceService.provideInput, request);
        await showChange(run, 'holdfast.v1.ProvideInputResponse', answer);
      }),
    );

  holder(program.command('acknowledge'))
    .description('Say that the work on a task was stopped as somebody wanted: it is PAUSED or CANCELED then.')
    .option('--reason <text>', 'why, for people; else the reason that was given with the wish')
    .addHelpText('after', '\nExample:\n  holdfast acknowledge t3')
    .action(
      sessionAction<{ reason?: string; token?: string }>(context, async (run, [typed], { reason, token }) => {
        const { project, requestId, validateOnly } = run.settings;
        const name = taskName(project, typed!);
        const fencingToken = await heldToken(run, name, token);
        const request = AcknowledgeDirectiveRequest.fromPartial({
          name,
          fencingToken,
          reason,
          requestId,
          validateOnly,
        });
        const answer = await run.connection.call(TaskServiceService.acknowledgeDirective, request);
        await showChange(run, 'holdfast.v1.AcknowledgeDirectiveResponse', answer);
      }),
    );

  program
    .command('reject')
    .description('Turn down what was made of a task that is VERIFYING: it is tried again.')
    .argument('<task>', 'a short id, a full name, or an external id')
    .option('--reason <text>', 'why, for people and for the next attempt')
    .option('--etag <etag>', 'only if the task still has this etag')
    .addHelpText('after', '\nExample:\n  holdfast reject t3 --reason "The old browsers fail"')
    .action(
      action<{ reason?: string; etag?: string }>(context, async (run, [typed], { reason, etag }) => {
        const { project, requestId, validateOnly } = run.settings;
        const name = taskName(project, typed!);
        const request = RejectTaskRequest.fromPartial({ name, reason, etag, requestId, validateOnly });
        const answer = await run.connection.call(TaskServiceService.rejectTask, request);
        await showChange(run, 'holdfast.v1.RejectTaskResponse', answer);
      }),
    );
}

async function ask(run: SessionRun, [typed, question]: readonly string[], flags: AskFlags): Promise<void> {
  const { project, requestId, validateOnly } = run.settings;
  if (flags.default !== undefined && flags.deadline === undefined) {
    throw usage('a default counts when the deadline passes', 'Add --deadline, such as --deadline +2h.');
  }
  const name = taskName(project, typed!);
  const request = RequestInputRequest.fromPartial({
    name,
    fencingToken: await heldToken(run, name, flags.token),
    request: {
      question,
      options: flags.option,
      schema: flags.schema === undefined ? undefined : parseObject('--schema', flags.schema),
      defaultAnswer: flags.default === undefined ? undefined : { text: flags.default },
      deadline: flags.deadline === undefined ? undefined : parseTime('--deadline', flags.deadline, Date.now()),
    },
    keepLease: flags.keep,
    requestId,
    validateOnly,
  });
  const answer = await run.connection.call(TaskServiceService.requestInput, request);
  const state = answer.message.task?.state;
  const did = state === undefined ? undefined : `is ${stateWord(state)}, the question is asked`;
  await showChange(run, 'holdfast.v1.RequestInputResponse', answer, did);
}
