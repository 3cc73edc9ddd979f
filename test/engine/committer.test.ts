import { EntityKind } from '../../src/gen/holdfast/journal/v1/journal';
import { CreateTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import { Task } from '../../src/gen/holdfast/v1/task';
import type { Command } from '../../src/domain/command';
import { PRINCIPAL_LOCAL } from '../../src/domain/command';
import { HeldLocks } from '../../src/domain/locks/held-locks';
import { entityHash } from '../../src/storage/entity-hash';
import { Applier } from '../../src/engine/applier';
import { JournalClock, systemClock } from '../../src/engine/clock';
import { Committer } from '../../src/engine/committer';
import { Decider } from '../../src/engine/decider';
import { DiskGuard } from '../../src/engine/disk-guard';
import type { Executed } from '../../src/engine/executed';
import { Feed } from '../../src/engine/feed';
import { Halt } from '../../src/engine/halt';
import { Healer } from '../../src/engine/healer';
import { Inbox } from '../../src/engine/inbox';
import { Marks } from '../../src/engine/marks';
import { silentObserver } from '../../src/engine/observer';
import { Overlay } from '../../src/engine/overlay';
import { Reader } from '../../src/engine/reader';
import { UuidSource } from '../../src/engine/uuid';
import { MemoryJournal } from '../support/memory-journal';
import { MemoryState } from '../support/memory-state';

/** The engine's parts over a journal whose flushes the test holds. */
class World {
  readonly journal = new MemoryJournal();
  readonly state = new MemoryState();
  readonly inbox = new Inbox();
  readonly overlay = new Overlay();
  readonly marks = new Marks(0);
  readonly halt = new Halt();
  readonly feed = new Feed(this.journal, 0);
  readonly disk = new DiskGuard(this.journal, { freeBytes: () => Promise.resolve(1e12) } as never, '', 0);
  readonly reader: Reader;
  readonly committer: Committer;

  constructor() {
    const { journal, state, inbox, overlay, marks, halt, feed, disk } = this;
    const digest = state.digest.clone();
    const clock = new JournalClock(systemClock, 0);
    const uuids = new UuidSource();
    const decider = new Decider({
      state,
      overlay,
      clock,
      uuids,
      tallies: state.tallies.clone(),
      digest,
      locks: new HeldLocks(),
    });
    const healer = new Healer(
      journal,
      state,
      () => undefined,
      () => Promise.resolve(),
    );
    const onApplied = (): void => this.committer.wake();
    const applier = new Applier({ state, overlay, marks, halt, observer: silentObserver, onApplied });
    marks.onWait = () => applier.hurry();
    this.reader = new Reader(journal, overlay, state, marks, healer);
    const observer = silentObserver;
    this.committer = new Committer({
      inbox,
      decider,
      digest,
      journal,
      overlay,
      marks,
      applier,
      feed,
      healer,
      disk,
      halt,
      observer,
      parkings: [],
      listeners: [],
    });
  }

  /** A world with the project `default`, whose flushes are held from then on. */
  static async ready(): Promise<World> {
    const world = new World();
    world.journal.auto = true;
    await world.execute({ ...envelope, kind: 'createProject', request: projectRequest });
    await world.committer.whenIdle();
    await world.marks.whenApplied(1);
    world.journal.auto = false;
    return world;
  }

  execute(command: Command): Promise<Executed> {
    return new Promise((resolve, reject) => {
      this.inbox.add({ command, resolve, reject, enqueued: 0 });
      this.committer.wake();
    });
  }

  create(title: string, more: Partial<Command> & { taskId?: string } = {}): Promise<Executed> {
    const { taskId = '', ...rest } = more;
    const task = { ...Task.decode(new Uint8Array()), title };
    const request = { ...CreateTaskRequest.decode(new Uint8Array()), parent: 'projects/default', task, taskId };
    return this.execute({ ...envelope, kind: 'createTask', request, ...rest } as Command);
  }
}

const envelope = { caller: { principal: PRINCIPAL_LOCAL, session: '', sessionToken: '' }, validateOnly: false };
const projectRequest = { project: undefined, projectId: 'default', requestId: '', validateOnly: false };
const requestId = Buffer.alloc(16, 7);
const hashOf = (text: string): Buffer => Buffer.alloc(16, text);

/** What a promise is at this moment, after everything that is ready has run. */
async function stateOf(promise: Promise<unknown>): Promise<string> {
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  const pending = Promise.resolve('pending');
  return Promise.race([
    promise.then(
      () => 'resolved',
      () => 'rejected',
    ),
    pending,
  ]);
}

const titleOf = (executed: Executed): string => Task.decode(executed.replies[0]?.image ?? new Uint8Array()).title;

describe('the committer', () => {
  it('replies only after the flush of the group (C3)', async () => {
    const world = await World.ready();
    const created = world.create('one');
    const append = await world.journal.nextAppend();
    expect(await stateOf(created)).toBe('pending');
    append.sync();
    expect(titleOf(await created)).toBe('one');
  });

  it('shows readers and the feed nothing before the flush (C3, R1)', async () => {
    const world = await World.ready();
    const created = world.create('one');
    const append = await world.journal.nextAppend();
    expect(world.reader.rowNow(EntityKind.TASK, 'default', 't1')).toBeUndefined();
    expect(world.feed.head).toBe(1);
    append.sync();
    await created;
    expect(world.reader.rowNow(EntityKind.TASK, 'default', 't1')?.sequence).toBe(2);
    expect(world.feed.head).toBe(2);
  });

  it('lets a refusal wait for the unsynced record that it rests on (C3)', async () => {
    const world = await World.ready();
    const first = world.create('one', { taskId: 'same' });
    const append = await world.journal.nextAppend();
    const second = world.create('two', { taskId: 'same' });
    expect(await stateOf(second)).toBe('pending');
    append.sync();
    await first;
    await expect(second).rejects.toMatchObject({ reason: 'ALREADY_EXISTS' });
  });

  it('lets a dry run wait for the unsynced record that it rests on, and changes nothing (C3)', async () => {
    const world = await World.ready();
    const first = world.create('one');
    const append = await world.journal.nextAppend();
    const dry = world.create('two', { validateOnly: true });
    expect(await stateOf(dry)).toBe('pending');
    append.sync();
    await first;
    expect(titleOf(await dry)).toBe('two');
    expect(world.marks.decided).toBe(2);
  });

  it('refuses at once when nothing unsynced was seen', async () => {
    const world = await World.ready();
    await expect(world.create('')).rejects.toMatchObject({ reason: 'FIELD_INVALID' });
    expect(world.journal.held).toHaveLength(0);
  });

  it('has one group in flight, and puts what comes meanwhile into the next (C2)', async () => {
    const world = await World.ready();
    const first = world.create('one');
    const append = await world.journal.nextAppend();
    const more = [world.create('two'), world.create('three'), world.create('four')];
    await stateOf(first);
    expect(world.journal.held).toHaveLength(1);
    append.sync();
    const next = await world.journal.nextAppend();
    expect([next.group.firstSequence, next.group.lastSequence]).toEqual([3, 5]);
    next.sync();
    expect((await Promise.all(more)).map(titleOf)).toEqual(['two', 'three', 'four']);
  });

  it('decides each command on what the one before left, durable or not (C1)', async () => {
    const world = await World.ready();
    const created = world.create('one', { taskId: 'a' });
    const completed = world.execute({
      ...envelope,
      kind: 'completeTask',
      request: {
        name: 'projects/default/tasks/a',
        etag: '',
        requestId: '',
        validateOnly: false,
        reason: '',
        result: undefined,
        ...{ fencingToken: 0, artifacts: [], followUps: [], claimNext: undefined },
      },
    });
    const append = await world.journal.nextAppend();
    expect(append.group.records).toHaveLength(2);
    append.sync();
    expect((await created).sequence).toBe(2);
    expect((await completed).sequence).toBe(3);
  });

  it('gives a repeated request its first result, while the first is in flight and after it was applied', async () => {
    const world = await World.ready();
    const once = { requestId, requestHash: hashOf('a') };
    const first = world.create('one', once);
    const append = await world.journal.nextAppend();
    const again = world.create('one', once);
    expect(await stateOf(again)).toBe('pending');
    append.sync();
    expect(await again).toMatchObject({ sequence: (await first).sequence, replayed: true });
    await world.marks.whenApplied(2);
    const later = await world.create('one', once);
    expect(later).toMatchObject({ sequence: 2, replayed: true });
    expect(titleOf(later)).toBe('one');
    expect(world.marks.decided).toBe(2);
  });

  it('refuses a request id that was used for another request', async () => {
    const world = await World.ready();
    world.journal.auto = true;
    await world.create('one', { requestId, requestHash: hashOf('a') });
    const other = world.create('two', { requestId, requestHash: hashOf('b') });
    await expect(other).rejects.toMatchObject({ reason: 'REQUEST_ID_REUSED' });
  });

  it('commits to the state digest that applying the group gives', async () => {
    const world = await World.ready();
    world.journal.auto = true;
    await Promise.all([world.create('one'), world.create('two')]);
    await world.marks.whenApplied(3);
    expect(Buffer.from(world.journal.head().digest)).toEqual(Buffer.from(world.state.digest.total()));
  });

  it('tells everybody that the outcome is unknown when the flush fails, and takes nothing more (C5, H1)', async () => {
    const world = await World.ready();
    const inFlight = world.create('one');
    const append = await world.journal.nextAppend();
    const pending = world.create('two');
    await stateOf(pending);
    append.fail(Object.assign(new Error('input/output error'), { code: 'EIO' }));
    await expect(inFlight).rejects.toMatchObject({ reason: 'OUTCOME_UNKNOWN' });
    await expect(pending).rejects.toMatchObject({ reason: 'OUTCOME_UNKNOWN' });
    expect(world.halt.halted).toMatch(/input\/output error/);
    expect(world.journal.held).toHaveLength(0);
    expect(world.reader.rowNow(EntityKind.TASK, 'default', 't1')).toBeUndefined();
    expect(world.feed.head).toBe(1);
  });

  it('halts when the state cannot be written, and keeps serving what is durable', async () => {
    const world = await World.ready();
    world.journal.auto = true;
    world.state.failure = new Error('corruption in the manifest');
    await world.create('one');
    await expect(world.marks.whenApplied(2)).rejects.toMatchObject({ reason: 'HALTED' });
    expect(world.reader.rowNow(EntityKind.TASK, 'default', 't1')?.sequence).toBe(2);
  });

  it('keeps a row in the overlay until the state has it (O2, A2)', async () => {
    const world = await World.ready();
    world.journal.auto = true;
    let release = (): void => undefined;
    world.state.hold = new Promise((resolve) => (release = resolve));
    await world.create('one');
    expect(world.state.rows.has(`${EntityKind.TASK}/default/t1`)).toBe(false);
    expect(world.reader.rowNow(EntityKind.TASK, 'default', 't1')?.sequence).toBe(2);
    release();
    await world.marks.whenApplied(2);
    expect(world.overlay.size).toBe(0);
    expect(world.reader.rowNow(EntityKind.TASK, 'default', 't1')?.sequence).toBe(2);
  });

  it('heals a damaged row that a decision needs, then decides', async () => {
    const world = await World.ready();
    world.state.damaged.add(`${EntityKind.PROJECT}/default/`);
    const hash = entityHash(EntityKind.PROJECT, 'default', '');
    world.journal.lastChange = (asked?: number) => Promise.resolve(asked === hash ? 1 : 0);
    world.journal.auto = true;
    expect(titleOf(await world.create('one'))).toBe('one');
    expect(world.state.healed).toBe(1);
  });

  it('refuses with CORRUPTION when a damaged row cannot be healed, and goes on with others', async () => {
    const world = await World.ready();
    world.state.damaged.add(`${EntityKind.TASK}/default/lost`);
    world.journal.auto = true;
    await expect(world.create('one', { taskId: 'lost' })).rejects.toMatchObject({ reason: 'CORRUPTION' });
    expect(titleOf(await world.create('two'))).toBe('two');
  });

  it('refuses growth when the disk has no room, lets a completion go on, and resumes by itself (G1, G2)', async () => {
    const world = await World.ready();
    world.journal.auto = true;
    await world.create('one', { taskId: 'a' });
    world.journal.space = 100 * 1024;
    await expect(world.create('two')).rejects.toMatchObject({ reason: 'DISK_FULL' });
    const completed = await world.execute({
      ...envelope,
      kind: 'completeTask',
      request: {
        name: 'projects/default/tasks/a',
        etag: '',
        requestId: '',
        validateOnly: false,
        reason: '',
        result: undefined,
        ...{ fencingToken: 0, artifacts: [], followUps: [], claimNext: undefined },
      },
    });
    expect(completed.sequence).toBe(3);
    world.journal.space = 64 * 1024 * 1024;
    await world.disk.look();
    expect((await world.create('two')).sequence).toBe(4);
  });
});
