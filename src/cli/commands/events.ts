import type { Command } from 'commander';
import { Event, Resource } from '../../gen/holdfast/v1/event';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import type { Start, StreamEntry } from '../event-stream';
import { eventStream, headPosition } from '../event-stream';
import { briefEventLine, eventLine, resourceLine } from '../event-view';
import { usage } from '../failure';
import { jsonOf } from '../proto-json';
import { projectName } from '../resource-name';
import { parseCount } from '../whole-number';

interface EventFlags {
  follow?: boolean;
  after?: string;
  earliest?: boolean;
  snapshot?: boolean;
  types?: string;
  previous?: boolean;
  allProjects?: boolean;
}

/** Adds `events`. */
export function addEvents(program: Command, context: CliContext): void {
  program
    .command('events')
    .description('Print what changed, in order: what the journal holds, or with --follow also what comes.')
    .option('--follow', 'go on for ever; a broken connection is made again, and nothing is skipped')
    .option('--after <position>', 'start after this sequence, or HISTORY:SEQUENCE')
    .option('--earliest', 'start with the oldest that the journal holds (default without --follow)')
    .option('--snapshot', 'start with the entities as they are')
    .option('--types <types>', 'only these, with commas: task.created,project.*')
    .option('--previous', 'with --json: the entity before each change too')
    .option('--all-projects', 'of all projects')
    .addHelpText(
      'after',
      '\nWith --json each line is an event; those of a snapshot are entities:\n{"task":{…}}.\n' +
        '\nExamples:\n  holdfast events --types task.completed\n  holdfast events --follow\n' +
        '  holdfast events --follow --after 1200 --json',
    )
    .action(
      action<EventFlags>(context, async (run, _args, flags) => {
        const options = {
          parent: flags.allProjects ? 'projects/-' : projectName(run.settings.project),
          types: flags.types?.split(',').map((type) => type.trim()) ?? [],
          start: await startOf(run, flags),
          includePrevious: flags.previous ?? false,
          onReconnect: () => run.output.remark('holdfast: the stream broke; going on from where it was'),
        };
        for await (const entry of eventStream(run.connection, options)) {
          if (entry.kind === 'caught-up' && !flags.follow) return;
          await run.output.lines(linesOf(run, entry));
        }
      }),
    );
}

async function startOf(run: Run, flags: EventFlags): Promise<Start> {
  const given = [flags.after !== undefined, flags.earliest, flags.snapshot].filter(Boolean).length;
  if (given > 1) throw usage('--after, --earliest and --snapshot exclude each other');
  if (flags.snapshot) return { $case: 'snapshot', value: true };
  // The first call waits for a server that is not up yet; a stream would only report that it broke.
  const head = await headPosition(run.connection);
  if (flags.after !== undefined) {
    const [, history, sequence] = /^(?:([0-9a-f]{16}):)?(\d+)$/.exec(flags.after) ?? [];
    if (sequence === undefined) throw usage('--after must be a sequence, or HISTORY:SEQUENCE');
    const value = { history: history ?? head.history, sequence: parseCount('--after', sequence) };
    return { $case: 'after', value };
  }
  if (flags.follow && !flags.earliest) return { $case: 'after', value: head };
  return { $case: 'earliest', value: true };
}

function linesOf({ settings, output }: Run, entry: StreamEntry): string[] {
  const now = Date.now();
  if (entry.kind === 'caught-up') return [];
  if (entry.kind === 'snapshot') {
    return entry.resources.map((resource) =>
      settings.form === 'json'
        ? JSON.stringify(jsonOf('holdfast.v1.Resource', Resource.encode(resource).finish()))
        : resourceLine(resource, output.columns),
    );
  }
  return entry.events.map((event) => {
    if (settings.form === 'json') return JSON.stringify(jsonOf('holdfast.v1.Event', Event.encode(event).finish()));
    return settings.form === 'brief' ? briefEventLine(event) : eventLine(event, output.columns, now);
  });
}
