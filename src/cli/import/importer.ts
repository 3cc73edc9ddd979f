// Puts tasks into a project so that each ends in the state that it had, whatever crashes in between.
//
// I1. Every call's request id is made of what it asks. A second run, or one that goes on after a crash, asks the same and is
//     answered with what the first did: nothing comes twice.
// I2. When the server has forgotten the ids (after 24 to 48 hours), or the file has changed, the tasks are found by their ids
//     and skipped.
// I3. A level is created and ended before its children are created. So no live child ever holds back its parent's end.

import { ListTasksRequest, TaskServiceService } from '../../gen/holdfast/v1/task_service';
import { chunksOf, createChunk } from './create-chunk';
import { endTask } from './ending';
import { inFlight } from './in-flight';
import type { Levels } from './levels';
import type { ImportReport, ImportTarget, Placed } from './report';
import { newReport } from './report';
import type { SourceTask } from './source-task';
import { lostParentAnnotation } from './source-task';

/** How many steps the import will report: a task is one, and its end another. */
export function stepsOf({ levels }: Levels): number {
  return levels.flat().reduce((sum, { ending }) => sum + (ending.verb === 'none' ? 1 : 2), 0);
}

/**
 * Imports. Resolves when every task is durable in its final state. Rejects with a Failure when the server refuses a task, or
 * is away for too long: another run goes on from there.
 */
export async function importTasks(target: ImportTarget, { levels, orphans }: Levels): Promise<ImportReport> {
  const report = newReport();
  const { connection, parent } = target;
  const first = ListTasksRequest.fromPartial({ parent, pageSize: 1 });
  const { message } = await connection.call(TaskServiceService.listTasks, first);
  const headBefore = message.position?.sequence ?? 0;
  const names = new Map<string, string>();
  for (const level of levels) {
    const placed: Placed[] = [];
    for (const chunk of chunksOf(level.map((source) => withParent(source, names, orphans, report)))) {
      placed.push(...(await createChunk(target, chunk, headBefore)));
      target.onProgress(chunk.length);
    }
    for (const { source, task, fresh } of placed) {
      if (fresh) report.created++;
      else report.alreadyThere++;
      report.keptEdges += source.keptEdges;
      report.keptLabels += source.keptLabels;
      for (const warning of source.warnings) report.warnings.push(`line ${source.line}: ${source.key}: ${warning}`);
      if (!task.deleteTime) names.set(source.key, task.name);
    }
    // I3
    await inFlight(placed, async (one) => {
      await endTask(target, one, report);
      if (one.source.ending.verb !== 'none') target.onProgress(1);
    });
  }
  return report;
}

function withParent(
  source: SourceTask,
  names: ReadonlyMap<string, string>,
  orphans: ReadonlyMap<string, string>,
  report: ImportReport,
): SourceTask {
  const { key, parentKey, line } = source;
  if (parentKey === undefined) return source;
  const parent = orphans.has(key) ? undefined : names.get(parentKey);
  if (parent !== undefined) return { ...source, task: { ...source.task, parent } };
  const why = orphans.get(key) ?? `its parent ${parentKey} is deleted here`;
  report.warnings.push(`line ${line}: ${key}: ${why}; kept as the annotation ${lostParentAnnotation}`);
  const annotations = new Map(source.task.annotations).set(lostParentAnnotation, parentKey);
  return { ...source, task: { ...source.task, annotations } };
}
