import type { Command } from 'commander';
import { TaskServiceService } from '../../gen/holdfast/v1/task_service';
import { printAnswer } from '../answer';
import { byteWords } from '../byte-count';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { taskName } from '../resource-name';
import { oneLine } from '../text-width';
import { writeBytes } from '../written-bytes';

/** Adds `artifact` with its subcommand. */
export function addArtifact(program: Command, context: CliContext): void {
  const artifact = program
    .command('artifact')
    .description('Read what a task made. Its artifacts are listed by: holdfast task show.')
    .addHelpText('after', '\nExample:\n  holdfast artifact get t3 patch -o fix.diff');

  artifact
    .command('get')
    .description("Print an artifact's bytes, or where it is if it has none.")
    .argument('<task>', 'a short id, a full name, or an external id')
    .argument('<name>', "the artifact's name")
    .option('-o, --output <file>', 'write to this file')
    .addHelpText(
      'after',
      '\nExamples:\n  holdfast artifact get t3 patch | git apply\n  holdfast artifact get t3 report --output report.md',
    )
    .action(
      action<{ output?: string }>(context, async (run, [typed, name], { output: path }) => {
        const method = TaskServiceService.getArtifact;
        const request = { name: taskName(run.settings.project, typed!), artifact: name!, atLeast: undefined };
        const answer = await run.connection.call(method, request);
        const found = answer.message.artifact;
        if (run.settings.form === 'json' || !found) return printAnswer(run, method, answer);
        if (found.uri) return run.output.line(oneLine(found.uri));
        await writeBytes(context, path, [found.data]);
        if (path !== undefined && path !== '-') run.output.remark(`${byteWords(found.data.length)} written to ${path}`);
      }),
    );
}
