// ListEvents: who did what, when and from where. A call reads so much of the journal, and then says where the next one goes on.

import { LIST_EVENTS_READ_BYTES_MAX, LIST_EVENTS_READ_MAX } from '../domain/audit-limits';
import type { Caller } from '../domain/command';
import { fieldInvalid } from '../domain/refusal';
import { walkAll, walkChanges } from '../engine/audit/record-walk';
import type { Stretch } from '../engine/audit/record-walk';
import type { Record as JournalRecord } from '../gen/holdfast/journal/v1/journal';
import type { ListEventsRequest } from '../gen/holdfast/v1/event_service';
import { entityHash } from '../storage/entity-hash';
import type { Journal } from '../storage/journal/journal';
import { PositionTooOld } from '../storage/journal/journal';
import { Breather } from './breather';
import { eventBytes, selects } from './event-encoding';
import { eventQueryOf } from './event-query';
import type { EventQuery } from './event-query';
import { decodePageToken, encodePageToken } from './page-token';
import { PAGE_BYTES_MAX, pageSizeOf } from './reading';
import type { ServiceContext } from './replies';
import { splice } from './splice';
import type { Part } from './splice';

/** Field numbers of ListEventsResponse. */
const EVENTS = 1;
const NEXT_PAGE_TOKEN = 2;
const OLDEST = 3;
const POSITION = 4;

/** Where a page begins: at a record, some of whose events were on the page before. */
interface Place {
  readonly sequence: number;
  readonly shown: number;
}

/** What a page holds, and where the next one begins; undefined after the last. */
interface EventPage {
  readonly events: readonly Buffer[];
  readonly next: Place | undefined;
}

/** ListEvents. Refuses FIELD_INVALID, NOT_FOUND, POSITION_UNKNOWN, and POSITION_TOO_OLD where a trim took what the next page would begin with. */
export function listEvents(context: ServiceContext): (request: ListEventsRequest, caller: Caller) => Promise<Buffer> {
  const { engine, positions } = context;
  const { journal } = engine.parts;
  return async (request, { principal }) => {
    const size = pageSizeOf(request.pageSize);
    const seen = engine.reach(request.atLeast);
    const query = eventQueryOf(engine, request);
    const place = placeOf(decodePageToken(request.pageToken, query.canonical, principal));
    const stretch = await stretchOf(journal, query, seen, place);
    const { events, next } = await readPage(context, query, stretch, place?.shown ?? 0, size);
    const parts: Part[] = events.map((bytes) => ({ field: EVENTS, bytes }));
    if (next) {
      const token = encodePageToken(`${next.sequence}.${next.shown}`, query.canonical, principal);
      parts.push({ field: NEXT_PAGE_TOKEN, bytes: Buffer.from(token) });
    }
    parts.push({ field: OLDEST, bytes: positions.bytes(journal.oldest()) });
    parts.push({ field: POSITION, bytes: positions.bytes(seen) });
    return splice(parts);
  };
}

function placeOf(token: string | undefined): Place | undefined {
  if (token === undefined) return undefined;
  const [sequence = -1, shown = -1] = token.split('.').map(Number);
  if (Number.isSafeInteger(sequence) && Number.isSafeInteger(shown) && sequence > 0 && shown >= 0) {
    return { sequence, shown };
  }
  throw fieldInvalid('page_token', 'names no place in the journal');
}

/** The stretch of the journal that may hold what is asked for, from the page's place on. */
async function stretchOf(journal: Journal, query: EventQuery, seen: number, place?: Place): Promise<Stretch> {
  const { fromMs, beforeMs, newestFirst } = query;
  const oldest = journal.oldest();
  let first = Math.max(oldest, fromMs === undefined ? 1 : (await journal.sequenceAtTime(fromMs - 1)) + 1);
  let last = beforeMs === undefined ? seen : Math.min(seen, await journal.sequenceAtTime(beforeMs - 1));
  if (!place) return { first, last };
  if (newestFirst) last = Math.min(last, place.sequence);
  else if (place.sequence <= journal.floor()) throw new PositionTooOld(place.sequence, oldest);
  else first = Math.max(first, place.sequence);
  return { first, last };
}

/** Reads until the page is full, the stretch ends, or too much was read. */
async function readPage(
  { engine, positions }: ServiceContext,
  query: EventQuery,
  stretch: Stretch,
  shown: number,
  size: number,
): Promise<EventPage> {
  const { newestFirst } = query;
  const begin = newestFirst ? stretch.last : stretch.first;
  const after = ({ sequence }: JournalRecord): Place => ({ sequence: sequence + (newestFirst ? -1 : 1), shown: 0 });
  const budget = new Budget();
  const events: Buffer[] = [];
  let bytes = 0;
  let next: Place | undefined;
  for await (const record of walk(engine.parts.journal, query, stretch)) {
    next = after(record);
    if (query.matchesRecord(record) && selects(query.view, record)) {
      const ofRecord = await eventBytes(engine, positions, query.view, record);
      if (newestFirst) ofRecord.reverse();
      let index = record.sequence === begin ? Math.min(shown, ofRecord.length) : 0;
      for (; index < ofRecord.length; index++) {
        const event = ofRecord[index]!;
        const full = events.length === size || (events.length > 0 && bytes + event.length > PAGE_BYTES_MAX);
        if (full) return { events, next: { sequence: record.sequence, shown: index } };
        events.push(event);
        bytes += event.length;
      }
    }
    if (events.length === size || budget.spent(record)) return { events, next: within(next, stretch) };
    await budget.pause();
  }
  return { events, next: undefined };
}

function walk(journal: Journal, { entity, newestFirst }: EventQuery, stretch: Stretch): AsyncIterable<JournalRecord> {
  if (!entity) return walkAll(journal, stretch, newestFirst);
  const hashes = new Set(entity.rows.map(({ kind, project, id }) => entityHash(kind, project, id)));
  return walkChanges(journal, [...hashes], stretch, newestFirst);
}

/** The place, unless nothing is left there. */
function within(place: Place, { first, last }: Stretch): Place | undefined {
  return place.sequence >= first && place.sequence <= last ? place : undefined;
}

/** How much one call reads, and how long it holds the event loop at once. */
class Budget {
  private readonly breather = new Breather();
  private records = 0;
  private bytes = 0;

  /** Counts a record that was read; true when it was the last. */
  spent({ changes }: JournalRecord): boolean {
    this.records++;
    for (const { image } of changes) this.bytes += image.length;
    return this.records >= LIST_EVENTS_READ_MAX || this.bytes >= LIST_EVENTS_READ_BYTES_MAX;
  }

  pause(): Promise<void> | undefined {
    return this.breather.pause();
  }
}
