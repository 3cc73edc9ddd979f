/**
 * The keys of the state: every shape that LevelDB holds, in one table. `key-bytes` says how the parts become bytes.
 *
 * | Table      | Key after the table's byte                               | Value                                      |
 * |------------|----------------------------------------------------------|--------------------------------------------|
 * | 0x01       | –                                                        | the applied sequence                       |
 * | 0x10+kind  | project, id (none for a project's own row; its parts: `row-ids`) | a row (see `values`) |
 * | 0x40 state | project, state, held, queue, priority, not before, create time, id | –                                |
 * | 0x41 assignee | project, assignee, id                                 | –                                          |
 * | 0x42 parent | project, parent's id, id                                | –                                          |
 * | 0x43 external | project, external id                                  | the task's id, CRC-32 of key and id        |
 * | 0x44 timer | time, kind, project, id                                  | –                                          |
 * | 0x45 line | project, session, 1 and namespace (0: of all lines), create time, microseconds, checkpoint | –     |
 * | 0x46 mailbox | project, agents/{agent} or sessions/{session}, read, message's number | –                        |
 * | 0x47 agent | project, agent, create time, session's id                | –                                          |
 * | 0x50 request | day of journal time, principal, request id (16 bytes)  | a fact (see `values`)               |
 *
 * The state index has the queue before the priority: the tasks of one queue in claim order are one range. PENDING tasks are two
 * ranges: those that nothing holds back first. Which rows have which entries: `domain/derive`.
 */
import type { IndexEntry } from '../../domain/derive';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { KeyReader, KeyWriter } from './key-bytes';
import { readId, writeId } from './row-ids';

export const TABLE_APPLIED = 0x01;
export const TABLE_ROWS = 0x10;
export const TABLE_STATE = 0x40;
export const TABLE_ASSIGNEE = 0x41;
export const TABLE_PARENT = 0x42;
export const TABLE_EXTERNAL = 0x43;
export const TABLE_TIMER = 0x44;
export const TABLE_LINE = 0x45;
export const TABLE_MAILBOX = 0x46;
export const TABLE_AGENT = 0x47;
export const TABLE_REQUEST = 0x50;

/** Where the applied sequence is kept. */
export const APPLIED_KEY = Buffer.from([TABLE_APPLIED]);

/** Which row a key belongs to. */
export interface RowName {
  readonly kind: EntityKind;
  readonly project: string;
  readonly id: string;
}

const writer = new KeyWriter();

/** Each function gives a key that stands in shared memory until the next call of any of them: use it at once or copy it. */
export function rowKey(kind: EntityKind, project: string, id: string): Buffer {
  return writeId(writer.start(TABLE_ROWS + kind).text(project), kind, id).done();
}

export function indexKey(entry: IndexEntry, kind: EntityKind, project: string, id: string): Buffer {
  switch (entry.index) {
    case 'state':
      writer.start(TABLE_STATE).text(project).u8(entry.state).u8(Number(entry.held)).text(entry.queue);
      return writer.u8(entry.priority).u48(entry.notBeforeMs).u48(entry.createTimeMs).id(id).done();
    case 'assignee':
      return writer.start(TABLE_ASSIGNEE).text(project).text(entry.assignee).id(id).done();
    case 'parent':
      return writer.start(TABLE_PARENT).text(project).id(entry.parent).id(id).done();
    case 'external':
      return externalKey(project, entry.externalId);
    case 'timer':
      return writeId(writer.start(TABLE_TIMER).u48(entry.timeMs).u8(kind).text(project), kind, id).done();
    case 'mailbox':
      writer.start(TABLE_MAILBOX).text(project).text(entry.mailbox).u8(Number(entry.read));
      return writeId(writer, kind, id).done();
    case 'line': {
      const slash = id.indexOf('/');
      lineOf(project, id.slice(0, slash), entry.namespace).u48(entry.createTimeMs).u32(entry.microseconds);
      return writer.text(id.slice(slash + 1)).done();
    }
    case 'agent':
      return writer.start(TABLE_AGENT).text(project).text(entry.agent).u48(entry.createTimeMs).id(id).done();
  }
}

export function externalKey(project: string, externalId: string): Buffer {
  return writer.start(TABLE_EXTERNAL).text(project).text(externalId).done();
}

/** `generation` is the day of journal time: days since 1970. */
export function requestKey(generation: number, principal: string, requestId: Uint8Array): Buffer {
  return writer.start(TABLE_REQUEST).u32(generation).text(principal).raw(requestId).done();
}

/** The first request key of this generation or a later one, in memory of its own. */
export function requestBound(generation: number): Buffer {
  return writer.start(TABLE_REQUEST).u32(Math.max(generation, 0)).copy();
}

/** The start of the keys of rows of one kind, of one project if given. */
export function rowPrefix(kind: EntityKind, project?: string): Buffer {
  writer.start(TABLE_ROWS + kind);
  return project === undefined ? writer.done() : writer.text(project).done();
}

/** Tasks in a state; held back or not; of a queue. */
export function statePrefix(project: string, state: number, held?: boolean, queue?: string): Buffer {
  writer.start(TABLE_STATE).text(project).u8(state);
  if (held === undefined) return writer.done();
  writer.u8(Number(held));
  return queue === undefined ? writer.done() : writer.text(queue).done();
}

/** The rows of one kind that belong to an owner: the notes of a task. */
export function ownedPrefix(kind: EntityKind, project: string, owner: string): Buffer {
  return writer
    .start(TABLE_ROWS + kind)
    .text(project)
    .id(owner)
    .done();
}

export function assigneePrefix(project: string, assignee: string): Buffer {
  return writer.start(TABLE_ASSIGNEE).text(project).text(assignee).done();
}

export function parentPrefix(project: string, parent: string): Buffer {
  return writer.start(TABLE_PARENT).text(project).id(parent).done();
}

/** Messages of one mailbox, read or unread, oldest first. */
export function mailboxPrefix(project: string, mailbox: string, read: boolean): Buffer {
  return writer.start(TABLE_MAILBOX).text(project).text(mailbox).u8(Number(read)).done();
}

/** Memories of a namespace and of those below it. */
export function memoryPrefix(project: string, namespace: string): Buffer {
  return writer
    .start(TABLE_ROWS + EntityKind.MEMORY)
    .text(project)
    .idPrefix(`${namespace}/`)
    .done();
}

/** The sessions of an agent, oldest first. */
export function agentPrefix(project: string, agent: string): Buffer {
  return writer.start(TABLE_AGENT).text(project).text(agent).done();
}

/** The checkpoints of a line of work, or of all lines of the session, oldest first. */
export function linePrefix(project: string, session: string, namespace: string | undefined): Buffer {
  return lineOf(project, session, namespace).done();
}

function lineOf(project: string, session: string, namespace: string | undefined): KeyWriter {
  writer.start(TABLE_LINE).text(project).id(session);
  return namespace === undefined ? writer.u8(0) : writer.u8(1).text(namespace);
}

export function timerPrefix(): Buffer {
  return writer.start(TABLE_TIMER).done();
}

/** The first timer key that is later than `dueMs`. */
export function timerBound(dueMs: number): Buffer {
  return writer
    .start(TABLE_TIMER)
    .u48(dueMs + 1)
    .done();
}

/** Throws RangeError on a key that is no row's. */
export function parseRowKey(key: Uint8Array): RowName {
  const reader = new KeyReader(key);
  const kind = (reader.u8() - TABLE_ROWS) as EntityKind;
  if (kind < 1 || kind >= TABLE_STATE - TABLE_ROWS) throw new RangeError('not the key of a row');
  const project = reader.text();
  const id = readId(reader, kind);
  reader.end();
  return { kind, project, id };
}

/** What the key of a state entry says besides whose it is. */
export interface StateKey {
  readonly held: boolean;
  readonly queue: string;
  readonly priority: number;
  readonly notBeforeMs: number;
  readonly createTimeMs: number;
  readonly id: string;
}

/** Throws RangeError on a key that is no state entry's. */
export function parseStateKey(key: Uint8Array): StateKey {
  const reader = new KeyReader(key);
  if (reader.u8() !== TABLE_STATE) throw new RangeError('not the key of a state entry');
  reader.text();
  reader.u8();
  const held = reader.u8() === 1;
  const queue = reader.text();
  const priority = reader.u8();
  const parsed = {
    held,
    queue,
    priority,
    notBeforeMs: reader.number(6),
    createTimeMs: reader.number(6),
    id: reader.id(),
  };
  reader.end();
  return parsed;
}

/** Whose entry an index key is. An external id's key does not say: its value does. Throws RangeError on any other key. */
export function parseIndexKey(key: Uint8Array): RowName {
  const reader = new KeyReader(key);
  const table = reader.u8();
  let kind: EntityKind = EntityKind.TASK;
  if (table === TABLE_TIMER) {
    reader.number(6);
    kind = reader.u8() as EntityKind;
  }
  const project = reader.text();
  if (table === TABLE_STATE) {
    reader.number(2);
    reader.text();
    reader.number(13);
  } else if (table === TABLE_ASSIGNEE) reader.text();
  else if (table === TABLE_PARENT) reader.id();
  else if (table === TABLE_MAILBOX) {
    kind = EntityKind.MESSAGE;
    reader.text();
    reader.u8();
  } else if (table === TABLE_AGENT) {
    kind = EntityKind.SESSION;
    reader.text();
    reader.number(6);
  } else if (table === TABLE_LINE) {
    const id = lineId(reader);
    return { kind: EntityKind.CHECKPOINT, project, id };
  } else if (table !== TABLE_TIMER) throw new RangeError('not the key of an index entry that names its row');
  const id = readId(reader, kind);
  reader.end();
  return { kind, project, id };
}

/** The id of the checkpoint of a line's entry. */
function lineId(reader: KeyReader): string {
  const session = reader.id();
  if (reader.u8() === 1) reader.text();
  reader.number(10);
  const id = `${session}/${reader.text()}`;
  reader.end();
  return id;
}

/** The project of an external id's key. */
export function parseExternalKey(key: Uint8Array): { readonly project: string; readonly externalId: string } {
  const reader = new KeyReader(key);
  if (reader.u8() !== TABLE_EXTERNAL) throw new RangeError('not the key of an external id');
  const parsed = { project: reader.text(), externalId: reader.text() };
  reader.end();
  return parsed;
}

/** The generation of a request id's key. */
export function parseGeneration(key: Uint8Array): number {
  const reader = new KeyReader(key);
  if (reader.u8() !== TABLE_REQUEST) throw new RangeError('not the key of a request id');
  return reader.number(4);
}
