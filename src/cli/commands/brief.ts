import type { Command } from 'commander';
import type { GetBriefingResponse } from '../../gen/holdfast/v1/session_service';
import { GetBriefingRequest, SessionServiceService } from '../../gen/holdfast/v1/session_service';
import { responseType } from '../answer';
import { askedBytes, briefingBytesMin, briefingText } from '../briefing/briefing-text';
import { firstBriefing } from '../briefing/first-briefing';
import { byteLength } from '../briefing/fit';
import { parseBytes } from '../byte-count';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { Answer } from '../connection';
import type { CliContext } from '../context';
import { headPosition } from '../event-stream';
import { CallFailure, usage } from '../failure';
import { jsonOf } from '../proto-json';
import { agentName, shortId } from '../resource-name';
import { parseCount } from '../whole-number';

interface BriefFlags {
  agent?: string;
  since?: string;
  memory?: string;
  maxBytes: string;
}

/** A briefing in JSON is asked for again with less until it fits; each try takes a share off. */
const jsonTriesMax = 8;
const jsonShrink = 0.8;
/** The server makes no smaller one. */
const askedBytesMin = 1024;

/** Adds `brief`. */
export function addBrief(program: Command, context: CliContext): void {
  program
    .command('brief')
    .description('What an agent needs at its start, or after its context was cut: Markdown within a bound of bytes.')
    .option('--agent <id>', 'of this agent: its tasks by assignment; else of the acting session')
    .option('--since <position>', 'tell what changed after this sequence, or HISTORY:SEQUENCE')
    .option('--memory <namespace>', 'only memories of this namespace and below it')
    .option('--max-bytes <n>', 'bound on what is printed: 512 or more, as 16k, 1m', '16k')
    .addHelpText(
      'after',
      '\nThe most important comes first; what did not fit is named at the end. It\nchanges nothing.\n' +
        '\nExamples:\n  holdfast brief\n  holdfast brief --agent alice --max-bytes 4k\n  holdfast brief --session s1 --since 1200 --json',
    )
    .action(action<BriefFlags>(context, brief));
}

async function brief(run: Run, _args: readonly string[], flags: BriefFlags): Promise<void> {
  const { settings, output } = run;
  const maxBytes = parseBytes('--max-bytes', flags.maxBytes);
  if (maxBytes < briefingBytesMin) throw usage(`--max-bytes must be at least ${briefingBytesMin}`);
  const request = GetBriefingRequest.fromPartial({
    since: await sinceOf(run, flags.since),
    maxBytes: askedBytes(maxBytes),
    memoryPrefix: flags.memory,
  });
  if (settings.form === 'json') return output.line(await jsonWithin(run, request, flags, maxBytes));
  const { answer, subject } = await ask(run, request, flags);
  const { briefing } = answer.message;
  if (briefing) await output.line(briefingText(briefing, { subject: shortId(subject), maxBytes, now: Date.now() }));
}

/** Asks for the briefing of the session that acts; of its agent if that session has not begun yet. */
async function ask(
  run: Run,
  request: GetBriefingRequest,
  flags: BriefFlags,
): Promise<{ answer: Answer<GetBriefingResponse>; subject: string }> {
  const { settings, connection } = run;
  const { actor, project } = settings;
  const typed = flags.agent ?? settings.agent;
  const method = SessionServiceService.getBriefing;
  if (actor && flags.agent === undefined) {
    try {
      const of = { $case: 'session' as const, value: actor.name };
      return { answer: await connection.call(method, { ...request, of }), subject: actor.name };
    } catch (error) {
      const unknown = error instanceof CallFailure && error.reason === 'NOT_FOUND';
      if (!unknown || actor.token !== undefined || typed === undefined) throw error;
    }
  }
  if (typed === undefined) throw usage('brief whom?', 'Give --session ID or --agent NAME, or set AGENT_ID.');
  const value = agentName(project, typed);
  try {
    return { answer: await connection.call(method, { ...request, of: { $case: 'agent', value } }), subject: value };
  } catch (error) {
    if (!(error instanceof CallFailure) || error.metadata['name'] !== value) throw error;
    return { answer: await firstBriefing(connection, project, value, request), subject: value };
  }
}

async function jsonWithin(run: Run, request: GetBriefingRequest, flags: BriefFlags, maxBytes: number): Promise<string> {
  let asked = request.maxBytes;
  for (let tries = 1; ; tries++) {
    const { answer } = await ask(run, { ...request, maxBytes: asked }, flags);
    const json = JSON.stringify(jsonOf(responseType(SessionServiceService.getBriefing), answer.bytes));
    const bytes = byteLength(json) + 1;
    if (bytes <= maxBytes) return json;
    if (asked <= askedBytesMin || tries === jsonTriesMax) {
      throw usage(
        `the smallest briefing takes ${bytes} bytes as JSON`,
        'Give more with --max-bytes, or leave out --json: words take less.',
      );
    }
    asked = Math.max(askedBytesMin, Math.floor(((asked * maxBytes) / bytes) * jsonShrink));
  }
}

async function sinceOf({ connection }: Run, typed: string | undefined): Promise<GetBriefingRequest['since']> {
  if (typed === undefined) return undefined;
  const [, history, sequence] = /^(?:([0-9a-f]{16}):)?(\d+)$/.exec(typed) ?? [];
  if (sequence === undefined) throw usage('--since must be a sequence, or HISTORY:SEQUENCE');
  return {
    history: history ?? (await headPosition(connection)).history,
    sequence: parseCount('--since', sequence),
  };
}
