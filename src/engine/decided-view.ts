import type { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { HeldLocks, LocksView } from '../domain/locks/held-locks';
import type { ProjectTally, QueueTally, Row, View } from '../domain/view';
import type { State, Tallies } from '../storage/state/state';
import type { Overlay } from './overlay';

/** The view that decisions see: the overlay's top over the state, and counts at the decided mark. */
export class DecidedView implements View {
  constructor(
    private readonly overlay: Overlay,
    private readonly state: State,
    private readonly tallies: Tallies,
    private readonly held: HeldLocks,
  ) {}

  row(kind: EntityKind, project: string, id: string): Row | undefined {
    const layer = this.overlay.topRow(kind, project, id);
    return layer === undefined ? this.state.row(kind, project, id) : layer.value;
  }

  taskIdByExternalId(project: string, externalId: string): string | undefined {
    const layer = this.overlay.topExternalId(project, externalId);
    return layer === undefined ? this.state.taskIdByExternalId(project, externalId) : layer.value;
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
}
