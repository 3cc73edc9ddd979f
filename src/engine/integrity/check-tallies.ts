// Whether the counts by project and queue are those of the rows.

import { derive } from '../../domain/derive';
import { isHeld } from '../../domain/indexed';
import { Change, EntityKind } from '../../gen/holdfast/journal/v1/journal';
import * as keys from '../../storage/state/keys';
import type { StateMoment } from '../../storage/state/mend';
import { ProjectTallies } from '../../storage/state/tallies';
import type { TallyDifference } from '../../storage/state/tallies';
import { rowsOf } from './check-relations';
import type { WalkOptions } from './check-relations';

const COUNTED: ReadonlySet<EntityKind> = new Set([
  ...[EntityKind.PROJECT, EntityKind.TASK, EntityKind.OPERATION, EntityKind.SESSION, EntityKind.QUEUE],
]);

export interface TalliesChecked {
  /** The counts of the rows. */
  readonly counted: ProjectTallies;
  /** One sentence for each project whose counts are not those of its rows. */
  readonly wrong: readonly TallyDifference[];
}

/** Counts the rows of one moment. Rejects with the signal's reason. */
export async function checkTallies(moment: StateMoment, options: WalkOptions): Promise<TalliesChecked> {
  const { store, snapshot } = moment;
  const found = new ProjectTallies();
  for await (const { kind, project, id, image } of rowsOf(moment, options)) {
    if (!COUNTED.has(kind)) continue;
    const graph = kind === EntityKind.TASK && store.getAt(snapshot, keys.rowKey(EntityKind.TASK_GRAPH, project, id));
    // What stands before the image and behind it is no field that counts: the row was checked when its own turn came.
    const held = graph ? isHeld(graph.subarray(8, -4)) : false;
    const change = Change.fromPartial({ kind, project, id, held });
    change.image = Buffer.from(image);
    found.add(change, derive(change));
  }
  return { counted: found, wrong: moment.tallies.differences(found) };
}
