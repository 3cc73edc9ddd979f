// One task of a briefing, told as far as there is room: its name, title, state and token first, what it is in full last.

import { onlyFields } from '../../domain/fragment';
import { stepId } from '../../domain/work/step';
import type { Look } from '../../domain/standing';
import { formatNote, formatTask } from '../../domain/names';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { View } from '../../gen/holdfast/v1/common';
import { BriefedTask } from '../../gen/holdfast/v1/briefing';
import { Task } from '../../gen/holdfast/v1/task';
import { fieldBytes, splice } from '../splice';
import type { Part } from '../splice';
import { workFields } from '../task-work';
import { taskInView } from '../view-of';
import type { Room } from './room';
import type { Unfinished } from './unfinished-work';

/** Fields of BriefedTask. */
const TASK = 1;
const STEP = 2;
const CHECKPOINT = 3;
const NOTE = 4;
/** Briefing.tasks. */
export const TASKS_FIELD = 2;
/** Notes of a task that are looked at: the newest. */
const NOTES_MAX = 100;
/** Fields of Task that are told of each: name, state, title, priority. */
const LEAST: ReadonlySet<number> = new Set([1, 5, 6, 8]);
const NOTHING = Buffer.alloc(0);

export class Telling {
  private task: Uint8Array;
  private readonly tail: Uint8Array;
  private readonly steps: Part[] = [];
  private readonly checkpoint: Part[] = [];
  private readonly notes: Part[] = [];
  private readonly name: string;
  /** The task without its long fields, and what goes on at it: encoded. */
  private readonly short: Uint8Array;
  private readonly extra: Uint8Array;

  constructor(
    private readonly look: Look,
    private readonly project: string,
    readonly of: Unfinished,
  ) {
    const { work, held, image } = of;
    this.short = taskInView(image, View.BASIC, View.BASIC);
    this.extra = work ? workFields(look, project, work) : NOTHING;
    this.name = formatTask(project, of.id);
    const lease = held && work?.lease ? { fencingToken: work.lease.fencingToken } : undefined;
    this.task = Buffer.concat([onlyFields(image, LEAST), Task.encode(Task.fromPartial({ lease })).finish()]);
    const after = of.after.map((id) => formatTask(project, id));
    this.tail = BriefedTask.encode(BriefedTask.fromPartial({ held, after })).finish();
  }

  /** Takes the room for the least of it. False: it is left out. */
  begin(room: Room): boolean {
    if (room.take(fieldBytes(TASKS_FIELD, this.length))) return true;
    room.leave('tasks', this.name);
    return false;
  }

  /** All of the task but its long fields, with its lease and progress. */
  tellShort(room: Room): void {
    this.retell(room, Buffer.concat([this.short, this.extra]));
  }

  /** What was saved of it, what need not be repeated, what it is in full, what was said about it. */
  tellMore(room: Room): void {
    const { image, work, id } = this.of;
    const { look, project } = this;
    const at = work?.latestCheckpoint ? this.checkpointRow(work.latestCheckpoint) : undefined;
    if (at) this.add(room, CHECKPOINT, at, this.checkpoint, 'checkpoints', work!.latestCheckpoint);
    for (let number = 1; number <= (work?.steps.length ?? 0); number++) {
      const row = look(EntityKind.STEP, project, stepId(id, number));
      if (row) this.add(room, STEP, row, this.steps, 'steps', this.name);
    }
    if (this.short !== image && !this.retell(room, Buffer.concat([image, this.extra]))) {
      room.leave('descriptions', this.name);
    }
    this.tellNotes(room);
  }

  /** The encoded BriefedTask. */
  get bytes(): Uint8Array {
    return splice([...this.parts, ...this.notes.slice().reverse()], this.tail);
  }

  private tellNotes(room: Room): void {
    const count = this.of.graph.notes;
    for (let number = count; number > Math.max(count - NOTES_MAX, 0); number--) {
      const row = this.look(EntityKind.NOTE, this.project, `${this.of.id}/${number}`);
      if (row) this.add(room, NOTE, row, this.notes, 'notes', formatNote(this.project, this.of.id, number));
    }
  }

  private get parts(): Part[] {
    return [{ field: TASK, bytes: this.task }, ...this.steps, ...this.checkpoint];
  }

  private get length(): number {
    let length = this.tail.length;
    for (const { field, bytes } of [...this.parts, ...this.notes]) length += fieldBytes(field, bytes.length);
    return length;
  }

  /** Shows the task in other words, if there is room. */
  private retell(room: Room, task: Uint8Array): boolean {
    const before = this.length;
    const after = before + fieldBytes(TASK, task.length) - fieldBytes(TASK, this.task.length);
    if (!room.take(fieldBytes(TASKS_FIELD, after) - fieldBytes(TASKS_FIELD, before))) return false;
    this.task = task;
    return true;
  }

  private add(
    room: Room,
    field: number,
    bytes: Uint8Array,
    into: Part[],
    kind: 'steps' | 'notes' | 'checkpoints',
    name: string,
  ): void {
    const before = this.length;
    const after = before + fieldBytes(field, bytes.length);
    if (room.take(fieldBytes(TASKS_FIELD, after) - fieldBytes(TASKS_FIELD, before))) into.push({ field, bytes });
    else room.leave(kind, name);
  }

  /** The row of a checkpoint, which has no bytes; undefined if it is gone. */
  private checkpointRow(name: string): Uint8Array | undefined {
    const [, , , session, , checkpoint] = name.split('/');
    return this.look(EntityKind.CHECKPOINT, this.project, `${session}/${checkpoint}`);
  }
}
