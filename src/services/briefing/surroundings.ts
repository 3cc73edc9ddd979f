// What an agent should know beside its tasks: messages, memories, and what it could work on next. Read from one snapshot.

import { millisecondsOf } from '../../domain/timestamp';
import type { Engine } from '../../engine/engine';
import { planOf } from '../../engine/query/plan';
import { QueryScan } from '../../engine/query/scan';
import { parseFilter } from '../../domain/query/filter';
import { BRIEFING_READY_TASKS_MAX } from '../../domain/limits';
import { View } from '../../gen/holdfast/v1/common';
import { Memory } from '../../gen/holdfast/v1/memory';
import { Task } from '../../gen/holdfast/v1/task';
import type { StateSnapshot } from '../../storage/state/state';
import { Breather } from '../breather';
import { oldestFirst } from '../message-order';
import { taskInView } from '../view-of';
import type { Picture } from './picture';

/** An encoded entity and its name. */
export interface Told {
  readonly name: string;
  readonly image: Uint8Array;
}

/** Messages that are looked at. */
const MESSAGES_MAX = 1000;
/** Memories that are looked at: the newest of them are told. */
const MEMORIES_MAX = 10_000;
const MEMORIES_BYTES_MAX = 16 * 1024 * 1024;
/** Tasks that are looked at for ready ones. */
const READY_EXAMINED_MAX = 1000;

/** Unread messages, oldest first. */
export async function unreadMessages(snapshot: StateSnapshot, { project, mailboxes }: Picture): Promise<Told[]> {
  const ranges = mailboxes.map((mailbox) => ({ by: 'mailbox', project, mailbox, read: false }) as const);
  const told: Told[] = [];
  for await (const { id, row } of oldestFirst(snapshot, ranges)) {
    told.push({ name: `projects/${project}/messages/${id}`, image: row.image });
    if (told.length === MESSAGES_MAX) break;
  }
  return told;
}

/** Memories of a namespace and below it, or all of a project, newest first. */
export async function newestMemories(snapshot: StateSnapshot, project: string, namespace: string): Promise<Told[]> {
  const found: (Told & { readonly putMs: number })[] = [];
  const breather = new Breather();
  const range = { by: 'memories', project, namespace: namespace === '' ? undefined : namespace } as const;
  let bytes = 0;
  for await (const { row } of snapshot.scan(range)) {
    const { name, updateTime } = Memory.decode(row.image);
    found.push({ name, image: row.image, putMs: millisecondsOf(updateTime) });
    bytes += row.image.length;
    if (found.length === MEMORIES_MAX || bytes > MEMORIES_BYTES_MAX) break;
    await breather.pause();
  }
  return found.sort((a, b) => b.putMs - a.putMs);
}

/** The first ready tasks in the order of claiming that this agent may claim: 20 at most, without their long fields. */
export async function readyTasks(
  engine: Engine,
  snapshot: StateSnapshot,
  { project, agent }: Picture,
): Promise<Told[]> {
  const resolve = (at: string, externalId: string) => engine.taskIdByExternalId(at, externalId);
  const filter = parseFilter('ready = true', 'filter');
  const plan = planOf({ project, filter, showDeleted: false, order: undefined }, resolve);
  const told: Told[] = [];
  let examined = 0;
  for await (const { scanned, matches } of new QueryScan(snapshot, plan, engine.nowMs, resolve).rows()) {
    if (++examined > READY_EXAMINED_MAX) break;
    if (!scanned || !matches) continue;
    const { name, assignee } = Task.decode(scanned.row.image);
    if (assignee !== '' && assignee !== agent) continue;
    told.push({ name, image: taskInView(scanned.row.image, View.BASIC, View.BASIC) });
    if (told.length === BRIEFING_READY_TASKS_MAX) break;
  }
  return told;
}
