// Tasks as `holdfast export` writes them: canonical ProtoJSON, one a line, with the notes of each task under `notes`.

import type { JsonValue } from '@bufbuild/protobuf';
import { Note } from '../../gen/holdfast/v1/note';
import { DependencyKind, Task, TaskState } from '../../gen/holdfast/v1/task';
import { bytesOf } from '../proto-json';
import { canChooseTaskId } from '../resource-name';
import { stateWord } from '../task-words';
import type { SourceEdge, SourceNote, SourceTask } from './source-task';
import { annotationsFit, BadLine, distinctEdges, isKey, lostParentAnnotation } from './source-task';

type Line = Readonly<Record<string, unknown>>;

const nameShape = /^projects\/([^/]+)\/tasks\/(.+)$/;
/** Facts about the task where it came from, which the service sets anew here. */
const originAnnotation = 'holdfast.imported-from';
/** States in which somebody, or something, has the task. */
const held: ReadonlySet<TaskState> = new Set([TaskState.RUNNING, TaskState.VERIFYING, TaskState.INPUT_REQUIRED]);
const externalPrefix = 'external:';

export function isExportedTask(value: Line): boolean {
  return typeof value['name'] === 'string' && nameShape.test(value['name']);
}

/**
 * The key of a task: its id where a client may choose that, else its external id. A given id says nothing elsewhere, so that
 * it goes with the project that gave it: a second import finds the task again.
 */
export function exportKey(name: string, externalId: string): string {
  const [, project = '', id = ''] = nameShape.exec(name) ?? [];
  if (id.startsWith(externalPrefix)) return id.slice(externalPrefix.length);
  if (canChooseTaskId(id)) return id;
  return externalId || `${project}:${id}`;
}

/** What the lines of one file say of each other. */
export class ExportedNames {
  private readonly keys = new Map<string, string>();
  private readonly taken = new Set<string>();
  private readonly successors = new Map<string, string>();

  /** Knows the task from now on. */
  add(line: Line): void {
    const name = line['name'] as string;
    const externalId = typeof line['externalId'] === 'string' ? line['externalId'] : '';
    const key = exportKey(name, externalId);
    // The external id of one may be the id of another: then it cannot be a key too.
    const free = this.taken.has(key) && !this.keys.has(name) ? exportKey(name, '') : key;
    this.taken.add(free);
    this.keys.set(name, free);
    if (typeof line['successor'] === 'string') this.successors.set(name, line['successor']);
  }

  keyOf(name: string): string {
    return this.keys.get(name) ?? exportKey(name, '');
  }

  /** The task that stands for this one: the last of its successors. */
  standing(name: string): string {
    const seen = new Set<string>();
    let at = name;
    for (let next = this.successors.get(at); next && !seen.has(next); next = this.successors.get(at)) {
      seen.add(next);
      at = next;
    }
    return at;
  }
}

/** Reads an exported task. Throws BadLine. */
export function readExportedTask(line: Line, place: string, names: ExportedNames): SourceTask {
  const { notes: said, ...json } = line;
  const source = decode(json);
  const key = names.keyOf(source.name);
  if (!isKey(key)) throw new BadLine('its id must be 1 to 256 printable characters');
  const warnings: string[] = [];
  if (held.has(source.state)) {
    warnings.push(`it was ${stateWord(source.state)} and becomes PAUSED: nobody holds it here`);
  }
  const annotations = new Map(source.annotations);
  // An older origin would be wrong now; the newest is what this task came from.
  annotations.set(originAnnotation, originOf(json));
  if (!annotationsFit(annotations)) {
    annotations.delete(originAnnotation);
    warnings.push('its annotations leave no room for where it came from');
  }
  const edges = [...source.dependencies, ...source.unresolvedDependencies].map(({ task, kind }): SourceEdge => {
    const holds = kind === DependencyKind.BLOCKS || kind === DependencyKind.RUN_IF_FAILED;
    return { key: names.keyOf(holds ? names.standing(task) : task), kind };
  });
  return {
    place,
    key,
    parentKey: source.parent === '' ? undefined : names.keyOf(source.parent),
    task: {
      ...source,
      ...stateOf(source),
      annotations,
      parent: '',
      dependencies: [],
      unresolvedDependencies: [],
      readiness: undefined,
    },
    edges: distinctEdges(edges),
    notes: readNotes(said),
    keptLabels: 0,
    lostParent: lostParentAnnotation,
    warnings,
  };
}

/** A task of an import that was not finished has the state that it came for. */
function stateOf({ importId, pausedFrom }: Task): Partial<Task> {
  const state = pausedFrom === TaskState.UNSPECIFIED ? TaskState.PENDING : pausedFrom;
  return importId === '' ? {} : { state };
}

function decode(json: Line): Task {
  try {
    return Task.decode(bytesOf('holdfast.v1.Task', json as JsonValue));
  } catch (error) {
    throw new BadLine(`it is no exported task: ${(error as Error).message}`);
  }
}

function readNotes(said: unknown): SourceNote[] {
  if (said === undefined) return [];
  if (!Array.isArray(said)) throw new BadLine('its notes are no list');
  return said.map((json: JsonValue) => {
    try {
      const { text, author, createTime } = Note.decode(bytesOf('holdfast.v1.Note', json));
      return { text, author, createTime };
    } catch (error) {
      throw new BadLine(`one of its notes is none: ${(error as Error).message}`);
    }
  });
}

function originOf(json: Line): string {
  const facts = ['name', 'uid', 'etag', 'revision', 'creator', 'originSession', 'updateTime', 'successor'];
  return JSON.stringify(Object.fromEntries(facts.flatMap((key) => (key in json ? [[key, json[key]]] : []))));
}
