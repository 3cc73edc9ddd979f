import type { Command } from 'commander';
import type { CliContext } from '../context';
import { addTaskBulk } from './task-bulk';
import { addTaskChanges } from './task-change';
import { addTaskEdges } from './task-edges';
import { addTaskReads } from './task-read';
import { addTaskVerbs } from './task-verbs';

/** Adds `task` with its subcommands. */
export function addTask(program: Command, context: CliContext): void {
  const task = program
    .command('task')
    .description('Create tasks, read them, and move them through their states.')
    .addHelpText(
      'after',
      '\nA task is named by its short id in the project (t1), its full name\n(projects/default/tasks/t1), or its id elsewhere (JIRA-12, external:abc).\n' +
        '\nExamples:\n  holdfast task create "Fix the login page" --priority P1\n  holdfast task list --state pending\n' +
        '  holdfast task complete t1 --reason "Released"',
    );
  addTaskChanges(task, context);
  addTaskEdges(task, context);
  addTaskReads(task, context);
  addTaskVerbs(task, context);
  addTaskBulk(task, context);
}
