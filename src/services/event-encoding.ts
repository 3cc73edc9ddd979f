// Events of a record as bytes: encoded once for all readers with the same view, whose stored rows go in without a decode.

import { entityName, eventName } from '../domain/event';
import { formatTask } from '../domain/names';
import type { Engine } from '../engine/engine';
import { EntityKind, EventType } from '../gen/holdfast/journal/v1/journal';
import type { Change, Record as JournalRecord } from '../gen/holdfast/journal/v1/journal';
import { Event } from '../gen/holdfast/v1/event';
import { PositionTooOld } from '../storage/journal/journal';
import { requestIdText } from './request-id';
import { fieldBytes, splice } from './splice';
import type { Part, PositionEncoding } from './splice';
import { withWork } from './task-work';
import { traceparentOf } from './trace-context';

/** What a reader wants to see. */
export interface EventView {
  /** Undefined for all projects. */
  readonly project: string | undefined;
  /** Undefined for all types. */
  readonly types: ReadonlySet<EventType> | undefined;
  readonly includePrevious: boolean;
  /** Which changes besides; undefined for all. */
  readonly matches?: ((change: Change) => boolean) | undefined;
}

/** Bytes of events in one message: large enough for any one event, and a quarter of what clients take. */
const MESSAGE_BYTES_MAX = 1024 * 1024;
/** Field numbers of Event, EventBatch, Resource and WatchEventsResponse. */
const EVENT_AFTER = 11;
const EVENT_PREVIOUS = 12;
const BATCH_EVENTS = 1;
const BATCH_MORE = Uint8Array.of(2 << 3, 1);
const RESPONSE_POSITION = 1;
const RESPONSE_EVENTS = 3;

/** The number of an entity's kind in Resource; undefined for rows that nobody sees: a graph row tells of its task, which has
 *  not changed. */
export function resourceField(kind: EntityKind): number | undefined {
  switch (kind) {
    case EntityKind.TASK:
    case EntityKind.TASK_WORK:
      return 1;
    case EntityKind.PROJECT:
      return 2;
    case EntityKind.NOTE:
      return 3;
    case EntityKind.OPERATION:
      return 4;
    case EntityKind.QUEUE:
      return 5;
    case EntityKind.SESSION:
      return 6;
    case EntityKind.AGENT:
      return 7;
    case EntityKind.CHECKPOINT:
      return 8;
    case EntityKind.MEMORY:
      return 10;
    case EntityKind.MESSAGE:
      return 11;
    case EntityKind.LOCK:
      return 9;
    case EntityKind.HEALTH:
      return 12;
    case EntityKind.REPAIR:
      return 13;
    case EntityKind.RECOVERY:
      return 14;
    default:
      return undefined;
  }
}

/** Whether the record has any event that the view shows. */
export function selects(view: EventView, record: JournalRecord): boolean {
  return record.changes.some((change) => shows(view, change));
}

function shows({ project, types, matches }: EventView, change: Change): boolean {
  if (change.event === EventType.UNSPECIFIED) return false;
  if (project !== undefined && change.project !== project) return false;
  return (types === undefined || types.has(change.event)) && (matches === undefined || matches(change));
}

/** The record's events that the view shows, each encoded as `holdfast.v1.Event`, in order. */
export async function eventBytes(
  engine: Engine,
  positions: PositionEncoding,
  view: EventView,
  record: JournalRecord,
): Promise<Buffer[]> {
  const events: Buffer[] = [];
  let index = 0;
  for (const change of record.changes) {
    if (shows(view, change)) {
      const previous = view.includePrevious ? await previousImage(engine, change) : undefined;
      events.push(encodeEvent(positions.historyAt(record.sequence), record, change, index, previous));
    }
    if (change.event !== EventType.UNSPECIFIED) index++;
  }
  return events;
}

function encodeEvent(
  history: string,
  record: JournalRecord,
  change: Change,
  index: number,
  previous: Uint8Array | undefined,
): Buffer {
  const head = Event.encode({
    position: { history, sequence: record.sequence },
    index,
    type: eventName(change.event) ?? '',
    time: { seconds: Math.floor(record.timeMs / 1000), nanos: (record.timeMs % 1000) * 1_000_000 },
    principal: record.principal,
    session: record.session,
    requestId: requestIdText(record.requestId),
    traceparent: traceparentOf(record.trace),
    name: entityName(change),
    changedPaths: change.changedPaths,
    after: undefined,
    previous: undefined,
    origin: record.origin,
  }).finish();
  const parts: Part[] = [];
  const field = resourceField(change.kind);
  if (field === undefined) return splice(parts, head);
  if (!change.removed)
    parts.push({ field: EVENT_AFTER, bytes: splice([{ field, bytes: imageAfter(record, change) }]) });
  if (previous) parts.push({ field: EVENT_PREVIOUS, bytes: splice([{ field, bytes: previous }]) });
  return splice(parts, head);
}

/** A task comes with what goes on at it, if the record changed that too; a change of that alone, as a task with its name and nothing else. When
 *  leases end is not told: it moves with each sign of life. */
function imageAfter({ changes }: JournalRecord, change: Change): Uint8Array {
  const { kind, project, id, image } = change;
  if (kind === EntityKind.TASK_WORK) return withWork(NOWHERE, project, nameOnly(project, id), image);
  if (kind !== EntityKind.TASK) return image;
  const work = changes.find((each) => each.kind === EntityKind.TASK_WORK && each.project === project && each.id === id);
  return withWork(NOWHERE, project, image, work?.removed ? undefined : work?.image);
}

const NOWHERE = (): undefined => undefined;

/** A task of which only the name is said. */
function nameOnly(project: string, id: string): Uint8Array {
  return splice([{ field: 1, bytes: Buffer.from(formatTask(project, id)) }]);
}

/** The entity before the change; undefined if there was none, or the journal no longer reaches back to it. */
export async function previousImage(engine: Engine, change: Change): Promise<Uint8Array | undefined> {
  // What went on at a task before is told by the event of then.
  if (change.kind === EntityKind.TASK_WORK) return undefined;
  if (change.previousSequence === 0 || resourceField(change.kind) === undefined) return undefined;
  try {
    const { changes } = await engine.record(change.previousSequence);
    const before = changes.find(
      (each) => each.kind === change.kind && each.project === change.project && each.id === change.id,
    );
    return before?.removed ? undefined : before?.image;
  } catch (fault) {
    // What a trim took cannot be shown; the event itself is whole without it.
    if (fault instanceof PositionTooOld) return undefined;
    throw fault;
  }
}

/**
 * Events of one record as WatchEventsResponse messages. All but the last stay at the position before the record, from which a
 * reader gets it again from its start.
 */
export function watchMessages(positions: PositionEncoding, sequence: number, events: readonly Buffer[]): Buffer[] {
  const batches: Buffer[][] = [[]];
  let bytes = 0;
  for (const event of events) {
    const size = fieldBytes(BATCH_EVENTS, event.length);
    if (bytes > 0 && bytes + size > MESSAGE_BYTES_MAX) {
      batches.push([]);
      bytes = 0;
    }
    batches[batches.length - 1]!.push(event);
    bytes += size;
  }
  return batches.map((batch, i) => {
    const last = i === batches.length - 1;
    const parts = batch.map((event) => ({ field: BATCH_EVENTS, bytes: event }));
    return splice([
      { field: RESPONSE_POSITION, bytes: positions.bytes(last ? sequence : sequence - 1) },
      { field: RESPONSE_EVENTS, bytes: splice(parts, last ? undefined : BATCH_MORE) },
    ]);
  });
}

/** The messages of records in one view, shared by all watches that have it. */
export class SharedView {
  private readonly messages = new WeakMap<JournalRecord, readonly Buffer[] | Promise<readonly Buffer[]>>();
  /** How many watches have it. */
  users = 0;

  constructor(
    private readonly engine: Engine,
    private readonly positions: PositionEncoding,
    readonly view: EventView,
    readonly key: string,
  ) {}

  /** The messages of a record; empty if it shows nothing. A promise only the first time. */
  messagesOf(record: JournalRecord): readonly Buffer[] | Promise<readonly Buffer[]> {
    const known = this.messages.get(record);
    if (known) return known;
    if (!selects(this.view, record)) return NONE;
    const made = this.encode(record);
    this.messages.set(record, made);
    return made;
  }

  private async encode(record: JournalRecord): Promise<readonly Buffer[]> {
    try {
      const events = await eventBytes(this.engine, this.positions, this.view, record);
      const messages = watchMessages(this.positions, record.sequence, events);
      this.messages.set(record, messages);
      return messages;
    } catch (fault) {
      this.messages.delete(record);
      throw fault;
    }
  }
}

const NONE: readonly Buffer[] = [];
