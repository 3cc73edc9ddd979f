import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { usage } from '../failure';
import { importTasks } from '../import/importer';
import { inputFiles } from '../import/input-file';
import { importOrder } from '../import/levels';
import type { Form } from '../import/read-source';
import { forms, readSource } from '../import/read-source';
import type { ImportReport } from '../import/report';
import { newReport } from '../import/report';
import { Progress } from '../progress';
import { projectName } from '../resource-name';
import { fitTo, oneLine } from '../text-width';

const warningsShown = 5;
/** A chunk of a graph with long cycles takes many searches; a server that is gone is noticed sooner. */
const answerWithinMs = 10 * 60_000;
const idShape = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

interface ImportFlags {
  form?: string;
  importId?: string;
  verbose?: boolean;
}

/** Adds `import`. */
export function addImport(program: Command, context: CliContext): void {
  program
    .command('import')
    .description(
      'Take over the tasks of a file, with states, edges, times and notes. Repeat it freely: nothing comes twice.',
    )
    .argument('<file>', 'a file, a directory of Claude Code, or - for standard input')
    .option('--form <form>', `${forms.join(', ')}; else it is found by what is there`)
    .option('--import-id <id>', 'resume this import; else the id is made of the project and the content')
    .option('--verbose', 'print all warnings, not only the first five')
    .addHelpText(
      'after',
      '\nForms: JSON Lines of holdfast export or of Beads, the tasks.json of Task\nMaster, the tasks or todos of Claude Code.\n' +
        'The whole of it is read first: with a malformed part nothing is sent.\n' +
        'Tasks stay PAUSED until all are in. After a crash, the same command goes on.\n' +
        '--validate-only checks the source alone.\n' +
        '\nExamples:\n  holdfast import tasks.jsonl\n  holdfast import .beads/issues.jsonl --project website\n' +
        '  holdfast import .taskmaster/tasks/tasks.json\n  holdfast export --project a | holdfast import - --project b',
    )
    .action(
      action<ImportFlags>(context, async (run, [path], flags) => {
        const { settings, connection, output } = run;
        const parent = projectName(settings.project);
        const source = await readSource(await inputFiles(path!, context), formOf(flags.form));
        const tasks = importOrder(source.tasks);
        const name = path === '-' ? 'standard input' : path!;
        const { deleted, hash } = source;
        if (settings.validateOnly) {
          await output.line(`${name} can be imported: ${tasks.length} tasks.`);
          return warn(run, withDeleted(newReport(tasks), deleted), flags);
        }
        const importId = idOf(flags.importId, parent, hash);
        const progress = new Progress(context.stderr, 'Importing', 2 * tasks.length, output.columns);
        const startedAt = performance.now();
        const { retryForMs } = settings;
        const timeoutMs = Math.max(settings.timeoutMs, answerWithinMs);
        let retries = 0;
        const report = await importTasks(
          {
            ...{ connection, parent, importId, timeoutMs, retryForMs },
            onProgress: (count) => progress.advance(count),
            onRetry: ({ said }) => {
              if (retries++ === 0) output.remark(`holdfast: ${said}; going on with the import as soon as it can`);
            },
          },
          tasks,
        ).finally(() => progress.end());
        const seconds = (performance.now() - startedAt) / 1000;
        await print(run, importId, withDeleted(report, deleted), seconds);
        if (settings.form !== 'json') warn(run, report, flags);
      }),
    );
}

function formOf(word: string | undefined): Form | undefined {
  const form = forms.find((one) => one === word);
  if (word !== undefined && form === undefined) throw usage(`--form must be one of ${forms.join(', ')}`);
  return form;
}

/** The same source into the same project is the same import. */
function idOf(chosen: string | undefined, parent: string, hash: string): string {
  if (chosen === undefined) return `i-${createHash('sha256').update(`${parent}\n${hash}`).digest('hex').slice(0, 20)}`;
  if (!idShape.test(chosen)) throw usage('--import-id must be an id: a letter, then letters, digits and -');
  return chosen;
}

function withDeleted(report: ImportReport, deleted: number): ImportReport {
  if (deleted > 0) report.warnings.push(`${deleted} tasks are deleted in the source; they were left out`);
  return report;
}

async function print(
  { settings, output }: Run,
  importId: string,
  report: ImportReport,
  seconds: number,
): Promise<void> {
  if (settings.form === 'json') {
    const { states, ...rest } = report;
    return output.line(JSON.stringify({ importId, ...rest, states: Object.fromEntries(states), seconds }));
  }
  const { created, alreadyThere, released, states, parents, dependencies, unresolved, notes, keptLabels } = report;
  await output.line(
    `Imported into ${settings.project} in ${seconds.toFixed(1)} s: ${created} created, ${alreadyThere} there already.`,
  );
  const rows: readonly (readonly [string, string])[] = [
    ['released', String(released)],
    ['states', [...states].map(([state, count]) => `${count} ${state}`).join(', ') || 'none'],
    ['parents', String(parents)],
    ['dependencies', `${dependencies}${unresolved > 0 ? `, and ${unresolved} to tasks that are not there` : ''}`],
    ['notes', String(notes)],
    ...(keptLabels > 0 ? [['labels', `${keptLabels} kept in annotations`] as const] : []),
  ];
  for (const [title, value] of rows) await output.line(`  ${title.padEnd(14)}${value}`);
}

function warn({ output }: Run, { warnings }: ImportReport, { verbose = false }: ImportFlags): void {
  for (const warning of verbose ? warnings : warnings.slice(0, warningsShown)) {
    output.remark(fitTo(`warning: ${oneLine(warning)}`, verbose ? Infinity : output.columns));
  }
  const hidden = verbose ? 0 : warnings.length - warningsShown;
  if (hidden > 0) output.remark(`${hidden} more warnings: see them with --verbose.`);
}
