// The tasks of a plan, each with its identity and with what it waits for found.
//
// Identity: a task is `plan:{plan}/{key}` by its external id. The key is the item's own id, else the key of the item above it
// and a slug of the title. So the same file always means the same tasks.

import { taskName } from '../resource-name';
import type { Plan, PlanItem, PlanMistake } from './plan';
import { badPlan } from './plan';
import { planIdShape, shortHash, slugOf } from './slug';

export interface PlannedTask {
  readonly item: PlanItem;
  readonly key: string;
  readonly externalId: string;
  /** The key of the item that it is below; undefined at the top. */
  readonly parent: string | undefined;
  /** How many items it is below. */
  readonly depth: number;
  /** Keys of the items that it waits for. */
  readonly needs: readonly string[];
  /** Names of the tasks outside of the plan that it waits for. */
  readonly needsOutside: readonly string[];
}

/** Longer keys are shortened: `plan:`, the name and the key have at most 256 characters together. */
const keyLengthMax = 180;
/** A task that is not of the plan: t12, external:abc, JIRA-12 after `task:`. */
const outsideShape = /^(t\d+|external:.+|task:.+|projects\/.+)$/;

/** What external ids of a plan's tasks begin with. */
export function planPrefix(name: string): string {
  return `plan:${name}/`;
}

/** The name of a plan, as ids are made of it. Throws a Failure if there is none. */
export function planName(plan: Plan, given: string | undefined, fileName: string): string {
  const name = given ?? (planIdShape.test(plan.name) ? plan.name : slugOf(plan.name));
  if (planIdShape.test(name)) return name;
  const message = 'the plan needs a name: a heading `# Title {#name}`, `plan: name` in YAML, or --name';
  throw badPlan(fileName, [{ line: 1, message }]);
}

/** All tasks of a plan, parents before their children. Throws a Failure that names each mistake with its line. */
export function plannedTasks(plan: Plan, name: string, project: string, fileName: string): PlannedTask[] {
  const mistakes: PlanMistake[] = [];
  const keys = new Map<PlanItem, string>();
  const byKey = new Map<string, PlanItem>();
  const parents = new Map<PlanItem, PlanItem | undefined>();
  const visit = (items: readonly PlanItem[], parent: PlanItem | undefined) => {
    for (const item of items) {
      const key = keyOf(item, parent && keys.get(parent), mistakes);
      const taken = byKey.get(key);
      if (taken) {
        const message = `"${key}" stands for line ${taken.line} already: give one of them an id of its own, {#id}`;
        mistakes.push({ line: item.line, message });
      }
      byKey.set(key, taken ?? item);
      keys.set(item, key);
      parents.set(item, parent);
      visit(item.children, item);
    }
  };
  visit(plan.items, undefined);
  const names = namesOf(byKey);
  const depths = new Map<string, number>();
  const tasks = [...keys].map(([item, key]): PlannedTask => {
    const needs = new Set<string>(item.before && [keys.get(item.before)!]);
    const needsOutside = new Set<string>();
    for (const words of item.needs) {
      const found = byKey.has(words) ? [words] : [...(names.get(words) ?? names.get(slugOf(words)) ?? [])];
      if (found.length === 1) needs.add(found[0]!);
      else if (found.length > 1) mistakes.push({ line: item.line, message: `"${words}" may be ${found.join(' or ')}` });
      else if (outsideShape.test(words)) needsOutside.add(taskName(project, words.replace(/^task:/, '')));
      else {
        const message = `there is no "${words}" in the plan; a task outside of it is t12, external:ID or task:ID`;
        mistakes.push({ line: item.line, message });
      }
    }
    const parent = parents.get(item);
    const parentKey = parent && keys.get(parent);
    const depth = parentKey === undefined ? 0 : depths.get(parentKey)! + 1;
    const externalId = `${planPrefix(name)}${key}`;
    depths.set(key, depth);
    return { item, key, externalId, depth, parent: parentKey, needs: [...needs], needsOutside: [...needsOutside] };
  });
  if (mistakes.length === 0) mistakes.push(...cycleOf(tasks));
  if (mistakes.length > 0) throw badPlan(fileName, mistakes);
  return tasks;
}

function keyOf(item: PlanItem, above: string | undefined, mistakes: PlanMistake[]): string {
  if (item.id !== undefined) {
    if (planIdShape.test(item.id)) return item.id;
    const message = `"${item.id.slice(0, 40)}" is no id: letters, digits, and . _ - between them, at most 64`;
    mistakes.push({ line: item.line, message });
  }
  const slug = slugOf(item.title);
  if (slug === '') {
    mistakes.push({ line: item.line, message: 'no id can be made of its title: give it one, {#id}' });
    return `line-${item.line}`;
  }
  const key = above === undefined ? slug : `${above}/${slug}`;
  return [...key].length <= keyLengthMax ? key : `${shortHash(above ?? '')}/${slug}`;
}

/** What an item may be called besides its key: the last part of that, and its title. */
function namesOf(byKey: ReadonlyMap<string, PlanItem>): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const [key, { title }] of byKey) {
    for (const name of [key.slice(key.lastIndexOf('/') + 1), slugOf(title)]) {
      names.set(name, (names.get(name) ?? new Set()).add(key));
    }
  }
  return names;
}

/** A circle of tasks that would wait for each other for ever: by what they need, and for what is below them. */
function cycleOf(tasks: readonly PlannedTask[]): PlanMistake[] {
  const waitsFor = new Map(tasks.map(({ key, needs }) => [key, [...needs]]));
  for (const { key, parent } of tasks) if (parent !== undefined) waitsFor.get(parent)!.push(key);
  const lines = new Map(tasks.map(({ key, item }) => [key, item.line]));
  const done = new Set<string>();
  for (const { key: start } of tasks) {
    // A path of its own instead of recursion: a plan may be a chain of thousands.
    const path: { readonly key: string; next: number }[] = [{ key: start, next: 0 }];
    const onPath = new Set([start]);
    while (path.length > 0) {
      const { key } = path.at(-1)!;
      const target = done.has(key) ? undefined : waitsFor.get(key)![path.at(-1)!.next++];
      if (target === undefined) {
        done.add(key);
        onPath.delete(key);
        path.pop();
      } else if (onPath.has(target)) {
        const circle = path.slice(path.findIndex((step) => step.key === target)).map((step) => step.key);
        const message = `these wait for each other in a circle: ${[...circle, target].join(' -> ')}`;
        return [{ line: lines.get(target)!, message }];
      } else if (!done.has(target)) {
        path.push({ key: target, next: 0 });
        onPath.add(target);
      }
    }
  }
  return [];
}
