// What is asked of the rules by the server itself, in place of a request of the wire.

import type { Any } from '../gen/google/protobuf/any';
import type { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { Status } from '../gen/google/rpc/status';
import type { OperationProgress, OperationState } from '../gen/holdfast/v1/operation';
import type { ImportedTask } from '../gen/holdfast/v1/task_service';

/** A chunk of an import. */
export interface ImportedChunk {
  /** `projects/{project}` */
  readonly parent: string;
  readonly importId: string;
  readonly tasks: readonly ImportedTask[];
  /** How many tasks of the caller's chunk come before these: where paths in refusals count from. */
  readonly offset: number;
  /** Leave out an edge for which the graph has no room, instead of refusing the chunk with GRAPH_TOO_LARGE. What does not fit
   *  one command may fit several: whoever asks parts the chunk first. */
  readonly lenient: boolean;
}

/** Tasks of an import that end in their states. */
export interface ImportRelease {
  readonly parent: string;
  readonly importId: string;
  readonly names: readonly string[];
}

/** How an operation ended. */
export type Outcome =
  | { readonly state: typeof OperationState.SUCCEEDED | typeof OperationState.CANCELED; readonly response: Any }
  | { readonly state: typeof OperationState.FAILED; readonly error: Status };

/** Long work that belongs to no project, as its operation keeps it. */
export interface WorkStart {
  /** The request that begins it, without what is about the call alone. */
  readonly metadata: Any;
  /** What is counted, in the plural. */
  readonly unit: string;
}

/** What the server says of an operation that it works on. */
export interface OperationAdvance {
  readonly name: string;
  readonly progress: OperationProgress;
  /** Where it goes on; see `operation-cursor`. Dropped with an outcome. */
  readonly cursor: string;
  readonly outcome?: Outcome | undefined;
}

/** Rows of one kind that a project still holds when it goes. */
export interface ProjectRows {
  /** The project's id. */
  readonly project: string;
  readonly kind: EntityKind;
  readonly ids: readonly string[];
}

/** A row that a timer must look at. */
export interface OwnRow {
  /** The project's id; empty for rows that belong to none. */
  readonly project: string;
  /** The row's id within the project, whatever its kind; empty for the project's own row. */
  readonly id: string;
}

/** What a session that is purged has left, as a listing saw it. */
export interface SessionRemains {
  /** The ids of its checkpoints, oldest first. */
  readonly checkpoints: readonly string[];
  /** The namespaces of its lines. */
  readonly namespaces: readonly string[];
  /** The paths of its transcripts. */
  readonly transcripts: readonly string[];
  /** There may be others. */
  readonly more: boolean;
}

/** What a listing saw of the line that is copied. */
export interface ListedLine {
  /** The ids of its checkpoints, oldest first. */
  readonly checkpoints: readonly string[];
  /** Digests of bytes that stand in rows and have a blob now, too: their copies share it. */
  readonly shared: ReadonlySet<string>;
}
