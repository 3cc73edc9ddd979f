import type { Command } from 'commander';
import { View } from '../../gen/holdfast/v1/common';
import type { Note } from '../../gen/holdfast/v1/note';
import type { Task } from '../../gen/holdfast/v1/task';
import { ListNotesRequest, ListTasksRequest, TaskServiceService } from '../../gen/holdfast/v1/task_service';
import { action } from '../command-run';
import type { Connection } from '../connection';
import type { CliContext } from '../context';
import { usage } from '../failure';
import { beadsIssueOf } from '../import/beads-export';
import { exportLine } from '../import/export-line';
import { exportKey } from '../import/export-form';
import { pages } from '../pages';
import { Progress } from '../progress';
import { projectName } from '../resource-name';

/** A task has at most 256 KiB, so a page at most 25 MiB. */
const pageSize = 100;

interface ExportFlags {
  form?: string;
  filter?: string;
}

/** Adds `export`. */
export function addExport(program: Command, context: CliContext): void {
  program
    .command('export')
    .description('Print the tasks of the project that are not deleted, one a line, with their notes.')
    .option('--form <form>', 'export (canonical ProtoJSON) or beads (issues of Beads)', 'export')
    .option('--filter <filter>', 'only these tasks, as task list takes it')
    .addHelpText(
      'after',
      '\nThe result can be imported again.\n\nExamples:\n  holdfast export > tasks.jsonl\n' +
        '  holdfast export --filter \'queue = "docs"\'\n  holdfast export --form beads > issues.jsonl\n' +
        '  holdfast export --project website | holdfast import - --project copy',
    )
    .action(
      action<ExportFlags>(
        context,
        async ({ settings, connection, output }, _args, { form = 'export', filter = '' }) => {
          if (form !== 'export' && form !== 'beads') throw usage('--form must be one of export, beads');
          const parent = projectName(settings.project);
          // A bar between the lines of the result would spoil both.
          const progress = new Progress(context.stderr, 'Exporting', 0, output.columns, !context.isTty);
          const count = { tasks: 0, sequence: 0, importing: 0 };
          try {
            const notes = await allNotes(connection, parent);
            const lineOf = form === 'beads' ? await beadsLines(connection, parent) : exportLine;
            const request = ListTasksRequest.fromPartial({ parent, view: View.FULL, filter });
            const all = pages(connection, TaskServiceService.listTasks, request, 0, (page) => page.tasks, pageSize);
            for await (const { message } of all) {
              for (const task of message.tasks) {
                await output.line(lineOf(task, notes.get(task.name) ?? []));
                if (task.importId !== '') count.importing++;
              }
              count.tasks += message.tasks.length;
              count.sequence = message.position?.sequence ?? count.sequence;
              progress.advance(message.tasks.length);
            }
          } finally {
            progress.end();
          }
          const { tasks, sequence, importing } = count;
          output.remark(`Exported ${tasks} tasks of ${settings.project}, the last page as of position ${sequence}.`);
          if (importing > 0) output.remark(`${importing} of them are part of an import that is not finished.`);
        },
      ),
    );
}

/** All notes of the project by the name of their task. */
async function allNotes(connection: Connection, parent: string): Promise<Map<string, Note[]>> {
  const byTask = new Map<string, Note[]>();
  const request = ListNotesRequest.fromPartial({ parent: `${parent}/tasks/-` });
  for await (const { message } of pages(connection, TaskServiceService.listNotes, request, 0, (page) => page.notes)) {
    for (const note of message.notes) {
      const task = note.name.slice(0, note.name.lastIndexOf('/notes/'));
      const notes = byTask.get(task);
      if (notes) notes.push(note);
      else byTask.set(task, [note]);
    }
  }
  return byTask;
}

/** Writes issues. Their edges name tasks by the ids that these have as issues: all of them are known before the first line. */
async function beadsLines(
  connection: Connection,
  parent: string,
): Promise<(task: Task, notes: readonly Note[]) => string> {
  const keys = new Map<string, string>();
  const request = ListTasksRequest.fromPartial({ parent, view: View.BASIC, showDeleted: true });
  for await (const { message } of pages(connection, TaskServiceService.listTasks, request, 0, (page) => page.tasks)) {
    for (const { name, externalId } of message.tasks) keys.set(name, issueId(exportKey(name, externalId)));
  }
  const keyOf = (name: string) => keys.get(name) ?? issueId(exportKey(name, ''));
  return (task, notes) => JSON.stringify(beadsIssueOf(task, notes, keyOf));
}

/** A given id with its project looks like an issue's id: `default-t3`. */
function issueId(key: string): string {
  return key.replace(/^([a-z0-9-]+):(t[0-9]+)$/, '$1-$2');
}
