// Plans in YAML, and so in JSON: `plan`, then `tasks`, each with its children. The fields are in docs/plans.md.

import type { Document } from 'yaml';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { parsePriority } from '../task-words';
import type { Plan, PlanItem, PlanMistake } from './plan';
import { badPlan } from './plan';

const words = z.array(z.string());
const labels = z.union([words, z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))]);

const taskShape = z.strictObject({
  id: z.string().optional(),
  title: z.string(),
  description: z.string().optional(),
  priority: z
    .string()
    .regex(/^[Pp][0-4]$/, 'must be one of P0, P1, P2, P3, P4')
    .optional(),
  queue: z.string().optional(),
  kind: z.string().optional(),
  assignee: z.string().optional(),
  labels: labels.optional(),
  acceptance: words.optional(),
  depends_on: words.optional(),
  done: z.boolean().optional(),
  get children() {
    return z.array(taskShape).optional();
  },
});
type YamlTask = z.infer<typeof taskShape>;

const planShape = z.strictObject({
  plan: z.string().optional(),
  title: z.string().optional(),
  tasks: z.array(taskShape),
});

type Path = readonly (string | number)[];

/** Reads a plan. Throws a Failure that names each mistake with its line. */
export function yamlPlan(text: string, fileName: string): Plan {
  const counter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: counter,
    uniqueKeys: true,
    version: '1.2',
    logLevel: 'error',
  });
  const mistakes: PlanMistake[] = document.errors.map(({ message, pos }) => ({
    line: counter.linePos(pos[0]).line,
    message: message.split('\n', 1)[0]!.replace(/ at line \d+, column \d+:?$/, ''),
  }));
  if (mistakes.length > 0) throw badPlan(fileName, mistakes);
  const read = planShape.safeParse(valueOf(document, fileName));
  if (!read.success) {
    throw badPlan(
      fileName,
      read.error.issues.map((issue) => ({
        line: lineOf(document, counter, issue.path as Path),
        message: `${issue.path.join('.') || 'the file'}: ${issue.message}`,
      })),
    );
  }
  const { plan, title, tasks } = read.data;
  const items = tasks.map((task, index) => itemOf(task, ['tasks', index], document, counter, mistakes));
  if (items.length === 0) mistakes.push({ line: 1, message: 'it has no tasks' });
  if (mistakes.length > 0) throw badPlan(fileName, mistakes);
  return { name: plan ?? title ?? '', items };
}

function valueOf(document: Document, fileName: string): unknown {
  try {
    // Aliases let a short file grow without bound, and no plan needs one.
    return document.toJS({ maxAliasCount: 0 }) as unknown;
  } catch (error) {
    throw badPlan(fileName, [{ line: 1, message: `aliases (*name) are not allowed: ${(error as Error).message}` }]);
  }
}

function itemOf(
  task: YamlTask,
  path: Path,
  document: Document,
  counter: LineCounter,
  mistakes: PlanMistake[],
): PlanItem {
  const line = lineOf(document, counter, path);
  const children = (task.children ?? []).map((child, index) =>
    itemOf(child, [...path, 'children', index], document, counter, mistakes),
  );
  const undone = task.done && children.find((child) => !child.done);
  if (undone) mistakes.push({ line, message: `it is done, but what is below it is not (line ${undone.line})` });
  if (task.title.trim() === '') mistakes.push({ line, message: 'its title is empty' });
  return {
    line,
    id: task.id,
    title: task.title.trim(),
    description: task.description?.trimEnd(),
    priority: task.priority === undefined ? undefined : parsePriority(task.priority),
    queue: task.queue,
    kind: task.kind,
    assignee: task.assignee,
    labels: labelsOf(task.labels),
    criteria: task.acceptance,
    needs: task.depends_on ?? [],
    before: undefined,
    done: task.done ?? false,
    children,
  };
}

function labelsOf(given: z.infer<typeof labels> | undefined): Map<string, string> {
  if (Array.isArray(given)) {
    return new Map(
      given.map((label) => {
        const at = label.indexOf('=');
        return at < 0 ? [label, ''] : [label.slice(0, at), label.slice(at + 1)];
      }),
    );
  }
  return new Map(Object.entries(given ?? {}).map(([key, value]) => [key, String(value)]));
}

/** The line of the value at a path, or of what is around it. */
function lineOf(document: Document, counter: LineCounter, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const range = (node as { range?: readonly number[] | null } | null | undefined)?.range;
    if (range) return counter.linePos(range[0]!).line;
  }
  return 1;
}
