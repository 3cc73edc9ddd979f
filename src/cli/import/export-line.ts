import { Note } from '../../gen/holdfast/v1/note';
import { Task } from '../../gen/holdfast/v1/task';
import { jsonOf } from '../proto-json';

/** A task as canonical ProtoJSON, with its notes. What is computed when it is read is left out: it says nothing later. */
export function exportLine(task: Task, notes: readonly Note[]): string {
  const json = jsonOf('holdfast.v1.Task', Task.encode({ ...task, readiness: undefined }).finish()) as object;
  if (notes.length === 0) return JSON.stringify(json);
  const said = notes.map(({ text, author, createTime }) =>
    jsonOf('holdfast.v1.Note', Note.encode({ ...Note.create(), text, author, createTime }).finish()),
  );
  return JSON.stringify({ ...json, notes: said });
}
