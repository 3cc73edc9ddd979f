// What an application of a plan will do, as people and programs read it.

import type { JsonObject } from '@bufbuild/protobuf';
import type { Output } from '../output';
import { shortId } from '../resource-name';
import { priorityWord } from '../task-words';
import { fitTo, oneLine } from '../text-width';
import type { Comparison, EdgeTarget, TaskDifference } from './compare';

/** Deeper items are not indented further. */
const depthShown = 8;

/** Lines such as `+ create`, `~ change`, `- remove`, `x complete`, `? gone`, in the order of the plan. */
export function comparisonLines(comparison: Comparison, prune: boolean, output: Output): string[] {
  const lines = comparison.differences.flatMap((difference) => differenceLines(difference, comparison, output));
  for (const task of comparison.gone) {
    const what = prune ? '- cancel' : '? no longer in the plan:';
    lines.push(`${what} ${shortId(task.name)}  ${oneLine(task.title)}`);
  }
  for (const remark of comparison.remarks) lines.push(`! ${oneLine(remark)}`);
  return lines.map((line) => fitTo(line, output.columns));
}

function differenceLines(difference: TaskDifference, comparison: Comparison, output: Output): string[] {
  const { planned, present, undelete, fields, edgesAdded, edgesRemoved, complete } = difference;
  const { item, depth } = planned;
  const title = oneLine(item.title);
  const targets = edgesAdded.map((target) => targetWords(target, comparison));
  if (!present) {
    const indent = '  '.repeat(Math.min(depth, depthShown));
    const marks = [item.priority === undefined ? '' : ` ${priorityWord(item.priority)}`, item.done ? ' (done)' : ''];
    const behind = marks.join('');
    const head = `+ ${indent}${fitTo(title, output.columns - 2 - indent.length - behind.length)}${behind}`;
    return targets.length > 0 ? [head, `  ${indent}  waits for ${targets.join(', ')}`] : [head];
  }
  const id = shortId(present.name);
  const lines: string[] = [];
  if (undelete) lines.push(`+ ${id} comes back: ${title}`);
  const room = Math.max(10, Math.floor((output.columns - id.length - 24) / 2));
  for (const { path, before, after } of fields) {
    const [was, is] = [before, after].map((text) => fitTo(oneLine(text) || '(none)', room));
    // A label without a value is there or not; an arrow from nothing to nothing would not show that.
    const set = path.startsWith('labels.') && before === '' && after === '';
    lines.push(set ? `~ ${id} label ${path.slice('labels.'.length)} is set` : `~ ${id} ${path}: ${was} -> ${is}`);
  }
  if (targets.length > 0) lines.push(`+ ${id} waits for ${targets.join(', ')}`);
  for (const name of edgesRemoved) lines.push(`- ${id} no longer waits for ${shortId(name)}`);
  if (complete) lines.push(`x ${id} is done: ${title}`);
  return lines;
}

function targetWords(target: EdgeTarget, { names }: Comparison): string {
  if ('name' in target) return shortId(target.name);
  const name = names.get(target.key);
  return name === undefined ? target.key : shortId(name);
}

/** How much of each there is. */
export function countsOf({ differences, gone, same }: Comparison): Record<string, number> {
  const count = (test: (difference: TaskDifference) => boolean) => differences.filter(test).length;
  const sum = (of: (difference: TaskDifference) => number) => differences.reduce((total, one) => total + of(one), 0);
  return {
    created: count(({ present }) => !present),
    undeleted: count(({ undelete }) => undelete),
    changed: count(({ present, fields }) => present !== undefined && fields.length > 0),
    edgesAdded: sum(({ edgesAdded }) => edgesAdded.length),
    edgesRemoved: sum(({ edgesRemoved }) => edgesRemoved.length),
    completed: count(({ complete }) => complete),
    same,
    gone: gone.length,
  };
}

/** "3 to create, 1 to change, 2 edges to add; 12 stay as they are". */
export function countsLine(comparison: Comparison, prune: boolean): string {
  const counts = countsOf(comparison);
  const parts = [
    [counts['created'], 'to create'],
    [counts['undeleted'], 'to bring back'],
    [counts['changed'], 'to change'],
    [counts['edgesAdded'], counts['edgesAdded'] === 1 ? 'edge to add' : 'edges to add'],
    [counts['edgesRemoved'], counts['edgesRemoved'] === 1 ? 'edge to remove' : 'edges to remove'],
    [counts['completed'], 'to complete'],
    [prune ? counts['gone'] : 0, 'to cancel'],
  ].flatMap(([count, words]) => (count ? [`${count} ${words}`] : []));
  const same = `${counts['same']} as the plan says`;
  return parts.length === 0 ? `Nothing to do: ${same}.` : `${parts.join(', ')}; ${same}.`;
}

/** The comparison for programs: one object, with the names of the tasks that are there. */
export function comparisonJson(comparison: Comparison): JsonObject {
  return {
    ...countsOf(comparison),
    differences: comparison.differences.map(({ planned, present, ...rest }) => ({
      externalId: planned.externalId,
      title: planned.item.title,
      ...(present && { name: present.name }),
      create: !present,
      undelete: rest.undelete,
      fields: rest.fields.map(({ path, before, after }) => ({ path, before, after })),
      edgesAdded: rest.edgesAdded.map((target) => targetWords(target, comparison)),
      edgesRemoved: rest.edgesRemoved.map(shortId),
      complete: rest.complete,
    })),
    noLongerInPlan: comparison.gone.map(({ name }) => name),
    remarks: [...comparison.remarks],
  };
}
