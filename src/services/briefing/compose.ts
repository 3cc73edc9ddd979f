// A briefing within its bound: what matters most comes first, what does not fit is named.
//
// 1. what was left in words; each task's name, title, state and token; what others changed; locks
// 2. each task without its long fields, with its lease and progress; messages; ready tasks; memories
// 3. checkpoints, steps, long fields and notes, task by task

import { BRIEFING_BYTES_DEFAULT } from '../../domain/limits';
import type { Look } from '../../domain/standing';
import { Conflict } from '../../gen/holdfast/v1/briefing';
import { Lock } from '../../gen/holdfast/v1/lock';
import { fieldBytes, splice } from '../splice';
import type { Part } from '../splice';
import { TASKS_FIELD, Telling } from './briefed-task';
import { Room } from './room';
import type { LeftOut } from './room';
import type { Told } from './surroundings';
import type { Picture } from './picture';

/** Fields of Briefing. */
const SUMMARY = 1;
const CONFLICTS = 3;
const LOCKS = 4;
const MESSAGES = 5;
const MEMORIES = 6;
const READY_TASKS = 7;
const WATCH_FROM = 8;
/** The part of the room that a summary may take. */
const SUMMARY_SHARE = 4;
/** The part of what is left that memories may take, before tasks are told in full. */
const MEMORIES_SHARE = 2;

/** Everything that a briefing could tell. */
export interface Material {
  readonly picture: Picture;
  readonly conflicts: readonly Conflict[];
  readonly messages: readonly Told[];
  readonly memories: readonly Told[];
  readonly readyTasks: readonly Told[];
  /** The encoded position up to which everything is told. */
  readonly watchFrom: Uint8Array;
}

/** The encoded briefing, at most `maxBytes` long; 0 means the default. */
export function compose(look: Look, material: Material, maxBytes: number): Buffer {
  const { picture, conflicts, messages, memories, readyTasks, watchFrom } = material;
  const bytesMax = maxBytes === 0 ? BRIEFING_BYTES_DEFAULT : maxBytes;
  const room = new Room(bytesMax);
  const parts: Part[] = [];
  room.take(fieldBytes(WATCH_FROM, watchFrom.length));
  parts.push({ field: WATCH_FROM, bytes: watchFrom });
  tellSummary(room, picture.summary, Math.floor(bytesMax / SUMMARY_SHARE), parts);
  const tasks = picture.unfinished
    .map((each) => new Telling(look, picture.project, each))
    .filter((telling) => telling.begin(room));
  for (const each of conflicts) room.put(CONFLICTS, Conflict.encode(each).finish(), 'conflicts', each.task, parts);
  for (const image of picture.locks) room.put(LOCKS, image, 'locks', Lock.decode(image).name, parts);
  for (const telling of tasks) telling.tellShort(room);
  tell(room, MESSAGES, 'messages', messages, room.bytes, parts);
  tell(room, READY_TASKS, 'ready_tasks', readyTasks, room.bytes, parts);
  tell(room, MEMORIES, 'memories', memories, Math.floor(room.bytes / MEMORIES_SHARE), parts);
  for (const telling of tasks) telling.tellMore(room);
  return splice([...parts, ...tasks.map(({ bytes }) => ({ field: TASKS_FIELD, bytes })), ...room.omissions()]);
}

/** One that is too long is cut at a character; the session has it whole. */
function tellSummary(room: Room, summary: string, bytesMax: number, parts: Part[]): void {
  if (summary === '') return;
  const whole = Buffer.from(summary);
  const bytes = whole.length <= bytesMax ? whole : Buffer.from(`${cut(whole, bytesMax - 8)}…`);
  if (room.take(fieldBytes(SUMMARY, bytes.length))) parts.push({ field: SUMMARY, bytes });
}

function cut(bytes: Buffer, length: number): string {
  // A byte of the form 10xxxxxx goes on with a character.
  let end = length;
  while (end > 0 && (bytes[end]! & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}

/** Tells what fits into `bytesMax`, in order. */
function tell(room: Room, field: number, kind: LeftOut, all: readonly Told[], bytesMax: number, parts: Part[]): void {
  const floor = room.bytes - bytesMax;
  for (const { name, image } of all) {
    if (room.bytes - fieldBytes(field, image.length) < floor) room.leave(kind, name);
    else room.put(field, image, kind, name, parts);
  }
}
