// Goal: ListEvents gives exactly the events that were asked for. Method: random worlds; each listing, page by page, is held against
// a plain filter over all events of the journal, read by ReadEvents.

import { status as Code } from '@grpc/grpc-js';
import type { Engine } from '../../src/engine/engine';
import type { Event } from '../../src/gen/holdfast/v1/event';
import { ListEventsRequest, ReadEventsRequest } from '../../src/gen/holdfast/v1/event_service';
import type { ListEventsResponse } from '../../src/gen/holdfast/v1/event_service';
import { CreateTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import { LIST_EVENTS_READ_MAX } from '../../src/domain/audit-limits';
import { AuditWorld, ORIGINS, PRINCIPALS } from '../support/audit-world';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';
import { chosenSeed, randomFrom } from '../support/seed';
import type { Random } from '../support/seed';

const SMALL = { engine: { segmentBytesMax: 16 * 1024 } };

function list(
  { events }: Booted,
  asked: Parameters<typeof ListEventsRequest.fromPartial>[0],
): Promise<ListEventsResponse> {
  return call(events, 'listEvents', ListEventsRequest.fromPartial({ parent: 'projects/-', ...asked }));
}

/** All pages of a listing, and how many there were. */
async function listAll(booted: Booted, asked: Partial<ListEventsRequest>): Promise<Event[]> {
  const found: Event[] = [];
  for (let pageToken = '', pages = 0; ; pages += 1) {
    const page = await list(booted, { ...asked, pageToken });
    if (asked.pageSize) expect(page.events.length).toBeLessThanOrEqual(asked.pageSize);
    found.push(...page.events);
    pageToken = page.nextPageToken;
    if (pageToken === '') return found;
    if (pages > 10_000) throw new Error('the listing does not end');
  }
}

/** Every event of the journal, oldest first. */
async function everyEvent({ events, engine }: Booted): Promise<Event[]> {
  const found: Event[] = [];
  let after: ReadEventsRequest['after'];
  for (;;) {
    const request = ReadEventsRequest.fromPartial({ parent: 'projects/-', after, pageSize: 1000 });
    const page = await call(events, 'readEvents', request);
    found.push(...page.events);
    after = page.position;
    if (after!.sequence >= engine.status.durable) return found;
  }
}

/** Nanoseconds since 1970, exactly. */
const nanos = (time: Event['time']): bigint => BigInt(time!.seconds) * 1_000_000_000n + BigInt(time!.nanos);

/** The plain meaning of a request, written from the proto's words. */
function means(asked: Partial<ListEventsRequest>, event: Event): boolean {
  const { parent, entity, session = '' } = asked;
  return (
    (!parent || parent === 'projects/-' || `${event.name}/`.startsWith(`${parent}/`)) &&
    (!asked.types?.length ||
      asked.types.some((type) => type === event.type || type === event.type.replace(/\..*/, '.*'))) &&
    (!entity || event.name === entity || (entity.includes('/tasks/') && event.name.startsWith(`${entity}/`))) &&
    (!asked.principal || event.principal === asked.principal) &&
    (session === '' || event.session === session || event.session.endsWith(`/sessions/${session}`)) &&
    (!asked.requestId || event.requestId === asked.requestId) &&
    (!asked.startTime || nanos(event.time) >= nanos(asked.startTime)) &&
    (!asked.endTime || nanos(event.time) < nanos(asked.endTime)) &&
    (!asked.origin || event.origin.startsWith(asked.origin))
  );
}

function randomAsk(random: Random, events: readonly Event[], world: AuditWorld): Partial<ListEventsRequest> {
  const time = (): ListEventsRequest['startTime'] => {
    const { seconds, nanos } = random.pick(events).time!;
    return random.chance(0.5) ? { seconds, nanos } : { seconds, nanos: Math.min(nanos + 1, 999_999_999) };
  };
  const event = random.pick(events);
  const sessions = events.filter(({ session }) => session !== '').map(({ session }) => session);
  const asked: Partial<ListEventsRequest> = {
    newestFirst: random.chance(0.5),
    pageSize: random.pick([7, 30, 1000]),
    includePrevious: random.chance(0.2),
  };
  if (random.chance(0.2)) asked.parent = 'projects/other';
  if (random.chance(0.3)) asked.types = random.pick([['task.*'], ['task.created', 'note.added'], [event.type]]);
  if (random.chance(0.5)) {
    asked.entity = random.chance(0.7) ? event.name : event.name.replace(/^(projects\/[^/]+\/tasks\/[^/]+)\/.*$/, '$1');
    asked.parent = 'projects/-';
  }
  if (random.chance(0.2)) asked.principal = random.pick([...PRINCIPALS, 'nobody']);
  if (random.chance(0.2) && sessions.length > 0) {
    const session = random.pick(sessions);
    asked.session = random.chance(0.5) ? session : session.split('/').at(-1)!;
  }
  if (random.chance(0.1)) asked.requestId = random.pick(world.requestIds);
  if (random.chance(0.2)) asked.origin = random.pick([...ORIGINS, '10.', 'unix', 'x']);
  if (random.chance(0.3)) asked.startTime = time();
  if (random.chance(0.3)) asked.endTime = time();
  return asked;
}

async function compare(booted: Booted, world: AuditWorld, random: Random, count: number): Promise<number> {
  const events = await everyEvent(booted);
  let found = 0;
  for (let ask = 0; ask < count; ask += 1) {
    const asked = randomAsk(random, events, world);
    const listed = await listAll(booted, asked);
    const plain = events.filter((event) => means(asked, event));
    if (asked.newestFirst) plain.reverse();
    const bare = ({ position, index, type, name }: Event): string => `${position!.sequence}.${index} ${type} ${name}`;
    expect([asked, listed.map(bare)]).toEqual([asked, plain.map(bare)]);
    if (!asked.includePrevious) expect(listed).toEqual(plain);
    found += listed.length;
  }
  return found;
}

it('any listing is the plain filter over all events, in both orders, with pages of any size', async () => {
  const random = randomFrom(chosenSeed());
  const booted = await boot(SMALL);
  const world = new AuditWorld(booted.engine, random);
  await world.begin();
  await world.steps(400);
  expect(await compare(booted, world, random, 80)).toBeGreaterThan(300);
  await world.steps(100);
  await booted.stop();
  const again = await boot({ ...SMALL, dir: booted.dir });
  await compare(again, world, random, 30);
});

it('a listing is right where the journal was trimmed, and says what the oldest position is', async () => {
  const random = randomFrom(chosenSeed());
  const booted = await boot(SMALL);
  const world = new AuditWorld(booted.engine, random);
  await world.begin();
  await world.steps(400);
  const before = await list(booted, { pageSize: 5 });
  await trimTo(booted.engine, 200);
  const oldest = booted.engine.parts.journal.oldest();
  expect(oldest).toBeGreaterThan(1);
  expect((await list(booted, {})).oldest!.sequence).toBe(oldest);
  await expect(list(booted, { pageSize: 5, pageToken: before.nextPageToken })).rejects.toMatchObject({
    code: Code.OUT_OF_RANGE,
  });
  await compare(booted, world, random, 40);
});

it('a listing back in time that a trim meets ends where the journal begins', async () => {
  const booted = await boot(SMALL);
  const world = new AuditWorld(booted.engine, randomFrom(chosenSeed()));
  await world.begin();
  await world.steps(400);
  const page = await list(booted, { newestFirst: true, pageSize: 2 });
  await trimTo(booted.engine, booted.engine.status.durable - 20);
  const rest = await listAll(booted, { newestFirst: true, pageSize: 2 });
  expect(rest.length).toBeGreaterThan(2);
  const after = await list(booted, { newestFirst: true, pageSize: 2, pageToken: page.nextPageToken });
  expect(after.events[0]!.position!.sequence).toBeGreaterThanOrEqual(booted.engine.parts.journal.oldest());
});

it('events of one command are parted over pages and none is lost', async () => {
  const booted = await boot(SMALL);
  const { engine } = booted;
  await createMany(engine, 3, 20);
  for (const newestFirst of [false, true]) {
    const listed = await listAll(booted, { types: ['task.created'], pageSize: 7, newestFirst });
    expect(new Set(listed.map(({ name }) => name)).size).toBe(60);
    expect(listed).toHaveLength(60);
  }
});

it('a call reads so much and no more, and gives a token with an empty page', async () => {
  const booted = await boot();
  const { engine } = booted;
  await createMany(engine, LIST_EVENTS_READ_MAX + 100, 0);
  for (const newestFirst of [false, true]) {
    const page = await list(booted, { principal: 'nobody', newestFirst });
    expect(page).toMatchObject({ events: [], nextPageToken: expect.stringMatching(/./) as string });
    const next = await list(booted, { principal: 'nobody', newestFirst, pageToken: page.nextPageToken });
    expect(next).toMatchObject({ events: [], nextPageToken: '' });
  }
});

it.each([
  ['nonsense as an entity', { entity: 'nonsense' }, Code.INVALID_ARGUMENT, 'entity'],
  ['an entity of no kind', { entity: 'projects/default/cats/x' }, Code.INVALID_ARGUMENT, 'entity'],
  ['a note without a number', { entity: 'projects/default/tasks/t1/notes/x' }, Code.INVALID_ARGUMENT, 'entity'],
  ['an external id that no task has', { entity: 'projects/default/tasks/external:X' }, Code.NOT_FOUND, 'external:X'],
  [
    'an entity of another project',
    { entity: 'projects/other/tasks/t1', parent: 'projects/default' },
    Code.INVALID_ARGUMENT,
    'projects/-',
  ],
  ['a request id that is no UUID', { requestId: 'x' }, Code.INVALID_ARGUMENT, 'request_id'],
  ['an origin of 513 characters', { origin: 'x'.repeat(513) }, Code.INVALID_ARGUMENT, 'origin'],
  ['a time beyond all years', { startTime: { seconds: 1e15, nanos: 0 } }, Code.INVALID_ARGUMENT, 'start_time'],
  ['a type that no event has', { types: ['task.eaten'] }, Code.INVALID_ARGUMENT, 'types'],
  ['a negative page size', { pageSize: -1 }, Code.INVALID_ARGUMENT, 'page_size'],
  ['a parent that is no project', { parent: 'x' }, Code.INVALID_ARGUMENT, 'parent'],
  ['a page token from elsewhere', { pageToken: 'x' }, Code.INVALID_ARGUMENT, 'page_token'],
])('%s is refused with words that name the field', async (_, asked, code, word) => {
  const booted = await boot();
  await expect(list(booted, asked)).rejects.toMatchObject({
    code,
    details: expect.stringContaining(word) as string,
  });
});

it('a page token belongs to its query', async () => {
  const booted = await boot();
  await createMany(booted.engine, 5, 0);
  const { nextPageToken } = await list(booted, { pageSize: 1 });
  await expect(list(booted, { pageSize: 1, pageToken: nextPageToken, origin: 'x' })).rejects.toMatchObject({
    code: Code.INVALID_ARGUMENT,
  });
  expect((await list(booted, { pageSize: 2, pageToken: nextPageToken })).events).toHaveLength(2);
});

async function trimTo(engine: Engine, sequence: number): Promise<void> {
  await engine.parts.journal.trim(sequence);
}

/** Commands that create one task each, or `batch` tasks. */
async function createMany(engine: Engine, commands: number, batch: number): Promise<void> {
  const caller = { principal: 'local', session: '', sessionToken: '' };
  const one = CreateTaskRequest.fromPartial({ parent: 'projects/default', task: { title: 'a task' } });
  const requests = Array.from({ length: batch }, () => one);
  const many = { parent: 'projects/default', requests, requestId: '', validateOnly: false, dependencies: [] };
  for (let done = 0; done < commands; done += 500) {
    await Promise.all(
      Array.from({ length: Math.min(500, commands - done) }, () =>
        engine.execute(
          batch === 0
            ? { kind: 'createTask', request: one, caller, validateOnly: false }
            : { kind: 'batchCreateTasks', request: many, caller, validateOnly: false },
        ),
      ),
    );
  }
}
