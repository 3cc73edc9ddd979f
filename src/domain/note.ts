// What is said about a task. Notes are numbered from 1 without gaps: the count in the task's graph row is the last one's number.

import type { Timestamp } from '../gen/google/protobuf/timestamp';
import { EntityKind, EventType } from '../gen/holdfast/journal/v1/journal';
import { Note } from '../gen/holdfast/v1/note';
import type { AddNoteRequest } from '../gen/holdfast/v1/task_service';
import type { Draft } from './draft';
import { checkBytes, checkLength } from './field-checks';
import { ASSIGNEE_LENGTH_MAX, NOTES_MAX, NOTE_TEXT_BYTES_MAX } from './limits';
import { formatNote, formatTask } from './names';
import { Refusal, fieldInvalid } from './refusal';
import { imageOf } from './row-image';
import { findLiveTask } from './task-access';
import type { Report } from './violations';
import { Violations } from './violations';

/** What a note says; the rest of it is given. */
export interface NoteContent {
  readonly text: string;
  /** Empty for the principal. */
  readonly author: string;
  /** When it was said; undefined means now. */
  readonly createTime?: Timestamp | undefined;
}

/** AddNote, in any state of the task. Gives the index of the note's change: the task itself does not change. */
export function addNote(draft: Draft, { parent, note }: AddNoteRequest): number {
  if (!note) throw fieldInvalid('note', 'is required');
  const violations = new Violations();
  violations.prefix = 'note.';
  checkNote(note, violations.report);
  violations.throwIfAny();
  const { project, id } = findLiveTask(draft, 'addNote', parent, '', 'parent');
  return putNote(draft, project, id, { text: note.text, author: note.author });
}

/** Reports what is wrong with a note's text and author. */
export function checkNote({ text, author }: NoteContent, report: Report): void {
  if (text.trim() === '') report('text', 'is required');
  checkBytes(text, NOTE_TEXT_BYTES_MAX, 'text', report);
  checkLength(author, ASSIGNEE_LENGTH_MAX, 'author', report);
}

/** Puts a checked note of a task that exists. Gives the index of its change. Refuses with GRAPH_TOO_LARGE above 1000 notes. */
export function putNote(draft: Draft, project: string, task: string, content: NoteContent): number {
  const graph = draft.graphs.graph(project, task);
  const number = graph.notes + 1;
  if (number > NOTES_MAX) throw tooMany(formatTask(project, task));
  const { principal } = draft.caller;
  const note: Note = {
    name: formatNote(project, task, number),
    text: content.text,
    author: content.author === '' ? principal : content.author,
    createTime: content.createTime ?? draft.now,
    creator: principal,
  };
  graph.notes = number;
  return draft.put(EntityKind.NOTE, project, noteId(task, number), imageOf(Note, note), EventType.NOTE_ADDED, []);
}

/** Takes away all notes of a task that is purged: before the task itself, whose graph row counts them. */
export function removeNotes(draft: Draft, project: string, task: string): void {
  const graph = draft.graphs.graph(project, task);
  for (let number = 1; number <= graph.notes; number++) {
    draft.put(EntityKind.NOTE, project, noteId(task, number), undefined, EventType.UNSPECIFIED, []);
  }
  graph.notes = 0;
}

/** The id of a note's row. */
function noteId(task: string, number: number): string {
  return `${task}/${number}`;
}

function tooMany(name: string): Refusal {
  return new Refusal('GRAPH_TOO_LARGE', `${name} has ${NOTES_MAX} notes, and no more are allowed`, {
    metadata: { limit: String(NOTES_MAX) },
    resource: { type: 'task', name },
  });
}
