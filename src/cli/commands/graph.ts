import type { Command } from 'commander';
import { Option } from 'commander';
import type { GetTaskGraphResponse } from '../../gen/holdfast/v1/task_service';
import { GetTaskGraphRequest, GraphDirection, TaskServiceService } from '../../gen/holdfast/v1/task_service';
import type { Answer } from '../connection';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { parseKinds } from '../dependency-words';
import { usage } from '../failure';
import { dotLines, mermaidLines } from '../graph/drawing-languages';
import type { Way } from '../graph/steps';
import { stepsOf } from '../graph/steps';
import { legend, treeLines } from '../graph/tree';
import { jsonOf } from '../proto-json';
import { projectName, taskName } from '../resource-name';
import { parseCount } from '../whole-number';

interface GraphFlags {
  up?: boolean;
  down?: boolean;
  depth: string;
  nodes: string;
  kind?: string;
  children: boolean;
  all?: boolean;
  format: 'tree' | 'dot' | 'mermaid';
}

/** Adds `graph`. */
export function addGraph(program: Command, context: CliContext): void {
  program
    .command('graph')
    .description('Draw the tasks around a task, or all of a project from its top: parts, and what waits for what.')
    .argument('[task]', 'where to begin: a short id, a full name, or an external id')
    .option('--down', 'to its children and to what it waits for (default)')
    .option('--up', 'to its parent and to what waits for it; may be given beside --down')
    .option('--depth <n>', 'so many steps at most', '8')
    .option('--nodes <n>', 'so many tasks at most, up to 1000', '200')
    .option('--kind <kinds>', 'along edges of these kinds only, with commas: blocks,related')
    .option('--no-children', 'not along parents and children')
    .option('--all', 'with tasks that have SUCCEEDED or were CANCELED')
    .addOption(new Option('--format <form>', 'how to draw').choices(['tree', 'dot', 'mermaid']).default('tree'))
    .addHelpText(
      'after',
      '\nA task that several lead to is drawn once, and referred to elsewhere.\n' +
        '\nExamples:\n  holdfast graph\n  holdfast graph t1 --up --all\n' +
        '  holdfast graph t1 --kind blocks --no-children --brief\n  holdfast graph t1 --format dot | dot -Tsvg > t1.svg',
    )
    .action(
      action<GraphFlags>(context, async (run, [typed], flags) => {
        if (run.settings.form !== 'table' && flags.format !== 'tree')
          throw usage('--format excludes --json and --brief');
        const ways: Way[] = flags.up ? (flags.down ? ['down', 'up'] : ['up']) : ['down'];
        if (typed === undefined && flags.up) throw usage('--up needs a task to begin with');
        if (run.settings.form === 'json' || flags.format !== 'tree') {
          const answer = await read(run, typed, flags, ways.length === 2 ? GraphDirection.BOTH : directionOf(ways[0]!));
          return draw(run, flags, answer);
        }
        // A tree goes one way; there is no telling apart the two ways in one answer.
        for (const way of ways) await drawTree(run, typed, way, await read(run, typed, flags, directionOf(way)));
      }),
    );
}

function directionOf(way: Way): GraphDirection {
  return way === 'up' ? GraphDirection.UP : GraphDirection.DOWN;
}

async function read(
  { connection, settings }: Run,
  typed: string | undefined,
  flags: GraphFlags,
  direction: GraphDirection,
): Promise<Answer<GetTaskGraphResponse>> {
  const request = GetTaskGraphRequest.fromPartial({
    name: typed === undefined ? projectName(settings.project) : taskName(settings.project, typed),
    depth: parseCount('--depth', flags.depth),
    nodesMax: parseCount('--nodes', flags.nodes),
    direction,
    kinds: flags.kind === undefined ? [] : parseKinds(flags.kind),
    withoutChildren: !flags.children,
    liveOnly: !flags.all,
  });
  return connection.call(TaskServiceService.getTaskGraph, request);
}

async function draw(run: Run, { format }: GraphFlags, { message, bytes }: Answer<GetTaskGraphResponse>): Promise<void> {
  if (run.settings.form === 'json') {
    return run.output.line(JSON.stringify(jsonOf('holdfast.v1.GetTaskGraphResponse', bytes)));
  }
  await run.output.lines(format === 'dot' ? dotLines(message) : mermaidLines(message));
  remarkMore(run, message);
}

async function drawTree(
  run: Run,
  typed: string | undefined,
  way: Way,
  { message }: Answer<GetTaskGraphResponse>,
): Promise<void> {
  const { output, settings } = run;
  if (message.tasks.length === 0) return output.remark('No tasks. With those that have ended: holdfast graph --all');
  const steps = stepsOf(message, way);
  const names = [...steps.tasks.keys()];
  // The server answers with the task that was asked for first, whatever name it was given by.
  const roots = typed === undefined ? names.filter((name) => steps.parentOf(name) === undefined) : names.slice(0, 1);
  const plain = settings.form === 'brief';
  if (way === 'up' && !plain) await output.line(output.dim('Upward'));
  await output.lines(treeLines(steps, roots, { columns: output.columns, plain }));
  if (!plain) await output.line(output.dim(legend(steps.tasks.values())));
  remarkMore(run, message);
}

function remarkMore({ output }: Run, { truncated }: GetTaskGraphResponse): void {
  if (truncated) output.remark('There is more: see it with --depth and --nodes, or begin further on.');
}
