import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { Change, Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';
import type { Derived } from '../../domain/derive';
import type { ProjectTally, QueueTally, Row } from '../../domain/view';
import type { Effect } from './effect';

/**
 * The state as the engine sees it: what LevelDB holds, derived from the journal and disposable.
 *
 * S1. `apply` is the only writer. It is a function of the records alone: it reads nothing, and may be repeated.
 * S2. Point reads are synchronous and answer at the applied mark. A value that fails its checksum throws `DamagedRow`.
 * S3. After `checkpoint` resolves, a start redoes from its sequence, whatever LevelDB lost after it.
 */
export interface State {
  /** The sequence of the last applied record. */
  readonly applied: number;
  /** The sequence of the last state checkpoint. */
  readonly checkpointed: number;

  row(kind: EntityKind, project: string, id: string): Row | undefined;
  taskIdByExternalId(project: string, externalId: string): string | undefined;
  /** The command that used this request id in the present or the previous generation (24 to 48 h), or undefined. */
  request(principal: string, requestId: Uint8Array): RequestFact | undefined;

  /**
   * Applies records in one batch, in order. Records at or below `applied` are redone harmlessly. One at a time. `effects` are
   * those of each record, if the caller has worked them out.
   */
  apply(records: readonly JournalRecord[], effects?: readonly (readonly Effect[])[]): Promise<void>;

  /** Counts and digest at the applied mark. */
  readonly tallies: Tallies;
  readonly digest: Digest;

  /** A consistent view at the applied mark. Close it: it pins data. */
  snapshot(): StateSnapshot;
  /** Flushes LevelDB and writes the synced checkpoint file. One at a time; `apply` may go on meanwhile. `chain` is the
   *  journal's at the applied mark, if it is known. */
  checkpoint(chain?: Uint8Array): Promise<void>;
  /** Puts a row back that was found damaged, as the newest record that changed it left it. False: somebody else had. */
  heal(record: Pick<JournalRecord, 'sequence'>, change: Change): Promise<boolean>;
  close(): Promise<void>;
}

/** What is kept of a request id. */
export interface RequestFact {
  readonly sequence: number;
  /** First 16 bytes of SHA-256 over the canonical request. */
  readonly hash: Uint8Array;
}

/** Counts by project and by queue, folded over changes. The committer folds at the decided mark, the state at the applied one. */
export interface Tallies {
  project(id: string): ProjectTally;
  projectCount(): number;
  queue(project: string, queue: string): QueueTally;
  /** Whether the queue has settings, or tasks that are live or FAILED. */
  hasQueue(project: string, queue: string): boolean;
  hasQueueSettings(project: string, queue: string): boolean;
  /** The queues of a project that have, in no order. */
  queueNames(project: string): readonly string[];
  queueCount(project: string): number;
  sessionCount(project: string): number;
  /** `derived` is what `derive` gives for the change. */
  add(change: Change, derived: Derived): void;
  /** An independent copy. */
  clone(): Tallies;
  encode(): Uint8Array;
}

/** The order-independent digest of all rows in 4,096 buckets. */
export interface Digest {
  /** Takes the row before out and puts the row after in, by their stored CRCs; 0 stands for no row. */
  replace(entityHash: number, oldCrc: number, newCrc: number): void;
  /** The sum over all buckets, 8 bytes: what a group commits to. */
  total(): Uint8Array;
  clone(): Digest;
  encode(): Uint8Array;
}

/** A consistent view of all rows at `sequence`. */
export interface StateSnapshot {
  readonly sequence: number;
  /** Rows in key order. */
  scan(range: ScanRange, options?: ScanOptions): AsyncIterable<ScannedRow>;
  /** The queues that have tasks in a state, in order: one seek each. */
  queues(project: string, state: number, held: boolean): AsyncIterable<string>;
  row(kind: EntityKind, project: string, id: string): Promise<Row | undefined>;
  /** The same within this turn: for reads that lead from row to row, a few at a time. */
  rowNow(kind: EntityKind, project: string, id: string): Row | undefined;
  close(): Promise<void>;
}

/** What to walk. `project` undefined: all projects, in order of their id. */
export type ScanRange =
  /** Project rows by id. */
  | { readonly by: 'projects' }
  /** All tasks, deleted ones too: t1, t2, … first, then the others by id. */
  | { readonly by: 'tasks'; readonly project?: string | undefined }
  /** Tasks in one state (not SUCCEEDED, CANCELED, nor deleted ones, which have no such entry), that are held back or not: by
   *  priority, `not_before`, age. Without a queue: queue by queue, each in this order. Only PENDING tasks are held back. */
  | {
      readonly by: 'state';
      readonly project: string;
      readonly state: number;
      readonly held: boolean;
      readonly queue?: string | undefined;
    }
  | { readonly by: 'assignee'; readonly project: string; readonly assignee: string }
  /** Children, terminal ones too, without deleted ones. */
  | { readonly by: 'parent'; readonly project: string; readonly parent: string }
  /** Notes, of one task if given: in the order of adding. */
  | { readonly by: 'notes'; readonly project: string; readonly task?: string | undefined }
  /** Operations, oldest first: their ids are ordered by time. */
  | { readonly by: 'operations' }
  /** Sessions by id. */
  | { readonly by: 'sessions'; readonly project: string }
  /** Agents by id. */
  | { readonly by: 'agents'; readonly project: string }
  /** Sessions of one agent, oldest first. */
  | { readonly by: 'agent'; readonly project: string; readonly agent: string }
  /** Memories by namespace and key, of a namespace and those below it if given. */
  | { readonly by: 'memories'; readonly project: string; readonly namespace?: string | undefined }
  /** Messages of one mailbox, read or unread, oldest first. */
  | { readonly by: 'mailbox'; readonly project: string; readonly mailbox: string; readonly read: boolean }
  /** Checkpoints of a line of work, or of all lines of the session, oldest first. */
  | {
      readonly by: 'checkpoints';
      readonly project: string;
      readonly session: string;
      readonly namespace?: string | undefined;
    }
  /** Rows of a kind whose id begins with their owner's, in order of what follows. */
  | { readonly by: 'owned'; readonly kind: EntityKind; readonly project: string; readonly owner: string }
  /** Live locks, of one project if given: in the order of granting. */
  | { readonly by: 'locks'; readonly project?: string | undefined }
  /** Rows that a timer must look at, whose time is at or before `dueMs`, earliest first. */
  | { readonly by: 'timer'; readonly dueMs: number }
  /** All rows of one kind that a project holds. */
  | { readonly by: 'rows'; readonly kind: EntityKind; readonly project?: string | undefined };

export interface ScanOptions {
  /** Go on after this one: a cursor that an earlier item of the same range carried. */
  readonly after?: string | undefined;
  /** Last first. */
  readonly reverse?: boolean | undefined;
  /** Say of each PENDING task whether it is held back. Ranges by state always do. */
  readonly withHeld?: boolean | undefined;
}

export interface ScannedRow {
  readonly kind: EntityKind;
  readonly project: string;
  readonly id: string;
  readonly row: Row;
  /** Whether the task is held back, by open blockers or live children; undefined if that was not asked for. False for tasks that
   *  are not PENDING. */
  readonly held: boolean | undefined;
  /** Where to go on after this row: opaque, printable, valid across restarts. */
  readonly cursor: string;
}

/** A stored value whose checksum fails. The engine heals it from the journal. */
export class DamagedRow extends Error {
  override readonly name = 'DamagedRow';
  constructor(
    readonly kind: EntityKind,
    readonly project: string,
    readonly id: string,
  ) {
    super(`the stored row of ${project}/${id} (kind ${kind}) fails its checksum`);
  }
}

const REQUEST = 'request:';

/** The id of a damaged row that is a request id's entry; its project is the principal. */
export function damagedRequest(requestId: Uint8Array): string {
  return REQUEST + Buffer.from(requestId).toString('hex');
}

/** The request id whose entry is damaged; undefined if it is another row. */
export function damagedRequestIn({ kind, id }: DamagedRow): Buffer | undefined {
  if (kind !== EntityKind.UNSPECIFIED || !id.startsWith(REQUEST)) return undefined;
  return Buffer.from(id.slice(REQUEST.length), 'hex');
}

/** The store cannot be used: it does not open, lacks files, or does not match its checkpoint. It is rebuilt from the journal. */
export class StateUnusable extends Error {
  override readonly name = 'StateUnusable';
}
