// What came of a claim, in words.

import type { EmptyClaim } from '../../gen/holdfast/v1/task_service';
import type { Task } from '../../gen/holdfast/v1/task';
import type { Run } from '../command-run';
import { shortId } from '../resource-name';
import { briefLine, taskLines, taskTable } from '../task-view';
import { atOf, relativeTime } from '../times';

/** Shows the tasks that were claimed: one with all that it says, several as a table. */
export async function showClaimed({ output, settings }: Run, tasks: readonly Task[]): Promise<void> {
  const now = Date.now();
  if (settings.form === 'brief') return output.lines(tasks.map(briefLine));
  const [first] = tasks;
  if (tasks.length === 1 && first) {
    await output.lines(taskLines(first, output, now));
    return output.remark(`${shortId(first.name)} is yours. When it is done: holdfast complete ${shortId(first.name)}`);
  }
  await output.lines(taskTable(tasks, output, now, false));
  output.remark(`${tasks.length} tasks are yours. When one is done: holdfast complete ID`);
}

/** Why there was nothing to claim, one fact a line. */
export function emptyClaimLines(queue: string, empty: EmptyClaim | undefined, now: number): string[] {
  if (!empty) return [`Nothing to claim in queue ${queue}.`];
  const { counts, paused, concurrencyLimit, nextTime } = empty;
  const lines = [`Nothing to claim in queue ${queue}${paused ? ', which is paused' : ''}.`];
  if (paused) lines.push(`  Let it go on: holdfast queue set ${queue} --no-paused`);
  if (concurrencyLimit > 0) lines.push(`  Its limit is reached: ${concurrencyLimit} tasks are RUNNING.`);
  const facts: (readonly [number | undefined, string])[] = [
    [counts?.pending, 'free, but not due yet, meant for others, or not what was asked for'],
    [counts?.blocked, 'held back by other tasks: holdfast blocked'],
    [counts?.running, 'running'],
    [counts?.verifying, 'being verified'],
    [counts?.inputRequired, 'waiting for an answer'],
    [counts?.paused, 'paused'],
    [counts?.failed, `failed: holdfast queue dead-letters ${queue}`],
  ];
  for (const [count, words] of facts) if (count) lines.push(`  ${count} ${words}`);
  if (nextTime) lines.push(`  The next one is due ${relativeTime(atOf(nextTime), now)}.`);
  return lines;
}
