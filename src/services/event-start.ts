// Where a reader of events starts, and what it wants to see.

import { selectEventTypes } from '../domain/event';
import { parseProject } from '../domain/names';
import { fieldInvalid, Refusal } from '../domain/refusal';
import type { Engine } from '../engine/engine';
import type { Duration } from '../gen/google/protobuf/duration';
import type { Position } from '../gen/holdfast/v1/common';
import type { WatchEventsRequest } from '../gen/holdfast/v1/event_service';
import type { EventView } from './event-encoding';
import { ALL_PROJECTS } from './reading';

/** The view that a request asks for. A project need not exist: its events may be past, or to come. */
export function eventViewOf(request: {
  readonly parent: string;
  readonly types: readonly string[];
  readonly includePrevious: boolean;
}): EventView {
  return {
    project: request.parent === ALL_PROJECTS ? undefined : parseProject(request.parent, 'parent'),
    types: selectEventTypes(request.types, 'types'),
    includePrevious: request.includePrevious,
  };
}

/** The sequence after which to read; undefined for a snapshot first. */
export function startOf(engine: Engine, start: WatchEventsRequest['start']): number | undefined {
  switch (start?.$case) {
    case 'after':
      return afterOf(engine, start.value, 'after');
    case 'earliest':
      mustBeTrue(start.value, 'earliest');
      return engine.feed.floor();
    case 'snapshot':
      mustBeTrue(start.value, 'snapshot');
      return undefined;
    case 'now':
      mustBeTrue(start.value, 'now');
      return engine.reach(undefined);
    case undefined:
      return engine.reach(undefined);
  }
}

/** The sequence of a position that the journal still holds. Refuses POSITION_UNKNOWN and POSITION_TOO_OLD. */
export function afterOf(engine: Engine, position: Position, field: string): number {
  if (position.sequence < 0) throw fieldInvalid(`${field}.sequence`, 'must not be negative');
  engine.reach(position);
  if (position.sequence >= engine.feed.floor()) return position.sequence;
  const oldest = engine.feed.oldest();
  throw new Refusal('POSITION_TOO_OLD', `the journal no longer holds this position; its oldest sequence is ${oldest}`, {
    metadata: { oldest: String(oldest) },
  });
}

/** A duration in milliseconds within bounds. `fallbackMs` stands for an unset one. */
export function durationMs(
  duration: Duration | undefined,
  field: string,
  bounds: { readonly fallbackMs: number; readonly minMs: number; readonly maxMs: number },
): number {
  if (!duration) return bounds.fallbackMs;
  const ms = duration.seconds * 1000 + duration.nanos / 1_000_000;
  if (ms >= bounds.minMs && ms <= bounds.maxMs) return ms;
  throw fieldInvalid(field, `must be from ${bounds.minMs / 1000} s to ${bounds.maxMs / 1000} s`);
}

function mustBeTrue(value: boolean, field: string): void {
  if (!value) throw fieldInvalid(field, 'must be true when it is set');
}
