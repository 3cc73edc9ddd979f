// A task on its way in, whatever form it came in.

import type { DependencyKind, TaskState } from '../../gen/holdfast/v1/task';
import { Task } from '../../gen/holdfast/v1/task';
import type { Timestamp } from '../../gen/google/protobuf/timestamp';
import { timestampOf } from '../times';

/** An edge to another task of the source, or to one that the project may have or get. */
export interface SourceEdge {
  readonly key: string;
  readonly kind: DependencyKind;
}

/** What somebody said about a task. */
export interface SourceNote {
  readonly text: string;
  /** Empty: whoever imports it. */
  readonly author: string;
  readonly createTime: Timestamp | undefined;
}

export interface SourceTask {
  /** Where it stands in the source: `line 7`, `master:1.2`. */
  readonly place: string;
  /** What the source calls it: its id here, or its external id. */
  readonly key: string;
  /** The key of its parent; undefined for none. */
  readonly parentKey: string | undefined;
  /** Its fields and the state that it ends in. Parent and edges are not in it. */
  readonly task: Task;
  readonly edges: readonly SourceEdge[];
  readonly notes: readonly SourceNote[];
  /** Labels that are no labels here; they are in an annotation. */
  readonly keptLabels: number;
  /** The annotation that says of an edge that it was meant as the parent, without the parent's key. */
  readonly lostParent: string;
  /** What a person should know, without the place. */
  readonly warnings: readonly string[];
}

/** What was read: tasks in the order of the source, and how many of it are deleted there. */
export interface Source {
  readonly tasks: readonly SourceTask[];
  readonly deleted: number;
}

/** A part of the source that cannot be imported. */
export class BadLine extends Error {
  override readonly name = 'BadLine';
}

const titleMaxCharacters = 500;
const annotationsMaxBytes = 64 * 1024;
/** Room for what is found out after the task was read: a parent that cannot be set. */
const reservedBytes = 1024;
/** What the service takes for one note, and for one task. */
const noteMaxBytes = 16 * 1024;
export const edgesMax = 256;
export const descriptionMaxBytes = 64 * 1024;
export const reasonMaxBytes = 4 * 1024;
export const criterionMaxCharacters = 2000;

/** As `SourceTask.lostParent`, where the form has no annotations of its own. */
export const lostParentAnnotation = 'import.edge.';

/** Whether it can be a key: 1 to 256 printable characters. */
export function isKey(text: string): boolean {
  return [...text].length <= 256 && /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u.test(text);
}

/** Bytes of all annotations, counted as the service does at most. */
export function annotationsFit(annotations: ReadonlyMap<string, string>): boolean {
  let bytes = reservedBytes;
  for (const [key, value] of annotations) bytes += Buffer.byteLength(key) + Buffer.byteLength(value) + 16;
  return bytes <= annotationsMaxBytes;
}

/** A task with this title and state. A title that is no title here is made one, and said. */
export function newSourceTask(title: string, state: TaskState, warnings: string[]): Task {
  if (title.trim() === '') throw new BadLine('it has no title');
  const line = title.replace(/\p{Cc}+/gu, ' ').trim();
  if (line !== title.trim()) warnings.push('its title had line breaks or control characters; they became spaces');
  const short = cut(line, titleMaxCharacters);
  if (short !== line) warnings.push(`its title is longer than ${titleMaxCharacters} characters and was cut`);
  return { ...Task.create(), title: short, state };
}

/** The text as notes: one, or several where it is too long for one. */
export function notesOf(text: string, author: string, createTime: Timestamp | undefined): SourceNote[] {
  const notes: SourceNote[] = [];
  for (let rest = text; rest.trim() !== ''; rest = rest.slice(notes.at(-1)!.text.length)) {
    notes.push({ text: headOf(rest, noteMaxBytes), author: cut(author, 128), createTime });
  }
  return notes;
}

/** Each edge once. Refuses more than a task can have. */
export function distinctEdges(edges: readonly SourceEdge[]): SourceEdge[] {
  const byWords = new Map(edges.map((edge) => [`${edge.kind} ${edge.key}`, edge]));
  if (byWords.size > edgesMax) throw new BadLine(`it has ${byWords.size} edges, at most ${edgesMax} are allowed`);
  return [...byWords.values()];
}

/** The text, cut to at most `characters`. */
export function cut(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const all = [...text];
  return all.length <= characters ? text : `${all.slice(0, characters - 1).join('')}…`;
}

/** The text, cut to at most `bytes` of UTF-8. */
export function cutBytes(text: string, bytes: number): string {
  return Buffer.byteLength(text) <= bytes ? text : `${headOf(text, bytes - 3)}…`;
}

/** As much of the text as `bytes` of UTF-8 hold: whole characters. */
function headOf(text: string, bytes: number): string {
  const all = Buffer.from(text);
  if (all.length <= bytes) return text;
  let end = bytes;
  while ((all[end]! & 0xc0) === 0x80) end--;
  return all.subarray(0, end).toString();
}

/** A string field of a record; undefined for none. Throws BadLine for another type. */
export function textOf(record: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const value = record[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new BadLine(`its ${field} must be a string`);
  return value;
}

/** A time field of a record; undefined for none. Throws BadLine for what is no time. */
export function timeOf(record: Readonly<Record<string, unknown>>, field: string): Timestamp | undefined {
  const value = textOf(record, field);
  if (!value) return undefined;
  const at = Date.parse(value);
  if (Number.isNaN(at)) throw new BadLine(`its ${field} is no time`);
  return timestampOf(at);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
