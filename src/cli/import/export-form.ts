// Tasks as `holdfast export` writes them: canonical ProtoJSON, one a line.

import type { JsonValue } from '@bufbuild/protobuf';
import { Task, TaskState } from '../../gen/holdfast/v1/task';
import { bytesOf } from '../proto-json';
import { canChooseTaskId } from '../resource-name';
import { stateWord } from '../task-words';
import type { Ending, SourceTask } from './source-task';
import { annotationsFit, BadLine } from './source-task';

const nameShape = /^projects\/([^/]+)\/tasks\/([^/]+)$/;
/** Facts about the task where it came from, which the service sets anew here. */
const originAnnotation = 'holdfast.imported-from';

export function isExportedTask(value: Record<string, unknown>): boolean {
  return typeof value['name'] === 'string' && nameShape.test(value['name']);
}

/** Reads an exported task. Throws BadLine. */
export function readExportedTask(json: Record<string, unknown>, line: number): SourceTask {
  const source = decode(json);
  const [, project = '', id = ''] = nameShape.exec(source.name)!;
  const chosen = canChooseTaskId(id);
  const warnings: string[] = [];
  const annotations = new Map(source.annotations);
  // An older origin would be wrong now; the newest is what this task came from.
  annotations.set(originAnnotation, originOf(json));
  if (!annotationsFit(annotations)) {
    annotations.delete(originAnnotation);
    warnings.push('its annotations leave no room for where it came from');
  }
  const task = Task.fromPartial({
    title: source.title,
    description: source.description,
    priority: source.priority,
    queue: source.queue,
    assignee: source.assignee,
    // A given id cannot be chosen: under its external id a second import finds the task again.
    externalId: source.externalId || (chosen ? '' : `${project}:${id}`),
    acceptanceCriteria: source.acceptanceCriteria,
    kind: source.kind,
    notBefore: source.notBefore,
    dueTime: source.dueTime,
    requiredCapabilities: source.requiredCapabilities,
  });
  task.payload = source.payload;
  task.labels = source.labels;
  task.annotations = annotations;
  const ending = endingOf(source);
  if (ending.verb === 'none' && source.state > TaskState.PENDING) {
    warnings.push(`it was ${stateWord(source.state)} and becomes PENDING: nobody holds it here`);
  }
  return {
    line,
    key: source.name,
    parentKey: source.parent || undefined,
    taskId: chosen ? id : '',
    task,
    ending,
    keptEdges: source.dependencies.length,
    keptLabels: 0,
    warnings,
  };
}

function decode(json: Record<string, unknown>): Task {
  try {
    return Task.decode(bytesOf('holdfast.v1.Task', json as JsonValue));
  } catch (error) {
    throw new BadLine(`it is no exported task: ${(error as Error).message}`);
  }
}

function originOf(json: Record<string, unknown>): string {
  const facts = ['name', 'uid', 'etag', 'revision', 'creator', 'originSession', 'createTime', 'updateTime', 'endTime'];
  const edges = ['dependencies', 'successor', 'pausedFrom'];
  return JSON.stringify(
    Object.fromEntries([...facts, ...edges].flatMap((key) => (key in json ? [[key, json[key]]] : []))),
  );
}

function endingOf(source: Task): Ending {
  const reason = source.stateReason;
  switch (source.state) {
    case TaskState.SUCCEEDED:
      return { verb: 'complete', reason, result: source.result };
    case TaskState.FAILED:
      return { verb: 'fail', reason, error: source.error };
    case TaskState.CANCELED:
      return { verb: 'cancel', reason };
    case TaskState.PAUSED:
      return { verb: 'pause', reason };
    default:
      return { verb: 'none' };
  }
}
