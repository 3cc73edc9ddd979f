import type { Task } from '../../gen/holdfast/v1/task';
import type { Connection } from '../connection';
import type { SourceTask } from './source-task';

export interface ImportTarget {
  readonly connection: Connection;
  /** `projects/{project}` */
  readonly parent: string;
  /** Called with the number of steps done since the last call. */
  readonly onProgress: (steps: number) => void;
}

/** A task of the source, and the task that stands for it in the project. */
export interface Placed {
  readonly source: SourceTask;
  readonly task: Task;
  /** False if it was there before this run began. */
  readonly fresh: boolean;
}

/** What an import did. */
export interface ImportReport {
  created: number;
  alreadyThere: number;
  /** The tasks of the source by the state in which they are now. */
  readonly states: Map<string, number>;
  /** Edges between tasks that are kept in annotations. */
  keptEdges: number;
  /** Labels that are kept in annotations. */
  keptLabels: number;
  readonly warnings: string[];
}

export function newReport(): ImportReport {
  return { created: 0, alreadyThere: 0, states: new Map(), keptEdges: 0, keptLabels: 0, warnings: [] };
}
