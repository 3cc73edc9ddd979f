import type { Command } from 'commander';
import type { Session } from '../../gen/holdfast/v1/session';
import { SessionState } from '../../gen/holdfast/v1/session';
import {
  EndSessionRequest,
  HeartbeatSessionRequest,
  ListSessionsRequest,
  SessionServiceService,
} from '../../gen/holdfast/v1/session_service';
import { printAnswer, showList, tell } from '../answer';
import { collect } from '../collect';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { usage } from '../failure';
import { agentName, partyName, projectName, sessionName, shortId } from '../resource-name';
import { actorOf, agentSessionId } from '../session/actor';
import { sessionAction, startSession } from '../session/session-run';
import { briefSession, parseSessionStates, sessionLines, sessionTable } from '../session/session-view';
import { dropToken } from '../session/token-file';
import { splitPair } from '../task-flags';
import { durationOf, lengthOfTime, msOf } from '../times';
import { directiveWords } from '../work/directive-words';
import { addSessionResume } from './session-resume';
import { parseCount } from '../whole-number';

interface StartFlags {
  agent?: string;
  ttl?: string;
  label?: string[];
}

interface EndFlags {
  summary?: string;
  handOverTo?: string;
}

/** Adds `session` with its subcommands. */
export function addSession(program: Command, context: CliContext): void {
  const session = program
    .command('session')
    .description('Start, watch, end and resume sessions: the lives of agents.')
    .addHelpText(
      'after',
      '\nAn agent acts as a session. Set AGENT_ID and AGENT_SESSION_ID, and the first\ncommand that needs it starts it. What it holds is its own until it is ended, or\ngave no sign of life for its ttl; every change that it makes is one.\n' +
        '\nExamples:\n  holdfast session start --agent alice\n  holdfast session list --state active\n  holdfast session resume --agent alice',
    );
  addStart(session, context);
  addReads(session, context);
  addHeartbeat(session, context);
  addEnd(session, context);
  addSessionResume(session, context);
}

function addStart(session: Command, context: CliContext): void {
  session
    .command('start')
    .description('Start a session, and keep its token for later commands of this user.')
    .argument('[id]', 'its id; else AGENT_SESSION_ID, else the service gives one')
    .option('--agent <id>', 'whose life it is; else AGENT_ID')
    .option('--ttl <duration>', 'how long it lasts without a sign of life; 0s: until it is ended', '15m')
    .option('--label <key=value>', 'a label; may be repeated', collect)
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast session start --agent alice\n' +
        '  holdfast session start --agent alice --ttl 1h --brief',
    )
    .action(
      action<StartFlags>(context, async (run, [typed], flags) => {
        const agent = flags.agent ?? run.settings.agent;
        if (!agent) throw usage('a session is of an agent', 'Give --agent NAME, or set AGENT_ID.');
        const answer = await startSession(run, {
          id: typed ?? agentSessionId(context.env) ?? '',
          agent,
          ttl: durationOf('--ttl', flags.ttl),
          labels: new Map(flags.label?.map(splitPair)),
          requestId: run.settings.requestId,
        });
        const begun = answer.message.session;
        if (run.settings.form === 'brief' && begun) return run.output.line(shortId(begun.name));
        await tell(run, SessionServiceService.startSession, answer, () => (begun ? beganLines(begun) : []));
      }),
    );
}

/** What to say when a session began: what it is, and how to act as it. */
export function beganLines(session: Session): string[] {
  const ttlMs = session.ttl ? msOf(session.ttl) : 0;
  const lasts = ttlMs > 0 ? `is lost after ${lengthOfTime(ttlMs)} without a sign of life` : 'lasts until it is ended';
  return [
    `${shortId(session.name)} of ${shortId(session.agent)} began; it ${lasts}.`,
    'Act as it:',
    `  export AGENT_ID=${shortId(session.agent)} AGENT_SESSION_ID=${shortId(session.name)}`,
  ];
}

function addReads(session: Command, context: CliContext): void {
  session
    .command('list')
    .description('List sessions, by name; those of one agent newest first.')
    .option('--agent <id>', 'of this agent')
    .option('--state <states>', 'one or more, with commas: active,lost,ended')
    .option('--limit <n>', 'at most this many; 0 for all', '50')
    .option('--page-token <token>', 'go on where an earlier list ended')
    .addHelpText('after', '\nExample:\n  holdfast session list --state active,lost')
    .action(
      action<{ agent?: string; state?: string; limit: string; pageToken?: string }>(
        context,
        async (run, _args, flags) => {
          const { project } = run.settings;
          const request = ListSessionsRequest.fromPartial({
            parent: projectName(project),
            agent: flags.agent && agentName(project, flags.agent),
            states: flags.state ? parseSessionStates(flags.state) : [],
            pageToken: flags.pageToken,
          });
          await showList(
            run,
            SessionServiceService.listSessions,
            request,
            parseCount('--limit', flags.limit),
            (page) => page.sessions,
            (last, sessions) => ({ ...last, sessions }),
            {
              brief: briefSession,
              table: (sessions) => sessionTable(sessions, run.output.columns, Date.now()),
              nothing: 'No sessions.',
            },
          );
        },
      ),
    );

  session
    .command('show')
    .alias('get')
    .description('Show a session; without an id the one that the command acts as.')
    .argument('[session]', 'its id or name')
    .addHelpText('after', '\nExample:\n  holdfast session show s1')
    .action(
      action(context, async (run, [typed]) => {
        const request = { name: named(run, typed), atLeast: undefined };
        const method = SessionServiceService.getSession;
        const answer = await run.connection.call(method, request);
        const shown = answer.message.session;
        if (run.settings.form === 'json' || !shown) return printAnswer(run, method, answer);
        if (run.settings.form === 'brief') return run.output.line(briefSession(shown));
        await run.output.lines(sessionLines(shown, run.output, Date.now()));
      }),
    );
}

/** The session that was typed, else the one that the command acts as. */
export function named(run: Run, typed: string | undefined): string {
  if (typed !== undefined) return sessionName(run.settings.project, typed);
  if (!run.settings.actor)
    throw usage('which session?', 'Give its id, or set AGENT_SESSION_ID. See: holdfast session list');
  return run.settings.actor.name;
}

function addHeartbeat(session: Command, context: CliContext): void {
  session
    .command('heartbeat')
    .description('Give a sign of life, and hear what is wanted of it.')
    .addHelpText(
      'after',
      '\nA change that the session makes is a sign of life too.\n\nExample:\n  holdfast session heartbeat',
    )
    .action(
      sessionAction(context, async (run) => {
        const { requestId, validateOnly } = run.settings;
        const request = HeartbeatSessionRequest.fromPartial({ name: run.session, requestId, validateOnly });
        const method = SessionServiceService.heartbeatSession;
        const answer = await run.connection.call(method, request);
        await tell(run, method, answer, ({ session: renewed, directives, lostTasks, unreadMessages }) => [
          renewed ? briefSession(renewed) : shortId(run.session),
          ...directives.map(({ task, directive }) => directiveWords(task, directive, Date.now())),
          ...lostTasks.map((task) => `${shortId(task)} is no longer held by it`),
          ...(unreadMessages > 0 ? [`${unreadMessages} unread messages: holdfast message receive`] : []),
        ]);
      }),
    );
}

function addEnd(session: Command, context: CliContext): void {
  session
    .command('end')
    .description('End a session: what it holds is handed over, or given back.')
    .argument('[session]', 'its id or name; else the one that the command acts as')
    .option('--summary <text>', 'what was done and what is to be done next: whoever resumes it reads this')
    .option('--hand-over-to <agent>', 'who gets its tasks: an agent, or sessions/ID')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast session end --summary "Tests pass; the manual is missing"\n  holdfast session end --hand-over-to bob',
    )
    .action(
      action<EndFlags>(context, async (run, [typed], flags) => {
        const { settings, connection } = run;
        const { project, requestId, validateOnly, server } = settings;
        const actor = typed === undefined ? settings.actor : actorOf(context.env, server, project, typed);
        const name = actor?.name ?? named(run, typed);
        if (actor?.token !== undefined) connection.actAs(`${name};${actor.token}`);
        const request = EndSessionRequest.fromPartial({
          name,
          summary: flags.summary,
          handOverTo: flags.handOverTo && partyName(project, flags.handOverTo),
          requestId,
          validateOnly,
        });
        const method = SessionServiceService.endSession;
        const answer = await connection.call(method, request);
        const ended = answer.message.session;
        if (!validateOnly && ended?.state === SessionState.ENDED)
          dropToken(context.env, server, actor?.keptFor ?? name);
        const to = flags.handOverTo ? `handed over to ${flags.handOverTo}` : 'given back';
        await tell(run, method, answer, ({ tasks }) => [
          `${shortId(name)} is ENDED${tasks.length > 0 ? `; ${to}: ${tasks.map(shortId).join(', ')}` : ''}`,
        ]);
      }),
    );
}
