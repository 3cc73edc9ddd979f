// What became of a task, step by step: its revisions, who made each, and the notes in between.

import type { Event } from '../../gen/holdfast/v1/event';
import { EventServiceService } from '../../gen/holdfast/v1/event_service';
import type { Note } from '../../gen/holdfast/v1/note';
import type { Task } from '../../gen/holdfast/v1/task';
import { ListNotesRequest, ListTaskRevisionsRequest, TaskServiceService } from '../../gen/holdfast/v1/task_service';
import { View } from '../../gen/holdfast/v1/common';
import type { Connection } from '../connection';
import { CallFailure } from '../failure';
import { pages } from '../pages';
import { atOf } from '../times';
import type { FieldChange } from './field-changes';
import { fieldChanges } from './field-changes';

export type HistoryStep =
  | {
      readonly at: number;
      readonly revision: Task;
      readonly changes: readonly FieldChange[];
      /** Who did it and how; undefined where the journal no longer holds it. */
      readonly event: Event | undefined;
    }
  | { readonly at: number; readonly note: Note };

export interface History {
  /** Oldest first. */
  readonly steps: readonly HistoryStep[];
  /** There are older revisions. */
  readonly more: boolean;
}

/** So many revisions are asked about at once. */
const readsAtOnce = 8;
/** A full task has at most 256 KiB; a page of so many is at most 25 MiB. */
const revisionsPerPage = 100;

/** The newest `limit` revisions of a task and the notes since the oldest of them; 0 for all. */
export async function readHistory(connection: Connection, name: string, limit: number): Promise<History> {
  const revisions: Task[] = [];
  let history = '';
  let more = false;
  const request = ListTaskRevisionsRequest.fromPartial({ name, view: View.FULL });
  // One more than is shown: the oldest one shown is compared with it.
  const wanted = limit === 0 ? 0 : limit + 1;
  const method = TaskServiceService.listTaskRevisions;
  for await (const { message } of pages(connection, method, request, wanted, (p) => p.revisions, revisionsPerPage)) {
    revisions.push(...message.revisions);
    history = message.position?.history ?? '';
    more = message.nextPageToken !== '';
  }
  const shown = limit === 0 ? revisions : revisions.slice(0, limit);
  const events = await eventsOf(connection, shown, history);
  const steps: HistoryStep[] = shown.map((revision, index) => {
    const before = revisions[index + 1];
    const changes = before ? fieldChanges(before, revision) : [];
    return { at: revision.updateTime ? atOf(revision.updateTime) : 0, revision, changes, event: events[index] };
  });
  steps.reverse();
  const hidden = more || revisions.length > shown.length;
  const since = hidden ? (steps[0]?.at ?? 0) : -Infinity;
  for await (const { message } of pages(
    connection,
    TaskServiceService.listNotes,
    ListNotesRequest.fromPartial({ parent: revisions[0]?.name ?? name }),
    0,
    (page) => page.notes,
  )) {
    for (const note of message.notes) {
      const at = note.createTime ? atOf(note.createTime) : 0;
      if (at >= since) steps.push({ at, note });
    }
  }
  steps.sort((a, b) => a.at - b.at);
  return { steps, more: hidden };
}

/** For each revision the event that made it. A revision's etag is the sequence of its command. */
async function eventsOf(
  connection: Connection,
  revisions: readonly Task[],
  history: string,
): Promise<(Event | undefined)[]> {
  const events: (Event | undefined)[] = new Array<undefined>(revisions.length).fill(undefined);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < revisions.length; index = next++) {
      events[index] = await eventOf(connection, revisions[index]!, history);
    }
  };
  await Promise.all(Array.from({ length: readsAtOnce }, worker));
  return events;
}

async function eventOf(connection: Connection, { name, etag }: Task, history: string): Promise<Event | undefined> {
  const sequence = Number(etag);
  try {
    const { message } = await connection.call(EventServiceService.readEvents, {
      parent: name.replace(/\/tasks\/.*$/, ''),
      types: ['task.*'],
      after: { history, sequence: sequence - 1 },
      wait: undefined,
      pageSize: 1,
      includePrevious: false,
    });
    // `task.ready` may be about the same task in the same command; it changes nothing of it.
    return message.events.find((event) => event.name === name && event.position?.sequence === sequence && event.after);
  } catch (error) {
    // The journal may have been trimmed since the revisions were listed: then nobody knows any more who did it.
    if (error instanceof CallFailure && error.reason === 'POSITION_TOO_OLD') return undefined;
    throw error;
  }
}
