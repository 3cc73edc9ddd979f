import type { Command } from 'commander';
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { usage } from '../failure';
import { importTasks, stepsOf } from '../import/importer';
import { levelsOf } from '../import/levels';
import { readSource } from '../import/read-source';
import type { ImportReport } from '../import/report';
import { Progress } from '../progress';
import { projectName } from '../resource-name';
import { fitTo, oneLine } from '../text-width';

const warningsShown = 5;

/** Adds `import`. */
export function addImport(program: Command, context: CliContext): void {
  program
    .command('import')
    .description(
      'Create the tasks of a JSON Lines file, each in the state that it had. Repeat it freely: nothing comes twice.',
    )
    .argument('<file>', 'written by holdfast export, or issues of Beads; - for standard input')
    .option('--verbose', 'print all warnings, not only the first five')
    .addHelpText(
      'after',
      '\nThe form is found for each line. The whole file is read first:\nwith a malformed line nothing is sent.\n' +
        'What has no field of its own is kept in annotations (beads.record).\n--validate-only checks the file alone.\n' +
        '\nExamples:\n  holdfast import tasks.jsonl\n  holdfast import .beads/issues.jsonl --project website\n' +
        '  holdfast export --project a | holdfast import - --project b',
    )
    .action(
      action<{ verbose?: boolean }>(context, async (run, [file], { verbose = false }) => {
        const { settings, connection, output } = run;
        const parent = projectName(settings.project);
        const fileName = file === '-' ? 'standard input' : file!;
        const { tasks, deleted } = await readSource(await open(file!, context), fileName);
        const levels = levelsOf(tasks);
        if (settings.validateOnly) return output.line(`${fileName} can be imported: ${tasks.length} tasks.`);
        const progress = new Progress(context.stderr, 'Importing', stepsOf(levels), output.columns);
        const startedAt = performance.now();
        const onProgress = (steps: number) => progress.advance(steps);
        const report = await importTasks({ connection, parent, onProgress }, levels).finally(() => progress.end());
        const seconds = (performance.now() - startedAt) / 1000;
        if (deleted > 0) report.warnings.push(`${deleted} lines are of tasks that were deleted; they were left out`);
        await print(run, report, seconds, verbose);
      }),
    );
}

async function open(file: string, context: CliContext): Promise<NodeJS.ReadableStream> {
  if (file === '-') return context.stdin;
  try {
    await access(file);
  } catch (error) {
    throw usage(`cannot read ${file}: ${(error as Error).message}`);
  }
  return createReadStream(file, 'utf8');
}

async function print(
  { settings, output }: Run,
  report: ImportReport,
  seconds: number,
  verbose: boolean,
): Promise<void> {
  if (settings.form === 'json') {
    return output.line(JSON.stringify({ ...report, states: Object.fromEntries(report.states), seconds }));
  }
  const { created, alreadyThere, states, keptEdges, keptLabels, warnings } = report;
  await output.line(
    `Imported into ${settings.project} in ${seconds.toFixed(1)} s: ${created} created, ${alreadyThere} there already.`,
  );
  await output.line(`They are ${[...states].map(([state, count]) => `${count} ${state}`).join(', ') || 'none'}.`);
  if (keptEdges > 0) await output.line(`${keptEdges} edges between tasks are kept in annotations.`);
  if (keptLabels > 0) await output.line(`${keptLabels} labels are kept in annotations.`);
  for (const warning of verbose ? warnings : warnings.slice(0, warningsShown)) {
    output.remark(fitTo(`warning: ${oneLine(warning)}`, verbose ? Infinity : output.columns));
  }
  const hidden = verbose ? 0 : warnings.length - warningsShown;
  if (hidden > 0) output.remark(`${hidden} more warnings: see them with --verbose.`);
}
