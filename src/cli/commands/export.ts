import type { Command } from 'commander';
import { View } from '../../gen/holdfast/v1/common';
import { Task } from '../../gen/holdfast/v1/task';
import { ListTasksRequest, TaskServiceService } from '../../gen/holdfast/v1/task_service';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { pages } from '../pages';
import { Progress } from '../progress';
import { jsonOf } from '../proto-json';
import { projectName } from '../resource-name';

/** A task has at most 256 KiB, so a page at most 25 MiB. */
const pageSize = 100;

/** Adds `export`. */
export function addExport(program: Command, context: CliContext): void {
  program
    .command('export')
    .description(
      'Print all tasks of the project that are not deleted: canonical ProtoJSON, one a line, always in the same order.',
    )
    .addHelpText(
      'after',
      '\nThe result can be imported again.\n\nExamples:\n  holdfast export > tasks.jsonl\n' +
        '  holdfast export --project website | holdfast import - --project copy',
    )
    .action(
      action(context, async ({ settings, connection, output }) => {
        const request = ListTasksRequest.fromPartial({ parent: projectName(settings.project), view: View.FULL });
        // A bar between the lines of the result would spoil both.
        const progress = new Progress(context.stderr, 'Exporting', 0, output.columns, !context.isTty);
        let count = 0;
        let sequence = 0;
        try {
          const all = pages(connection, TaskServiceService.listTasks, request, 0, (page) => page.tasks, pageSize);
          for await (const { message } of all) {
            for (const task of message.tasks) {
              await output.line(JSON.stringify(jsonOf('holdfast.v1.Task', Task.encode(task).finish())));
            }
            count += message.tasks.length;
            sequence = message.position?.sequence ?? sequence;
            progress.advance(message.tasks.length);
          }
        } finally {
          progress.end();
        }
        output.remark(`Exported ${count} tasks of ${settings.project}, the last page as of position ${sequence}.`);
      }),
    );
}
