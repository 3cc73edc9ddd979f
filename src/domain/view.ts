import type { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { LocksView } from './locks/held-locks';

/** One stored row: the newest after-image of one entity. */
export interface Row {
  /** The sequence of the change that wrote it: the back-link of the next change. */
  readonly sequence: number;
  /** The row's bytes; shared between journal, state, replies and events, so never written to. */
  readonly image: Uint8Array;
  /** CRC-32 as stored with it (it covers key, sequence and image). */
  readonly crc: number;
}

/** Counts of one project, folded over the journal. Operations, which have no project, count as the tasks of the project '': all
 *  of them, and as live those that run. */
export interface ProjectTally {
  /** The number of the next task id that the service gives: t{n}. 1 upward. */
  readonly nextTaskNumber: number;
  /** Tasks that exist, deleted ones too until they are purged. */
  readonly tasks: number;
  /** Tasks in a live state that are not deleted. */
  readonly liveTasks: number;
}

/** How many tasks of a queue are in each live state, and how many are FAILED; deleted ones are not counted. */
export interface QueueTally {
  /** PENDING, and held back by nothing but `not_before`. */
  readonly pending: number;
  /** PENDING, and held back by open blockers or live children. */
  readonly blocked: number;
  readonly running: number;
  readonly verifying: number;
  readonly inputRequired: number;
  readonly paused: number;
  readonly failed: number;
}

/**
 * What a rule may look at: points, never ranges, at the decided mark. Every method is synchronous and answers in
 * microseconds. A row whose stored bytes are damaged throws; the committer heals it and decides again.
 */
export interface View {
  /** The row, or undefined. `id` is empty for a project's own row. */
  row(kind: EntityKind, project: string, id: string): Row | undefined;
  /** The id of the task with this external id, or undefined. */
  taskIdByExternalId(project: string, externalId: string): string | undefined;
  /** The counts of a project; zeros (and next number 1) for an unknown one. */
  tally(project: string): ProjectTally;
  /** How many projects exist, deleted ones too until they are purged. */
  projectCount(): number;
  /** The counts of a queue; zeros for an unknown one. */
  queueCounts(project: string, queue: string): QueueTally;
  /** Whether a queue has settings, or tasks that are live or FAILED. */
  hasQueue(project: string, queue: string): boolean;
  /** How many such queues a project has. */
  queueCount(project: string): number;
  /** Whether a queue has settings: most have none, and then no row has to be read. */
  hasQueueSettings(project: string, queue: string): boolean;
  /** How many sessions a project has, those that are over too until they are purged. */
  sessionCount(project: string): number;
  /** The live locks of a project. */
  locks(project: string): LocksView;
}
