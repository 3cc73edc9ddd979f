import type { Command } from 'commander';
import { ResumeSessionRequest, SessionServiceService } from '../../gen/holdfast/v1/session_service';
import { askedBytes, briefingBytesMin, briefingText } from '../briefing/briefing-text';
import { parseBytes } from '../byte-count';
import { printAnswer } from '../answer';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { usage } from '../failure';
import { agentName, projectName, sessionName, shortId } from '../resource-name';
import { agentSessionId } from '../session/actor';
import { enter } from '../session/session-run';
import { durationOf } from '../times';

interface ResumeFlags {
  agent?: string;
  id?: string;
  successorAgent?: string;
  takeOver?: boolean;
  ttl?: string;
  maxBytes: string;
}

/** Adds `resume`. */
export function addSessionResume(session: Command, context: CliContext): void {
  session
    .command('resume')
    .description('Take up the work of a session that was lost or ended: a successor begins, and holds what it held.')
    .argument(
      '[session]',
      'its id or name; else that of AGENT_SESSION_ID if it began here, else the newest of the agent',
    )
    .option(
      '--agent <id>',
      'the newest session of this agent with unfinished work; if there is none, a fresh one begins',
    )
    .option('--take-over', 'take the work of a session that is still active, too')
    .option('--id <id>', "the successor's id; the service gives one if not given")
    .option('--successor-agent <id>', "the successor's agent; else that of the session")
    .option('--ttl <duration>', "the successor's ttl; else that of the session")
    .option('--max-bytes <n>', 'bound on the briefing that is printed', '16k')
    .addHelpText(
      'after',
      '\nWhat acted as the old session acts as the successor from then on: with the\nsame AGENT_SESSION_ID, by the same user.\n' +
        '\nExamples:\n  holdfast session resume\n  holdfast session resume s1 --take-over\n  holdfast session resume --agent alice',
    )
    .action(action<ResumeFlags>(context, resume));
}

async function resume(run: Run, [typed]: readonly string[], flags: ResumeFlags): Promise<void> {
  const { settings, connection, context, output } = run;
  const { project, requestId, validateOnly } = settings;
  const maxBytes = parseBytes('--max-bytes', flags.maxBytes);
  if (maxBytes < briefingBytesMin) throw usage(`--max-bytes must be at least ${briefingBytesMin}`);
  const from = fromWhat(run, typed, flags.agent);
  const request = ResumeSessionRequest.fromPartial({
    parent: projectName(project),
    from,
    takeOver: flags.takeOver,
    sessionId: flags.id ?? freeId(run, from),
    successorAgent: flags.successorAgent && agentName(project, flags.successorAgent),
    ttl: durationOf('--ttl', flags.ttl),
    maxBytes: askedBytes(maxBytes),
    requestId,
    validateOnly,
  });
  const method = SessionServiceService.resumeSession;
  const answer = await connection.call(method, request);
  const { session, token, resumed, briefing } = answer.message;
  if (session && !validateOnly) {
    const successor = { name: session.name, token };
    enter(run, session.name, successor);
    if (resumed) enter(run, resumed.name, successor);
    const keptFor = settings.actor?.keptFor;
    if (keptFor !== undefined) enter(run, keptFor, successor);
  }
  if (settings.form === 'json' || !session) return printAnswer(run, method, answer);
  const what = resumed ? `takes up the work of ${shortId(resumed.name)}` : 'begins; there was nothing to take up';
  const head = `${validateOnly ? 'Would be accepted: ' : ''}${shortId(session.name)} of ${shortId(session.agent)} ${what}.`;
  output.remark(head);
  if (agentSessionId(context.env) === undefined) {
    output.remark(`Act as it: export AGENT_ID=${shortId(session.agent)} AGENT_SESSION_ID=${shortId(session.name)}`);
  }
  if (settings.form === 'brief') return output.line(shortId(session.name));
  if (briefing)
    await output.line(briefingText(briefing, { subject: shortId(session.name), maxBytes, now: Date.now() }));
}

type From = NonNullable<ResumeSessionRequest['from']>;

function fromWhat({ settings }: Run, typed: string | undefined, agent: string | undefined): From {
  const { project, actor } = settings;
  if (typed !== undefined && agent !== undefined) throw usage('give a session or --agent, not both');
  if (typed !== undefined) return { $case: 'session', value: sessionName(project, typed) };
  if (agent !== undefined) return { $case: 'agent', value: agentName(project, agent) };
  if (actor?.token !== undefined) return { $case: 'session', value: actor.name };
  if (settings.agent !== undefined) return { $case: 'agent', value: agentName(project, settings.agent) };
  if (actor) return { $case: 'session', value: actor.name };
  throw usage('which session?', 'Give its id, or --agent NAME. See: holdfast session list --state lost');
}

/** AGENT_SESSION_ID as the successor's id, where it names a session that did not begin yet; else empty. */
function freeId({ settings, context }: Run, from: From): string {
  const { actor } = settings;
  const id = agentSessionId(context.env);
  if (id === undefined || actor?.token !== undefined || from.value.endsWith(`/${id}`)) return '';
  return actor?.name.endsWith(`/sessions/${id}`) ? id : '';
}
