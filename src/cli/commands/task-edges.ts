import type { Command } from 'commander';
import { Option } from 'commander';
import type { Position } from '../../gen/holdfast/v1/common';
import type { Task } from '../../gen/holdfast/v1/task';
import { DependencyKind } from '../../gen/holdfast/v1/task';
import { AddDependencyRequest, AddDependencyResponse, TaskServiceService } from '../../gen/holdfast/v1/task_service';
import type { Mutation } from '../../gen/holdfast/v1/task_service';
import { collect } from '../collect';
import { commaList } from '../comma-list';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { Answer } from '../connection';
import type { CliContext } from '../context';
import { forwardWords, kindWords, parseKind } from '../dependency-words';
import { CallFailure, usage } from '../failure';
import { projectName, shortId, taskName } from '../resource-name';
import { showChange } from '../task-show';

interface EdgeFlags {
  on: string[];
  kind?: string;
  etag?: string;
  allowUnresolved?: boolean;
}

/** Adds `depend` and `undepend`. */
export function addTaskEdges(task: Command, context: CliContext): void {
  edgeCommand(task, 'depend', 'Add edges: a task waits for others, or has to do with them. All of them, or none.')
    .addOption(new Option('--kind <kind>', 'what the edges mean').choices(kindWords).default('blocks'))
    .option('--allow-unresolved', 'the other tasks need not be there yet')
    .addHelpText(
      'after',
      '\nblocks: it waits until the others have SUCCEEDED. run-if-failed: it runs only\n' +
        'if the other has FAILED. The other kinds hold nothing back.\n' +
        '\nExamples:\n  holdfast task depend t2 --on t1\n  holdfast task depend t5 --on t1,t3\n' +
        '  holdfast task depend t9 --on t2 --kind discovered-from',
    )
    .action(
      action<EdgeFlags>(context, async (run, [typed], flags) => {
        const kind = parseKind(flags.kind ?? 'blocks');
        const allowUnresolved = flags.allowUnresolved ?? false;
        const edges = edgesOf(run, typed!, flags, kind).map((edge) => ({ ...edge, allowUnresolved }));
        const answer = await changeEdges(run, 'addDependency', edges);
        const others = edges.map(({ dependency }) => dependency.task);
        const did = `${forwardWords(kind)} ${namesOf(others)}`;
        await showChange(run, 'holdfast.v1.AddDependencyResponse', answer, did);
        await remarkUnresolved(run, answer.message.task, others);
      }),
    );

  edgeCommand(task, 'undepend', 'Remove edges, or without --kind every edge to the other tasks. All of them, or none.')
    .addOption(new Option('--kind <kind>', 'only edges of this kind').choices(kindWords))
    .addHelpText('after', '\nExamples:\n  holdfast task undepend t2 --on t1\n  holdfast task undepend t5 --on t1,t3')
    .action(
      action<EdgeFlags>(context, async (run, [typed], flags) => {
        const kind = flags.kind === undefined ? DependencyKind.UNSPECIFIED : parseKind(flags.kind);
        const edges = edgesOf(run, typed!, flags, kind);
        const answer = await changeEdges(run, 'removeDependency', edges);
        const did = kind === DependencyKind.UNSPECIFIED ? 'has no edge to' : `no longer ${forwardWords(kind)}`;
        const others = namesOf(edges.map(({ dependency }) => dependency.task));
        await showChange(run, 'holdfast.v1.RemoveDependencyResponse', answer, `${did} ${others}`);
      }),
    );
}

interface Edge {
  readonly name: string;
  readonly dependency: { readonly task: string; readonly kind: DependencyKind };
  readonly etag: string;
}

interface Changed {
  task: Task | undefined;
  position: Position | undefined;
}

function edgeCommand(task: Command, name: string, description: string): Command {
  return task
    .command(name)
    .description(description)
    .argument('<task>', 'the task that has the edges: a short id, a full name, or an external id')
    .requiredOption('--on <tasks>', 'the other tasks: t1,t3; may be repeated', collect)
    .option('--etag <etag>', 'only if the task still has this etag');
}

/** An edge for each task that was typed. */
function edgesOf({ settings }: Run, typed: string, { on, etag = '' }: EdgeFlags, kind: DependencyKind): Edge[] {
  const { project } = settings;
  const others = new Set(on.flatMap(commaList).map((one) => taskName(project, one)));
  if (others.size === 0) throw usage('--on needs a task', 'holdfast task depend t2 --on t1');
  const name = taskName(project, typed);
  // Of several the first one alone can know the etag: it changes with each.
  return [...others].map((task, i) => ({ name, dependency: { task, kind }, etag: i === 0 ? etag : '' }));
}

/** Asks for one edge by its own method, for several in one commit. Gives what the method of one edge would answer. */
async function changeEdges(
  run: Run,
  verb: 'addDependency' | 'removeDependency',
  edges: readonly Edge[],
): Promise<Answer<Changed>> {
  const { connection, settings } = run;
  const { project, requestId, validateOnly } = settings;
  if (edges.length === 1) {
    const request = AddDependencyRequest.fromPartial({ ...edges[0], requestId, validateOnly });
    return connection.call<AddDependencyRequest, Changed>(TaskServiceService[verb], request);
  }
  const mutations = edges.map((edge): Mutation => ({
    mutation: { $case: verb, value: AddDependencyRequest.fromPartial(edge) },
  }));
  const request = { parent: projectName(project), mutations, requestId, validateOnly };
  try {
    const { message } = await connection.call(TaskServiceService.applyMutations, request);
    const result = message.results.at(-1)?.result;
    const changed = { task: result?.$case === 'task' ? result.value : undefined, position: message.position };
    return { message: changed, bytes: Buffer.from(AddDependencyResponse.encode(changed).finish()) };
  } catch (error) {
    if (error instanceof CallFailure) explain(run, error, edges);
    throw error;
  }
}

/** Says which of the tasks a refusal is about: the server knows only the places of their mutations. */
function explain({ output }: Run, failure: CallFailure, edges: readonly Edge[]): void {
  const text = [failure.said, ...failure.fields.map(({ field }) => field)].join(' ');
  const places = new Set([...text.matchAll(/mutations\[(\d+)\]/g)].map(([, place]) => Number(place)));
  for (const place of places) {
    const edge = edges[place];
    if (edge) output.remark(`mutations[${place}] is the edge to ${shortId(edge.dependency.task)}; none was changed`);
  }
}

function namesOf(tasks: readonly string[]): string {
  return tasks.map(shortId).join(', ');
}

async function remarkUnresolved(
  { output, settings }: Run,
  task: Task | undefined,
  others: readonly string[],
): Promise<void> {
  const absent = others.filter((other) => task?.unresolvedDependencies.some((edge) => edge.task === other));
  if (settings.form !== 'table' || absent.length === 0) return;
  const [which, edge, are] =
    others.length === 1
      ? ['That task', 'the edge holds', 'it is']
      : [namesOf(absent), 'such an edge holds', 'the task is'];
  const verb = absent.length === 1 ? 'is' : 'are';
  await output.line(`${which} ${verb} not there yet: ${edge} nothing back until ${are}.`);
}
