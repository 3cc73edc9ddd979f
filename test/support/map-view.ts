import { crc32 } from 'node:zlib';
import type { Decision } from '../../src/domain/command';
import { derive } from '../../src/domain/derive';
import type { LocksView } from '../../src/domain/locks/held-locks';
import { HeldLocks } from '../../src/domain/locks/held-locks';
import { indexedOf } from '../../src/domain/indexed';
import type { ProjectTally, QueueTally, Row, View } from '../../src/domain/view';
import { EntityKind } from '../../src/gen/holdfast/journal/v1/journal';
import { ProjectTallies } from '../../src/storage/state/tallies';

/** A View over maps: what the state does, without a disk. Rows can be planted. */
export class MapView implements View {
  readonly rows = new Map<string, Row>();
  private readonly externalIds = new Map<string, string>();
  private readonly tallies = new ProjectTallies();
  readonly held = new HeldLocks();

  row(kind: EntityKind, project: string, id: string): Row | undefined {
    return this.rows.get(`${kind}/${project}/${id}`);
  }

  taskIdByExternalId(project: string, externalId: string): string | undefined {
    return this.externalIds.get(`${project}/${externalId}`);
  }

  tally(project: string): ProjectTally {
    return this.tallies.project(project);
  }

  projectCount(): number {
    return this.tallies.projectCount();
  }

  queueCounts(project: string, queue: string): QueueTally {
    return this.tallies.queue(project, queue);
  }

  hasQueue(project: string, queue: string): boolean {
    return this.tallies.hasQueue(project, queue);
  }

  hasQueueSettings(project: string, queue: string): boolean {
    return this.tallies.hasQueueSettings(project, queue);
  }

  sessionCount(project: string): number {
    return this.tallies.sessionCount(project);
  }

  queueCount(project: string): number {
    return this.tallies.queueCount(project);
  }

  locks(project: string): LocksView {
    return this.held.of(project);
  }

  /** Does what a decision says, as the state would. */
  apply({ changes }: Pick<Decision, 'changes'>, sequence: number): void {
    for (const change of changes) {
      const { kind, project, id, image } = change;
      const key = `${kind}/${project}/${id}`;
      const derived = derive(change);
      this.tallies.add(change, derived);
      this.held.fold(change);
      for (const entry of derived.remove)
        if (entry.index === 'external') this.externalIds.delete(`${project}/${entry.externalId}`);
      for (const entry of derived.put)
        if (entry.index === 'external') this.externalIds.set(`${project}/${entry.externalId}`, id);
      if (change.removed) this.rows.delete(key);
      else this.rows.set(key, { sequence, image, crc: crc32(image, sequence) });
    }
  }

  /** Puts a row there as it is, past all rules. */
  plant(kind: EntityKind, project: string, id: string, image: Uint8Array, sequence: number): void {
    const before = this.row(kind, project, id);
    const change = {
      ...{
        kind,
        project,
        id,
        image: Buffer.from(image),
        removed: false,
        event: 0 as const,
        changedPaths: [],
        held: false,
      },
      ...{ previousSequence: before?.sequence ?? 0, previousCrc: before?.crc ?? 0 },
      previousIndexed: before && kind !== EntityKind.TASK_GRAPH ? indexedOf(before.image, kind) : undefined,
    };
    this.apply({ changes: [change] }, sequence);
  }
}
