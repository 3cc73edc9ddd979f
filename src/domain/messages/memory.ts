// What agents know beyond a session: a value under a namespace and a key. A memory is one row; putting it again replaces it.

import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import { Memory } from '../../gen/holdfast/v1/memory';
import type { DeleteMemoryRequest, PutMemoryRequest } from '../../gen/holdfast/v1/memory_service';
import type { NamedIn } from '../sessions/agent-names';
import { changedPaths } from '../changed-paths';
import type { Draft } from '../draft';
import { checkDuration, millisecondsIn } from '../duration';
import { checkStruct } from '../json-struct';
import { MEMORY_TTL_MAX_MS, TIMEOUT_MIN_MS } from '../limits';
import { formatMemory, memoryKeyProblem, namespaceProblem, parseMemory } from './memory-name';
import { parseProject } from '../names';
import type { OwnRow } from '../own-requests';
import { quote } from '../quote';
import { Refusal, fieldInvalid, notFound } from '../refusal';
import { imageOf } from '../row-image';
import { enterProject } from '../task-access';
import { millisecondsOf, timestampOf } from '../timestamp';
import type { Report } from '../violations';
import { Violations } from '../violations';

/** The etag of what does not exist: sequences begin at 1. */
const ABSENT = '0';

/** PutMemory. Gives the index of the memory's change. Refuses with ETAG_MISMATCH unless `etag` is empty or the present one; `0` says that it
 *  must not exist. */
export function putMemory(draft: Draft, { parent, memory: given, etag }: PutMemoryRequest): number {
  if (!given) throw fieldInvalid('memory', 'is required');
  const project = parseProject(parent, 'parent');
  const violations = new Violations();
  violations.prefix = 'memory.';
  checkMemory(given, violations.report);
  violations.throwIfAny();
  enterProject(draft, 'putMemory', project);
  const { namespace, key, value, ttl } = given;
  const id = `${namespace}/${key}`;
  const before = memoryAt(draft, { project, id });
  checkMemoryEtag(project, id, before, etag);
  const sequence = String(draft.context.sequence);
  const expireMs = ttl === undefined ? undefined : draft.context.nowMs + millisecondsIn(ttl);
  const after: Memory = {
    name: formatMemory(project, id),
    namespace,
    key,
    value: value ?? {},
    etag: sequence,
    // One that has this etag already was put by this command before.
    revision: before?.etag === sequence ? before.revision : (before?.revision ?? 0) + 1,
    createTime: before?.createTime ?? draft.now,
    updateTime: draft.now,
    expireTime: expireMs === undefined ? undefined : timestampOf(expireMs),
    ttl,
    session: draft.acting?.name ?? '',
  };
  const paths = before ? changedPaths(before, after) : [];
  return draft.put(EntityKind.MEMORY, project, id, imageOf(Memory, after), EventType.MEMORY_PUT, paths);
}

/** DeleteMemory. Gives the index of the change that takes it away. Refuses with NOT_FOUND and ETAG_MISMATCH. */
export function deleteMemory(draft: Draft, { name, etag }: DeleteMemoryRequest): number {
  const { project, id } = parseMemory(name, 'name');
  enterProject(draft, 'deleteMemory', project);
  const before = memoryAt(draft, { project, id });
  if (!before) throw notFound('memory', name);
  checkMemoryEtag(project, id, before, etag);
  return remove(draft, project, id);
}

/** Takes away a memory whose time is over. Nothing happens to one that is gone, or was put again. For the server's own use. */
export function expireMemory(draft: Draft, { project, id }: OwnRow): readonly number[] {
  const expireMs = millisecondsOf(memoryAt(draft, { project, id })?.expireTime);
  return expireMs > 0 && expireMs <= draft.context.nowMs ? [remove(draft, project, id)] : [];
}

function checkMemory({ namespace, key, value, ttl }: Memory, report: Report): void {
  const namespaceWrong = namespaceProblem(namespace);
  if (namespaceWrong) report('namespace', namespaceWrong);
  const keyWrong = memoryKeyProblem(key);
  if (keyWrong) report('key', keyWrong);
  checkStruct(value, 'value', report);
  checkDuration(ttl, TIMEOUT_MIN_MS, MEMORY_TTL_MAX_MS, 'ttl', report);
}

function memoryAt(draft: Draft, { project, id }: NamedIn): Memory | undefined {
  const image = draft.image(EntityKind.MEMORY, project, id);
  return image && Memory.decode(image);
}

function remove(draft: Draft, project: string, id: string): number {
  return draft.put(EntityKind.MEMORY, project, id, undefined, EventType.MEMORY_DELETED, []);
}

function checkMemoryEtag(project: string, id: string, present: Memory | undefined, given: string): void {
  const etag = present?.etag ?? ABSENT;
  if (given === '' || given === etag) return;
  const name = formatMemory(project, id);
  const advice = 'read it again and decide anew';
  const why = !present
    ? `${name} does not exist, so it has no etag ${quote(given)}: ${advice}`
    : given === ABSENT
      ? `${name} exists already, with etag ${etag}: ${advice}`
      : `${name} has etag ${etag}, not ${quote(given)}: ${advice}`;
  throw new Refusal('ETAG_MISMATCH', why, { metadata: { name, etag }, resource: { type: 'memory', name } });
}
