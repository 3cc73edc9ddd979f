import type { Command } from 'commander';
import { Event } from '../../gen/holdfast/v1/event';
import {
  EventServiceService,
  ListEventsRequest,
  ReadEventsRequest,
  VerifyAuditRequest,
} from '../../gen/holdfast/v1/event_service';
import type { KnownChain } from '../../gen/holdfast/v1/event_service';
import { AuditReport } from '../../gen/holdfast/v1/system';
import { showList } from '../answer';
import { auditTable, briefAudit, reportLines } from '../audit-view';
import { collect } from '../collect';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { exitCode } from '../exit-code';
import { usage } from '../failure';
import { followWork } from '../follow-work';
import { parsePosition, positionText } from '../position';
import { jsonOf } from '../proto-json';
import { projectName, taskName } from '../resource-name';
import { parseTime } from '../times';
import { parseCount } from '../whole-number';

interface ListFlags {
  by?: string;
  inSession?: string;
  request?: string;
  origin?: string;
  since?: string;
  until?: string;
  types?: string;
  oldestFirst?: boolean;
  allProjects?: boolean;
  limit: string;
  pageToken?: string;
}

interface ExportFlags {
  after?: string;
  to?: string;
}

interface VerifyFlags {
  anchor: string[];
  after?: string;
  wait: boolean;
}

/** Adds `audit`: who did what, when and from where; whether that is still what was written; and a copy of it. */
export function addAudit(program: Command, context: CliContext): void {
  const audit = program
    .command('audit')
    .description('Who did what, when and from where: list it, check it, export it.')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast audit list t12\n  holdfast audit list --by local --since 2030-01-31\n' +
        '  holdfast audit verify\n  holdfast audit export > audit.jsonl',
    );
  addList(audit, context);
  addVerify(audit, context);
  addExport(audit, context);
}

function addList(audit: Command, context: CliContext): void {
  audit
    .command('list')
    .description('List what happened, newest first.')
    .argument('[entity]', 'only to this: a task by its id, anything by its name')
    .option('--by <principal>', 'only what this principal did')
    .option('--in-session <id>', 'only what was done in this session: its name or its id')
    .option('--request <uuid>', 'only what was asked with this request id')
    .option('--origin <prefix>', 'only what came from here: an address, or the beginning of one')
    .option('--since <time>', 'only at or after this time: 2030-01-31T09:00:00Z or 2030-01-31')
    .option('--until <time>', 'only before this time')
    .option('--types <types>', 'only these, with commas: task.created,project.*')
    .option('--oldest-first', 'oldest first')
    .option('--all-projects', 'of all projects, and what belongs to none')
    .option('--limit <n>', 'at most this many; 0 for all', '50')
    .option('--page-token <token>', 'go on where an earlier list ended')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast audit list t12 --oldest-first\n  holdfast audit list --origin 10.0.0.',
    )
    .action(
      action<ListFlags>(context, async (run, [typed], flags) => {
        await showList(
          run,
          EventServiceService.listEvents,
          listRequest(run, typed, flags),
          parseCount('--limit', flags.limit),
          (page) => page.events,
          (last, events) => ({ ...last, events }),
          {
            brief: briefAudit,
            table: (events) => auditTable(events, run.output.columns),
            nothing: 'Nothing of that happened, as far back as the journal reaches.',
          },
        );
      }),
    );
}

function listRequest({ settings }: Run, typed: string | undefined, flags: ListFlags): ListEventsRequest {
  const { by, inSession, request, origin, since, until, types, oldestFirst, allProjects, pageToken } = flags;
  const entity = typed === undefined ? undefined : entityName(settings.project, typed);
  const now = Date.now();
  return ListEventsRequest.fromPartial({
    // An entity says by its name which project it is of.
    parent: allProjects || entity ? 'projects/-' : projectName(settings.project),
    types: types?.split(',').map((type) => type.trim()),
    entity,
    principal: by,
    session: inSession,
    requestId: request,
    origin,
    startTime: since === undefined ? undefined : parseTime('--since', since, now),
    endTime: until === undefined ? undefined : parseTime('--until', until, now),
    newestFirst: !oldestFirst,
    pageToken,
  });
}

/** A name is taken as it is; what has no slash is a task, but for the two entities that have no collection. */
function entityName(project: string, typed: string): string {
  if (typed.includes('/') || typed === 'health' || typed === 'recovery') return typed;
  return taskName(project, typed);
}

function addVerify(audit: Command, context: CliContext): void {
  audit
    .command('verify')
    .description(
      'Recompute the chain of the journal and hold it against all that is known of it. Exit code 70: changed.',
    )
    .option('--anchor <anchor>', 'a chain that you have kept: HISTORY:SEQUENCE:CHAIN; may be repeated', collect, [])
    .option('--after <position>', 'check only what is after this sequence, or HISTORY:SEQUENCE')
    .option('--no-wait', 'start it, and do not wait for its end')
    .addHelpText('after', '\nThe server goes on serving.\n\nExample:\n  holdfast audit verify')
    .action(
      action<VerifyFlags>(context, async (run, _args, flags) => {
        const { requestId, validateOnly } = run.settings;
        const after = flags.after && (await parsePosition(run.connection, '--after', flags.after));
        const anchors = flags.anchor.map(parseAnchor);
        const request = VerifyAuditRequest.fromPartial({ after: after || undefined, anchors, requestId, validateOnly });
        const { message } = await run.connection.call(EventServiceService.verifyAudit, request);
        await followWork(run, message.operation, flags.wait, AuditReport, (report) => {
          if (!report.sound) context.setExitCode(exitCode.internal);
          return reportLines(report);
        });
      }),
    );
}

function parseAnchor(text: string): KnownChain {
  const [, history, sequence, chain] = /^([0-9a-f]{16}):(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (history === undefined) throw usage('--anchor must be HISTORY:SEQUENCE:CHAIN, as audit verify prints it');
  return { position: { history, sequence: Number(sequence) }, chain: Buffer.from(chain!, 'hex') };
}

function addExport(audit: Command, context: CliContext): void {
  audit
    .command('export')
    .description('Print all events of all projects in order, one a line of JSON.')
    .option('--after <position>', 'go on after this sequence, or HISTORY:SEQUENCE: where an earlier export ended')
    .option('--to <position>', 'end with this one')
    .addHelpText(
      'after',
      '\nEach line has its position: an export that broke off goes on from there.\n' +
        '\nExamples:\n  holdfast audit export > audit.jsonl\n  holdfast audit export --after 1200 >> audit.jsonl',
    )
    .action(
      action<ExportFlags>(context, async (run, _args, flags) => {
        const { connection, output } = run;
        let after = flags.after === undefined ? undefined : await parsePosition(connection, '--after', flags.after);
        const to = flags.to === undefined ? undefined : await parsePosition(connection, '--to', flags.to);
        let events = 0;
        for (let ended = false; !ended;) {
          const request = ReadEventsRequest.fromPartial({ parent: 'projects/-', after, pageSize: 1000 });
          const { message } = await connection.call(EventServiceService.readEvents, request);
          const shown = message.events.filter(({ position }) => !to || position!.sequence <= to.sequence);
          await output.lines(shown.map(eventJson));
          events += shown.length;
          after = message.position;
          ended = message.caughtUp || shown.length < message.events.length || (!!to && after!.sequence >= to.sequence);
        }
        const end = to && after && after.sequence > to.sequence ? to : after;
        const more = end ? `, up to ${positionText(end)}. Go on later: --after ${positionText(end)}` : '';
        output.remark(`Exported ${events} events${more}`);
      }),
    );
}

function eventJson(event: Event): string {
  return JSON.stringify(jsonOf('holdfast.v1.Event', Event.encode(event).finish()));
}
