// Goal: an operation is accepted whole or not at all, ends once, and is forgotten when it may be.

import { derive } from '../../src/domain/derive';
import { indexedOf } from '../../src/domain/indexed';
import type { OperationAdvance } from '../../src/domain/own-requests';
import { formatBulkCursor, metadataOf, parseBulkCursor, responseOf } from '../../src/engine/bulk/bulk-messages';
import { Any } from '../../src/gen/google/protobuf/any';
import { Status } from '../../src/gen/google/rpc/status';
import { Change, EntityKind, EventType } from '../../src/gen/holdfast/journal/v1/journal';
import { Operation, OperationState } from '../../src/gen/holdfast/v1/operation';
import { BulkChangeTasksRequest, BulkChangeTasksResult } from '../../src/gen/holdfast/v1/task_service';
import { World, createProject } from '../support/world';

const DAY_MS = 24 * 60 * 60 * 1000;
const request = BulkChangeTasksRequest.fromPartial({
  parent: 'projects/p',
  filter: 'state = PENDING',
  change: { $case: 'cancel', value: { reason: 'superseded' } },
});

function start(world: World, fields: object = {}): Operation {
  const given = BulkChangeTasksRequest.fromPartial({ ...request, ...fields });
  return Operation.decode(
    world.run({ kind: 'startOperation', request: given, metadata: metadataOf(given) }).replies[0]!.image,
  );
}

function refusalOf(world: World, fields: object) {
  const given = BulkChangeTasksRequest.fromPartial({ ...request, ...fields });
  return world.refusal({ kind: 'startOperation', request: given, metadata: metadataOf(given) });
}

function stored(world: World, name: string): Operation {
  return Operation.decode(world.view.row(EntityKind.OPERATION, '', name.slice('operations/'.length))!.image);
}

const response = responseOf(BulkChangeTasksResult.fromPartial({ changed: 3 }));
function advance(name: string, fields: Partial<OperationAdvance> = {}) {
  const progress = { phase: 'canceling', done: 3, total: 9, unit: 'tasks' };
  return { kind: 'advanceOperation' as const, request: { name, progress, cursor: '7//x', ...fields } };
}
const succeeded: Partial<OperationAdvance> = { outcome: { state: OperationState.SUCCEEDED, response } };

function cancel(name: string) {
  return { kind: 'cancelOperation' as const, request: { name, requestId: '', validateOnly: false } };
}

describe('a bulk change', () => {
  it('begins as a running operation that keeps what was asked, by whom and from where it goes on', () => {
    const world = new World();
    const given = BulkChangeTasksRequest.fromPartial({ ...request, requestId: 'x', validateOnly: true });
    const { decision, sequence } = world.run({ kind: 'startOperation', request: given, metadata: metadataOf(given) });
    const [change] = decision.changes;
    expect(change).toMatchObject({ kind: EntityKind.OPERATION, project: '', event: EventType.OPERATION_STARTED });
    const operation = Operation.decode(change!.image);
    expect(operation).toMatchObject({
      name: `operations/${change!.id}`,
      state: OperationState.RUNNING,
      creator: 'local',
      cancelRequested: false,
      endTime: undefined,
      purgeTime: undefined,
    });
    expect(change!.id).toMatch(/^op-/);
    expect(BulkChangeTasksRequest.decode(operation.metadata!.value)).toEqual(request);
    expect(operation.metadata!.typeUrl).toBe('type.googleapis.com/holdfast.v1.BulkChangeTasksRequest');
    expect(parseBulkCursor(operation.cursor)).toMatchObject({ sequence, place: undefined, result: { changed: 0 } });
  });

  it.each([
    [{ parent: 'p' }, 'FIELD_INVALID', ['parent']],
    [{ parent: 'projects/q' }, 'NOT_FOUND', undefined],
    [{ filter: '' }, 'FIELD_INVALID', ['filter']],
    [{ filter: '  ' }, 'FIELD_INVALID', ['filter']],
    [{ filter: 'state = ' }, 'FILTER_INVALID', ['filter']],
    [{ filter: 'colour = red' }, 'FILTER_INVALID', ['filter']],
    [{ change: undefined }, 'FIELD_INVALID', ['change']],
    [{ change: undefined, filter: '' }, 'FIELD_INVALID', ['filter', 'change']],
  ])('%j is refused with %s', (fields, reason, paths) => {
    const refusal = refusalOf(new World(), fields);
    expect(refusal.reason).toBe(reason);
    if (paths) expect(refusal.details.fields?.map(({ field }) => field)).toEqual(paths);
  });

  it.each([
    [undefined, ['title'], ['update.task']],
    [{ title: 'x' }, undefined, ['update.update_mask']],
    [{ title: 'x' }, [], ['update.update_mask']],
    [{ title: 'x' }, ['titel'], ['update.update_mask']],
    [{ title: 'x' }, ['etag', 'uid'], ['update.update_mask']],
    [{ externalId: 'x' }, ['external_id'], ['update.update_mask']],
    [{ title: 'x', name: 'projects/p/tasks/t1' }, ['title'], ['update.task.name']],
    [{ title: ' ' }, ['title'], ['update.task.title']],
    [{ priority: 9 }, ['priority'], ['update.task.priority']],
    [{ parent: 'projects/q/tasks/t1' }, ['parent'], ['update.task.parent']],
    [{ labels: new Map([['-', 'x']]) }, ['labels.-'], ['update.task.labels']],
  ])('an update of %j by %j is refused at %j before any task is looked at', (task, updateMask, paths) => {
    const refusal = refusalOf(new World(), { change: { $case: 'update', value: { task, updateMask } } });
    expect([refusal.reason, refusal.details.fields?.map(({ field }) => field)]).toEqual(['FIELD_INVALID', paths]);
  });

  it('has a reason of at most 4 KiB', () => {
    const refusal = refusalOf(new World(), { change: { $case: 'pause', value: { reason: 'x'.repeat(4097) } } });
    expect(refusal.details.fields?.[0]?.field).toBe('pause.reason');
  });

  it('takes an update of known fields', () => {
    const value = {
      task: { priority: 1, labels: new Map([['area', 'docs']]) },
      updateMask: ['priority', 'labels.area'],
    };
    expect(start(new World(), { change: { $case: 'update', value } }).state).toBe(OperationState.RUNNING);
  });

  it('is refused when it is larger than its progress may rewrite', () => {
    const value = { task: { title: 'x', description: 'x'.repeat(65_536) }, updateMask: ['description'] };
    const refusal = refusalOf(new World(), { change: { $case: 'update', value } });
    expect(refusal).toMatchObject({ reason: 'TOO_LARGE', details: { metadata: { limit_bytes: '65536' } } });
  });

  it('is refused in a deleted project', () => {
    const world = new World();
    world.run({ kind: 'createProject', request: createProject('q') });
    world.run({
      kind: 'deleteProject',
      request: { name: 'projects/q', etag: '', requestId: '', validateOnly: false },
    });
    expect(refusalOf(world, { parent: 'projects/q' }).reason).toBe('NOT_FOUND');
  });

  it('is one of at most 100 that run and 10,000 that are kept', () => {
    const world = new World();
    const { name } = start(world);
    for (let i = 1; i < 100; i++) start(world);
    const full = refusalOf(world, {});
    expect(full).toMatchObject({ reason: 'QUOTA', details: { metadata: { limit: '100' } } });
    world.run(advance(name, succeeded));
    start(world);
    world.view.tally = () => ({ nextTaskNumber: 1, tasks: 10_000, liveTasks: 0 });
    expect(refusalOf(world, {})).toMatchObject({ reason: 'QUOTA', details: { metadata: { limit: '10000' } } });
  });
});

describe('an operation', () => {
  it('says how far it is, and where it goes on', () => {
    const world = new World();
    const { name } = start(world);
    const { decision } = world.run(advance(name));
    expect(decision.changes[0]).toMatchObject({
      event: EventType.OPERATION_PROGRESSED,
      changedPaths: ['progress', 'cursor'],
    });
    expect(stored(world, name)).toMatchObject({ progress: { done: 3 }, cursor: '7//x', state: OperationState.RUNNING });
  });

  it.each([
    ['succeeds', { state: OperationState.SUCCEEDED, response }, 'response'],
    ['was canceled', { state: OperationState.CANCELED, response }, 'response'],
    ['fails', { state: OperationState.FAILED, error: Status.create({ code: 13 }) }, 'error'],
  ] as const)('that %s ends once, and stays for 7 days', (_, outcome, path) => {
    const world = new World();
    const { name } = start(world);
    const endMs = world.nowMs;
    const { decision } = world.run(advance(name, { outcome }));
    expect(decision.changes[0]!.event).toBe(EventType.OPERATION_ENDED);
    expect(decision.changes[0]!.changedPaths).toEqual(
      expect.arrayContaining(['state', 'progress', path, 'end_time', 'purge_time', 'cursor']),
    );
    const after = stored(world, name);
    expect(after).toMatchObject({ state: outcome.state, cursor: '', result: { $case: path } });
    expect(after.endTime!.seconds * 1000).toBe(endMs);
    expect(world.refusal(advance(name)).reason).toBe('ILLEGAL_TRANSITION');
    world.nowMs = endMs + 7 * DAY_MS - 1;
    expect(world.refusal({ kind: 'purgeOperation', request: { name } }).reason).toBe('ILLEGAL_TRANSITION');
    world.nowMs++;
    expect(world.run({ kind: 'purgeOperation', request: { name } }).decision.changes[0]).toMatchObject({
      removed: true,
      event: EventType.UNSPECIFIED,
    });
    expect(world.view.tally('')).toMatchObject({ tasks: 0, liveTasks: 0 });
    expect(world.refusal(cancel(name)).reason).toBe('NOT_FOUND');
  });

  it('hears of a cancel once, and keeps it while it goes on', () => {
    const world = new World();
    const { name } = start(world);
    const { decision } = world.run(cancel(name));
    expect(decision.changes[0]).toMatchObject({
      event: EventType.OPERATION_PROGRESSED,
      changedPaths: ['cancel_requested'],
    });
    const again = world.run(cancel(name)).decision.changes[0]!;
    expect([again.event, again.changedPaths]).toEqual([EventType.UNSPECIFIED, []]);
    world.run(advance(name));
    expect(stored(world, name).cancelRequested).toBe(true);
  });

  it('that has ended is not changed by a cancel', () => {
    const world = new World();
    const { name } = start(world);
    world.run(advance(name, succeeded));
    const before = stored(world, name);
    const { decision } = world.run(cancel(name));
    expect(decision.changes[0]!.event).toBe(EventType.UNSPECIFIED);
    expect(stored(world, name)).toEqual(before);
  });

  it('that runs is not purged', () => {
    const world = new World();
    const { name } = start(world);
    expect(world.refusal({ kind: 'purgeOperation', request: { name } }).reason).toBe('ILLEGAL_TRANSITION');
  });

  it.each(['', 'op-1', 'operations/', 'operations/Op', 'projects/p'])('is not called %j', (name) => {
    expect(new World().refusal(cancel(name)).details.fields?.[0]?.field).toBe('name');
  });
});

describe('the row of an operation', () => {
  const at = (seconds: number) => ({ seconds, nanos: 0 });
  const runs = { name: 'operations/op-1', state: OperationState.RUNNING, createTime: at(1) };
  const over = { ...runs, state: OperationState.SUCCEEDED, purgeTime: at(9) };
  const imageOf = (fields: object): Buffer => Buffer.from(Operation.encode(Operation.fromPartial(fields)).finish());
  const change = (before: object | undefined, after: object | undefined): Change => ({
    ...Change.create({ kind: EntityKind.OPERATION, id: 'op-1', previousSequence: before ? 1 : 0 }),
    ...{ image: after ? imageOf(after) : Buffer.alloc(0), removed: !after },
    previousIndexed: before && indexedOf(imageOf(before), EntityKind.OPERATION),
  });

  it.each([
    ['starts', undefined, runs, [], [], 1, 1],
    ['goes on', runs, { ...runs, cancelRequested: true }, [], [], 0, 0],
    ['ends', runs, over, [], [{ index: 'timer', timeMs: 9000 }], 0, -1],
    ['is purged', over, undefined, [{ index: 'timer', timeMs: 9000 }], [], -1, 0],
  ])('that %s moves its purge entry and the counts', (_, before, after, remove, put, tasks, liveTasks) => {
    expect(derive(change(before, after))).toEqual({ remove, put, tally: { projects: 0, tasks, liveTasks } });
  });
});

describe('a cursor', () => {
  it('is read as it was written', () => {
    const result = BulkChangeTasksResult.fromPartial({
      changed: 5,
      refused: new Map([['NOT_FOUND', 2]]),
      refusals: ['a/b'],
    });
    for (const place of [undefined, '0:abc', 'with/slash']) {
      const cursor = { sequence: 2 ** 40, result, place };
      expect(parseBulkCursor(formatBulkCursor(cursor))).toEqual(cursor);
    }
  });

  it.each(['', '1', 'x//', '1/ä/'])('is not %j', (text) => {
    expect(() => parseBulkCursor(text)).toThrow(RangeError);
  });

  it('of any kind may be kept in an Any', () => {
    expect(BulkChangeTasksResult.decode(Any.decode(Any.encode(response).finish()).value).changed).toBe(3);
  });
});
