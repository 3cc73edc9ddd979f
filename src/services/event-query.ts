// Which events of the past a ListEventsRequest asks for.

import { LIST_EVENTS_WORD_LENGTH_MAX } from '../domain/audit-limits';
import { entityRowsOf } from '../domain/entity-rows';
import type { EntityRows } from '../domain/entity-rows';
import { formatProject } from '../domain/names';
import { fieldInvalid } from '../domain/refusal';
import { isTimestamp } from '../domain/timestamp';
import type { Engine } from '../engine/engine';
import type { Timestamp } from '../gen/google/protobuf/timestamp';
import type { Record as JournalRecord } from '../gen/holdfast/journal/v1/journal';
import { EntityKind, TaskWork } from '../gen/holdfast/journal/v1/journal';
import type { ListEventsRequest } from '../gen/holdfast/v1/event_service';
import type { EventView } from './event-encoding';
import { eventViewOf } from './event-start';
import { ALL_PROJECTS } from './reading';
import { parseRequestId } from './request-id';

/** What a request asks for, checked. */
export interface EventQuery {
  /** Which events of a record, and how. */
  readonly view: EventView;
  readonly entity: EntityRows | undefined;
  /** Only records from this journal time on, in milliseconds. */
  readonly fromMs: number | undefined;
  /** Only records before this journal time, in milliseconds. */
  readonly beforeMs: number | undefined;
  readonly newestFirst: boolean;
  /** Whether who asked, and how, is as asked for. */
  matchesRecord(record: JournalRecord): boolean;
  /** All that says which events: what page tokens are bound to. */
  readonly canonical: string;
}

/** The query of a request. Refuses FIELD_INVALID; NOT_FOUND for an external id that no task has. */
export function eventQueryOf(engine: Engine, request: ListEventsRequest): EventQuery {
  const { principal, session, origin, newestFirst } = request;
  for (const [field, word] of Object.entries({ principal, session, origin })) {
    if (word.length > LIST_EVENTS_WORD_LENGTH_MAX) {
      throw fieldInvalid(field, `has ${word.length} characters, at most ${LIST_EVENTS_WORD_LENGTH_MAX} are taken`);
    }
  }
  const requestId = parseRequestId(request.requestId);
  const entity = request.entity === '' ? undefined : entityOf(engine, request);
  const view = { ...eventViewOf(request), matches: entity?.matches };
  const fromMs = millisecondsFrom(request.startTime, 'start_time');
  const beforeMs = millisecondsFrom(request.endTime, 'end_time');
  const canonical = JSON.stringify([
    ...['listEvents', request.parent, request.types, entity?.name ?? '', principal, session],
    ...[request.requestId.toLowerCase(), fromMs ?? '', beforeMs ?? '', origin, newestFirst, request.includePrevious],
  ]);
  return {
    ...{ view, entity, fromMs, beforeMs, newestFirst, canonical },
    matchesRecord: (record) =>
      (principal === '' || record.principal === principal) &&
      (session === '' || isSession(record.session, session)) &&
      (origin === '' || record.origin.startsWith(origin)) &&
      (requestId === undefined || Buffer.compare(record.requestId, requestId) === 0),
  };
}

function entityOf(engine: Engine, { entity: name, parent }: ListEventsRequest): EntityRows {
  const entity = entityRowsOf(name, 'entity', {
    idOf: (project, externalId) => engine.taskIdByExternalId(project, externalId),
    artifactsOf: (project, id) => {
      const row = engine.readNow(EntityKind.TASK_WORK, project, id);
      if (row) return TaskWork.decode(row.image).artifacts.length;
      return engine.readNow(EntityKind.TASK, project, id) ? 0 : undefined;
    },
  });
  const { project } = entity.rows[0]!;
  if (parent !== ALL_PROJECTS && formatProject(project) !== parent) {
    throw fieldInvalid('entity', `is not of ${parent}; ask for it with parent ${ALL_PROJECTS}`);
  }
  return entity;
}

/** A session is asked for by its name or its id. */
function isSession(name: string, asked: string): boolean {
  return name === asked || (!asked.includes('/') && name.endsWith(`/sessions/${asked}`));
}

/** The first millisecond that is not before a time. */
function millisecondsFrom(time: Timestamp | undefined, field: string): number | undefined {
  if (!time) return undefined;
  if (!isTimestamp(time)) throw fieldInvalid(field, 'is no time between the years 1 and 9999');
  return time.seconds * 1000 + Math.ceil(time.nanos / 1_000_000);
}
