import type { Command } from 'commander';
import { Option } from 'commander';
import { ApplyMutationsResponse, TaskServiceService } from '../../gen/holdfast/v1/task_service';
import type { Run } from '../command-run';
import { action } from '../command-run';
import { confirm } from '../confirm';
import type { CliContext } from '../context';
import { exitCode } from '../exit-code';
import { CallFailure } from '../failure';
import type { Comparison } from '../plan/compare';
import { comparePlan } from '../plan/compare';
import type { PlanCommit } from '../plan/mutations';
import { planCommits } from '../plan/mutations';
import { comparisonJson, comparisonLines, countsLine } from '../plan/plan-view';
import { planName, plannedTasks } from '../plan/planned-task';
import type { PlanForm } from '../plan/read-plan';
import { planForms, readPlan } from '../plan/read-plan';
import { readPresent, resolveOutside } from '../plan/read-present';
import { jsonOf } from '../proto-json';
import { projectName } from '../resource-name';
import { uuidOf } from '../uuid';

interface PlanFlags {
  name?: string;
  form?: PlanForm;
  prune?: boolean;
  yes?: boolean;
  dryRun?: boolean;
}

/** Adds `plan` with its subcommand. */
export function addPlan(program: Command, context: CliContext): void {
  program
    .command('plan')
    .description('Turn a plan in Markdown or YAML into tasks with edges.')
    .addHelpText('after', '\nHow a plan is written: docs/plans.md\n\nExample:\n  holdfast plan apply plan.md')
    .command('apply')
    .description(
      'Make the tasks as a plan says: show what differs, ask, then do it. The same plan again changes nothing.',
    )
    .argument('<file>', 'Markdown or YAML; - for standard input')
    .option('--name <plan>', 'the name of the plan; it tells the tasks of one plan from those of others')
    .addOption(new Option('--form <form>', 'the language of the file, where its name does not say').choices(planForms))
    .option('--prune', 'cancel the tasks that the plan no longer has')
    .option('--dry-run', 'only show what would be done')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\n- [ ] Write the manual P1 @agent-7 #docs (after: api) {#manual}\nis an item; what is indented below it is a part of it. See docs/plans.md.\n' +
        'A task whose title changes is a new one, unless it has an id.\n' +
        '\nExamples:\n  holdfast plan apply plan.md --dry-run\n  holdfast plan apply plan.yaml --yes --project website\n' +
        '  git show HEAD:plan.md | holdfast plan apply - --yes',
    )
    .action(action<PlanFlags>(context, async (run, [file], flags) => apply(run, file!, flags)));
}

async function apply(run: Run, file: string, flags: PlanFlags): Promise<void> {
  const { settings, connection, output, context } = run;
  const { prune = false } = flags;
  const parent = projectName(settings.project);
  const { plan, fileName } = await readPlan(file, flags.form, context.stdin);
  const name = planName(plan, flags.name, fileName);
  const given = plannedTasks(plan, name, settings.project, fileName);
  const planned = await resolveOutside(connection, given, fileName);
  const comparison = comparePlan(planned, await readPresent(connection, parent, name));
  const scope = { parent, prune, pruneReason: `no longer in the plan ${name}` };
  const commits = planCommits(comparison, planned, scope);
  const dryRun = (flags.dryRun ?? false) || settings.validateOnly;
  if (settings.form !== 'json') await show(run, name, comparison, commits, prune);
  // What the server would refuse is better known before the question than after it.
  if (dryRun && commits.length === 1) await send(run, parent, commits, true);
  if (dryRun || commits.length === 0) {
    if (settings.form === 'json') await output.line(JSON.stringify({ plan: name, ...comparisonJson(comparison) }));
    return;
  }
  const question = `Apply it to ${settings.project}?`;
  if (!flags.yes && !(await confirm(context, question))) {
    output.remark('Nothing was changed.');
    return context.setExitCode(exitCode.refused);
  }
  const answers = await send(run, parent, commits, false);
  if (settings.form === 'json') {
    const all = ApplyMutationsResponse.fromPartial({
      results: answers.flatMap(({ results }) => results),
      position: answers.at(-1)?.position,
    });
    const applied = jsonOf('holdfast.v1.ApplyMutationsResponse', ApplyMutationsResponse.encode(all).finish());
    return output.line(JSON.stringify({ plan: name, ...comparisonJson(comparison), applied }));
  }
  await output.line(`Applied at position ${answers.at(-1)?.position?.sequence ?? 0}.`);
}

async function show(
  { output, settings }: Run,
  name: string,
  comparison: Comparison,
  commits: readonly PlanCommit[],
  prune: boolean,
): Promise<void> {
  if (settings.form === 'table') await output.line(output.bold(`Plan ${name}`));
  await output.lines(comparisonLines(comparison, prune, output));
  await output.line(countsLine(comparison, prune));
  if (comparison.gone.length > 0 && !prune) output.remark('--prune cancels what is no longer in the plan.');
  if (commits.length > 1) {
    output.remark(`It is too large for one commit and goes out in ${commits.length}: after a failure, apply it again.`);
  }
}

/** Sends the commits one after the other; each is all or none. */
async function send(
  run: Run,
  parent: string,
  commits: readonly PlanCommit[],
  validateOnly: boolean,
): Promise<ApplyMutationsResponse[]> {
  const { connection, settings } = run;
  const answers: ApplyMutationsResponse[] = [];
  for (const [index, { mutations, about }] of commits.entries()) {
    // One id of the whole command, so that its repetition repeats each commit.
    const requestId = index === 0 ? settings.requestId : uuidOf(settings.requestId, String(index));
    const request = { parent, mutations: [...mutations], requestId: validateOnly ? '' : requestId, validateOnly };
    try {
      answers.push((await connection.call(TaskServiceService.applyMutations, request)).message);
    } catch (error) {
      if (error instanceof CallFailure) explain(run, error, about, index);
      throw error;
    }
  }
  return answers;
}

/** Says which items of the plan a refusal is about: the server knows only the places of their mutations. */
function explain({ output }: Run, failure: CallFailure, about: readonly string[], applied: number): void {
  const text = [failure.said, ...failure.fields.map(({ field }) => field)].join(' ');
  const places = new Set([...text.matchAll(/mutations\[(\d+)\]/g)].map(([, place]) => Number(place)));
  for (const place of places) output.remark(`mutations[${place}] is ${about[place] ?? 'unknown'}`);
  if (applied > 0) {
    const before = applied === 1 ? '1 commit was' : `${applied} commits were`;
    output.remark(`${before} applied before; apply the plan again when this is put right.`);
  }
}
