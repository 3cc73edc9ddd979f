// A task on its way in, whatever form it came in.

import type { Task } from '../../gen/holdfast/v1/task';

/** What is done to the task after it was created, so that it ends in the state that it had. */
export type Ending =
  | { readonly verb: 'none' }
  | { readonly verb: 'complete'; readonly reason: string; readonly result: Task['result'] }
  | { readonly verb: 'fail'; readonly reason: string; readonly error: Task['error'] }
  | { readonly verb: 'cancel' | 'pause'; readonly reason: string };

export interface SourceTask {
  /** Where it stands in the file, from 1. */
  readonly line: number;
  /** What other lines call it. */
  readonly key: string;
  /** What this line calls its parent; undefined for none. */
  readonly parentKey: string | undefined;
  /** The id to choose; empty where the service gives one. */
  readonly taskId: string;
  /** The fields to create it with. Its parent is set when the parent's name is known. */
  readonly task: Task;
  readonly ending: Ending;
  /** Edges that this release cannot hold; they are in an annotation. */
  readonly keptEdges: number;
  /** Labels that are no labels here; they are in an annotation. */
  readonly keptLabels: number;
  /** What a person should know, without the line number. */
  readonly warnings: readonly string[];
}

/** A line that cannot be imported. */
export class BadLine extends Error {
  override readonly name = 'BadLine';
}

/** What an annotation says of a parent that could not be set. */
export const lostParentAnnotation = 'import.parent';

const annotationsMaxBytes = 64 * 1024;
/** Room for `lostParentAnnotation`, which is set last. */
const reservedBytes = 1024;

/** Bytes of all annotations, counted as the service does at most. */
export function annotationsFit(annotations: ReadonlyMap<string, string>): boolean {
  let bytes = reservedBytes;
  for (const [key, value] of annotations) bytes += Buffer.byteLength(key) + Buffer.byteLength(value) + 16;
  return bytes <= annotationsMaxBytes;
}

/** The text, cut to at most `characters`. */
export function cut(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters - 1).toWellFormed()}…`;
}

/** The text, cut to at most `bytes` of UTF-8. */
export function cutBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  // A cut within a character leaves replacement characters at the end.
  return `${Buffer.from(text)
    .subarray(0, bytes - 3)
    .toString()
    .replace(/\ufffd+$/, '')}…`;
}
