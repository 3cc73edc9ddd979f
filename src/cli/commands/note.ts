import type { Command } from 'commander';
import { text as readAll } from 'node:stream/consumers';
import type { Note } from '../../gen/holdfast/v1/note';
import {
  AddNoteRequest,
  ListNotesRequest,
  ListNotesResponse,
  TaskServiceService,
} from '../../gen/holdfast/v1/task_service';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { usage } from '../failure';
import { noteHead, noteText } from '../note-view';
import { pages } from '../pages';
import { jsonOf } from '../proto-json';
import { projectName, shortId, taskName } from '../resource-name';
import { fitTo, oneLine } from '../text-width';
import { parseCount } from '../whole-number';

/** Adds `note` with its subcommands. */
export function addNote(program: Command, context: CliContext): void {
  const note = program
    .command('note')
    .description('Say something about a task, and read what was said.')
    .addHelpText('after', '\nExamples:\n  holdfast note add t1 "Waits for the new API"\n  holdfast note list t1');

  note
    .command('add')
    .description('Add a note to a task. It is never changed, and goes when its task goes.')
    .argument('<task>', 'a short id, a full name, or an external id')
    .argument('<text>', 'what is to be said; - for standard input')
    .option('--author <name>', 'who says it; else AGENT_ID, else the principal')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast note add t1 "Seen on Firefox too"\n  git log -1 | holdfast note add t1 -',
    )
    .action(
      action<{ author?: string }>(context, async (run, [typed, given], { author }) => {
        const { project, requestId, validateOnly, agent } = run.settings;
        const text = given === '-' ? (await readAll(context.stdin)).trimEnd() : given!;
        if (text.trim() === '') throw usage('a note needs a text');
        const request = AddNoteRequest.fromPartial({
          parent: taskName(project, typed!),
          note: { text, author: author ?? agent ?? '' },
          requestId,
          validateOnly,
        });
        const answer = await run.connection.call(TaskServiceService.addNote, request);
        const added = answer.message.note;
        if (run.settings.form === 'json' || !added) {
          return run.output.line(JSON.stringify(jsonOf('holdfast.v1.AddNoteResponse', answer.bytes)));
        }
        const would = validateOnly ? 'Would be accepted: ' : '';
        await run.output.line(`${would}${shortId(added.name)} added to ${typed}`);
      }),
    );

  note
    .command('list')
    .description('List the notes of a task, oldest first; without a task those of all tasks of the project.')
    .argument('[task]', 'a short id, a full name, or an external id')
    .option('--limit <n>', 'at most this many; 0 for all', '0')
    .addHelpText('after', '\nExamples:\n  holdfast note list t1\n  holdfast note list --json')
    .action(
      action<{ limit: string }>(context, async (run, [typed], flags) => {
        const { settings, output, connection } = run;
        const request = ListNotesRequest.fromPartial({
          parent: typed === undefined ? `${projectName(settings.project)}/tasks/-` : taskName(settings.project, typed),
        });
        const notes: Note[] = [];
        let next = '';
        const limit = parseCount('--limit', flags.limit);
        for await (const { message } of pages(
          connection,
          TaskServiceService.listNotes,
          request,
          limit,
          (p) => p.notes,
        )) {
          notes.push(...message.notes);
          next = message.nextPageToken;
        }
        if (settings.form === 'json') {
          const all = ListNotesResponse.fromPartial({ notes, nextPageToken: next });
          const json = jsonOf('holdfast.v1.ListNotesResponse', ListNotesResponse.encode(all).finish());
          return output.line(JSON.stringify(json));
        }
        if (notes.length === 0) output.remark('No notes.');
        const now = Date.now();
        for (const one of notes) {
          const place = typed === undefined ? `${taskOf(one)}  ` : '';
          if (settings.form === 'brief') {
            const head = `${place.trimEnd()} ${shortId(one.name)} ${oneLine(one.author)}`.trimStart();
            await output.line(fitTo(`${head} ${oneLine(one.text)}`, 100));
            continue;
          }
          await output.line(output.dim(fitTo(`${place}${noteHead(one, now)}`, output.columns)));
          await output.lines(noteText(one, output.columns));
        }
        if (next) output.remark('There are more: --limit 0 for all.');
      }),
    );
}

/** The short id of a note's task. */
function taskOf({ name }: Note): string {
  return shortId(name.slice(0, name.lastIndexOf('/notes/')));
}
