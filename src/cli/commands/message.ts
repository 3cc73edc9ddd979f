import type { Command } from 'commander';
import { text as readAll } from 'node:stream/consumers';
import type { Message } from '../../gen/holdfast/v1/message';
import {
  AcknowledgeMessagesRequest,
  ListMessagesRequest,
  MessageServiceService,
  ReceiveMessagesRequest,
  SendMessageRequest,
} from '../../gen/holdfast/v1/message_service';
import { printAnswer, showList, tell } from '../answer';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { exitCode } from '../exit-code';
import { usage } from '../failure';
import { messageName, partyName, projectName, shortId, taskName } from '../resource-name';
import type { SessionRun } from '../session/session-run';
import { sessionAction } from '../session/session-run';
import { parseObject } from '../task-flags';
import { oneLine, plainText, wrapTo } from '../text-width';
import { atOf, durationOf, msOf, relativeTime } from '../times';
import { uuidV7 } from '../uuid';
import { parseCount } from '../whole-number';

interface SendFlags {
  task?: string;
  data?: string;
  ttl?: string;
}

interface ReceiveFlags {
  wait?: string;
  max: string;
  ack?: boolean;
}

/** Adds `message` with its subcommands. */
export function addMessage(program: Command, context: CliContext): void {
  const message = program
    .command('message')
    .description('Send word to another agent or session, and receive what was sent.')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast message send bob "The API is ready" --task t3\n  holdfast message receive --wait 1m --ack',
    );

  message
    .command('send')
    .description('Send a message: to an agent, or to a session as sessions/ID.')
    .argument('<to>', 'an agent id, or sessions/ID')
    .argument('<text>', 'what is said; - for standard input')
    .option('--task <task>', 'what it is about')
    .option('--data <json>', 'more, for programs: a JSON object')
    .option('--ttl <duration>', 'how long it is kept: 1s to 365d (default: 7d)')
    .addHelpText('after', '\nExample:\n  holdfast message send bob "The API is ready" --task t3')
    .action(
      action<SendFlags>(context, async (run, [to, given], flags) => {
        const { project, requestId, validateOnly } = run.settings;
        const text = given === '-' ? (await readAll(context.stdin)).trimEnd() : given!;
        if (text.trim() === '') throw usage('a message needs a text');
        const request = SendMessageRequest.fromPartial({
          parent: projectName(project),
          message: {
            recipient: partyName(project, to!),
            text,
            task: flags.task && taskName(project, flags.task),
            data: flags.data === undefined ? undefined : parseObject('--data', flags.data),
            ttl: durationOf('--ttl', flags.ttl),
          },
          requestId,
          validateOnly,
        });
        const method = MessageServiceService.sendMessage;
        const answer = await run.connection.call(method, request);
        await tell(run, method, answer, (sent) =>
          sent.message ? [`${shortId(sent.message.name)} sent to ${to}`] : [],
        );
      }),
    );

  message
    .command('receive')
    .description('Print the unread messages of the session and its agent, oldest first. Exit code 6: there are none.')
    .option('--wait <duration>', 'wait so long for the first one, at most 10m')
    .option('--max <n>', 'at most so many', '50')
    .option('--ack', 'mark them as read once they are printed')
    .addHelpText(
      'after',
      '\nThey stay unread until they are acknowledged.\n\nExamples:\n  holdfast message receive\n  holdfast message receive --wait 1m --ack',
    )
    .action(sessionAction<ReceiveFlags>(context, receive));

  message
    .command('ack')
    .description('Mark messages as read.')
    .argument('<messages...>', 'their ids')
    .addHelpText('after', '\nExample:\n  holdfast message ack m12 m13')
    .action(
      action(context, async (run, typed) => {
        const { project, requestId, validateOnly } = run.settings;
        const request = AcknowledgeMessagesRequest.fromPartial({
          parent: projectName(project),
          names: typed.map((one) => messageName(project, one)),
          requestId,
          validateOnly,
        });
        const method = MessageServiceService.acknowledgeMessages;
        const answer = await run.connection.call(method, request);
        await tell(run, method, answer, ({ acknowledged }) => [`${acknowledged} marked as read`]);
      }),
    );

  message
    .command('list')
    .description('List the messages of an agent or a session, oldest first.')
    .argument('[recipient]', 'an agent id, or sessions/ID; else AGENT_ID')
    .option('--all', 'acknowledged ones too')
    .option('--limit <n>', 'at most this many; 0 for all', '50')
    .option('--page-token <token>', 'go on where an earlier list ended')
    .addHelpText('after', '\nExample:\n  holdfast message list bob --all')
    .action(
      action<{ all?: boolean; limit: string; pageToken?: string }>(context, async (run, [typed], flags) => {
        const { project, agent } = run.settings;
        const recipient = typed ?? agent;
        if (recipient === undefined) throw usage('whose messages?', 'Give an agent, or set AGENT_ID.');
        const request = ListMessagesRequest.fromPartial({
          parent: projectName(project),
          recipient: partyName(project, recipient),
          showAcknowledged: flags.all,
          pageToken: flags.pageToken,
        });
        const now = Date.now();
        await showList(
          run,
          MessageServiceService.listMessages,
          request,
          parseCount('--limit', flags.limit),
          (page) => page.messages,
          (last, messages) => ({ ...last, messages }),
          {
            brief: briefMessage,
            table: (all) => all.flatMap((one) => messageLines(one, run.output.columns, now)),
            nothing: 'No messages.',
          },
        );
      }),
    );
}

async function receive(run: SessionRun, _args: readonly string[], flags: ReceiveFlags): Promise<void> {
  const { settings, output, context, connection } = run;
  const wait = durationOf('--wait', flags.wait);
  const request = ReceiveMessagesRequest.fromPartial({
    session: run.session,
    maxMessages: parseCount('--max', flags.max),
    wait,
  });
  const method = MessageServiceService.receiveMessages;
  const answer = await connection.call(method, request, wait ? msOf(wait) : 0);
  const { messages } = answer.message;
  if (settings.form === 'json') await printAnswer(run, method, answer);
  else if (settings.form === 'brief') await output.lines(messages.map(briefMessage));
  else await output.lines(messages.flatMap((one) => messageLines(one, output.columns, Date.now())));
  if (messages.length === 0) {
    if (settings.form !== 'json') output.remark('No unread messages.');
    return context.setExitCode(exitCode.nothing);
  }
  if (!flags.ack || settings.validateOnly) return;
  // Printed first: a message that was read by nobody stays unread.
  const names = messages.map(({ name }) => name);
  const acknowledge = { parent: projectName(settings.project), names, requestId: uuidV7(), validateOnly: false };
  await connection.call(MessageServiceService.acknowledgeMessages, AcknowledgeMessagesRequest.fromPartial(acknowledge));
}

function briefMessage(message: Message): string {
  const about = message.task ? ` ${shortId(message.task)}` : '';
  const from = oneLine(shortId(message.sender));
  return `${shortId(message.name)} ${from}${about} ${oneLine(message.text)}`;
}

function messageLines(message: Message, columns: number, now: number): string[] {
  const { name, sender, task, createTime, acknowledgeTime, text, data } = message;
  const when = createTime ? `  ${relativeTime(atOf(createTime), now)}` : '';
  const about = task ? `  about ${shortId(task)}` : '';
  const read = acknowledgeTime ? '  read' : '';
  const said = plainText(text)
    .split('\n')
    .flatMap((line) => wrapTo(line, columns - 4))
    .map((line) => `    ${line}`.trimEnd());
  const more = data ? [`    ${oneLine(JSON.stringify(data))}`] : [];
  return [`${shortId(name)}  from ${oneLine(shortId(sender))}${when}${about}${read}`, ...said, ...more];
}
