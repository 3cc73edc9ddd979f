import { AgentWork, EntityKind, TaskWork } from '../../../src/gen/holdfast/journal/v1/journal';
import { Lock } from '../../../src/gen/holdfast/v1/lock';
import { AcquireLockRequest } from '../../../src/gen/holdfast/v1/lock_service';
import { SessionState } from '../../../src/gen/holdfast/v1/session';
import { DependencyKind, TaskState } from '../../../src/gen/holdfast/v1/task';
import { AddDependencyRequest, RequestInputRequest } from '../../../src/gen/holdfast/v1/task_service';
import { Attempt, AttemptOutcome } from '../../../src/gen/holdfast/v1/work';
import {
  TTL_MS,
  act,
  begin,
  begunBy,
  claimAs,
  end,
  expire,
  heartbeat,
  resume,
  sessionOf,
  sessionWorkOf,
  tasksOf,
  workOf,
} from '../../support/agents';
import type { Begun } from '../../support/agents';
import { World, on } from '../../support/world';

/** A world in which ada's session a holds t1 … t{count} and is lost. */
function lost(count: number): { readonly world: World; readonly ada: Begun; readonly token: number } {
  const world = new World();
  const ada = begin(world, 'ada', 'a');
  for (let i = 0; i < count; i++) world.create();
  const token = claimAs(world, ada, ...Array.from({ length: count }, (_, i) => `t${i + 1}`));
  world.nowMs += 1.2 * TTL_MS;
  expire(world, 'a');
  act(world, undefined);
  return { world, ada, token };
}

/** The same, and its grace is over. */
function lapsed(count: number): ReturnType<typeof lost> {
  const all = lost(count);
  all.world.nowMs += TTL_MS;
  expire(all.world, 'a');
  return all;
}

const attempt = (world: World, id: string) => Attempt.decode(world.view.row(EntityKind.TASK_ATTEMPT, 'p', id)!.image);
const unheld = (world: World, id: string) => tasksOf(world, id).flatMap(({ task, left }) => (left ? task : []));

describe('a resume within the grace', () => {
  it('hands the tasks over under new tokens, without a failure, and fences the session', () => {
    const { world, ada, token } = lost(2);
    const { etag } = world.task('t1');
    const next = begunBy(world.run(resume({ session: 'a' })));
    expect(sessionOf(world, 'a')).toMatchObject({ state: SessionState.ENDED, successor: next.name });
    expect(sessionOf(world, next.id)).toMatchObject({
      state: SessionState.ACTIVE,
      resumedFrom: ada.name,
      agent: 'projects/p/agents/ada',
      ttl: { seconds: 600 },
    });
    expect(world.task('t1')).toMatchObject({ state: TaskState.RUNNING, etag });
    expect(workOf(world, 't1')).toMatchObject({ failures: 0, attempts: 2, lease: { session: next.name } });
    expect(workOf(world, 't1').lease!.fencingToken).toBeGreaterThan(token);
    expect(attempt(world, 't1/1').outcome).toBe(AttemptOutcome.HANDED_OVER);
    expect(tasksOf(world, next.id)).toMatchObject([
      { task: 't1', left: false },
      { task: 't2', left: false },
    ]);
    expect(tasksOf(world, 'a')).toEqual([]);
    act(world, ada);
    expect(world.refusal(heartbeat('a'))).toMatchObject({
      reason: 'SESSION_ENDED',
      details: { metadata: { successor: next.name } },
    });
    act(world, undefined);
    const late = { ...on('t2'), result: undefined, fencingToken: token };
    expect(world.refusal({ kind: 'completeTask', request: late })).toMatchObject({
      reason: 'FENCED',
      details: { metadata: { holder: next.name } },
    });
    expire(world, 'a');
    expect(world.task('t1').state).toBe(TaskState.RUNNING);
  });

  it('keeps progress, directives, and a question whose lease was kept', () => {
    const world = new World();
    const ada = begin(world, 'ada', 'a');
    world.create();
    world.create();
    const first = claimAs(world, ada, 't1');
    const asked = RequestInputRequest.fromPartial({
      ...{ name: 'projects/p/tasks/t1', fencingToken: first, keepLease: true },
      request: { question: 'Which one?' },
    });
    world.run({ kind: 'requestInput', request: asked });
    claimAs(world, ada, 't2');
    act(world, undefined);
    world.run({ kind: 'pauseTask', request: on('t2', '', 'not today') });
    world.nowMs += 1.2 * TTL_MS;
    expire(world, 'a');
    const next = begunBy(world.run(resume({ session: 'a' })));
    expect(world.task('t1').state).toBe(TaskState.INPUT_REQUIRED);
    expect(workOf(world, 't1')).toMatchObject({ inputs: 1, lease: { session: next.name } });
    expect(workOf(world, 't2')).toMatchObject({ directive: { reason: 'not today' }, lease: { session: next.name } });
  });

  it('hands the locks over under new tokens, and keeps their names', () => {
    const world = new World();
    const ada = begin(world, 'ada', 'a');
    act(world, ada);
    const targets = [{ target: { $case: 'key' as const, value: 'deploy' } }];
    world.run({ kind: 'acquireLock', request: AcquireLockRequest.fromPartial({ parent: 'projects/p', targets }) });
    const id = sessionWorkOf(world, 'a').locks[0]!;
    act(world, undefined);
    const next = begunBy(world.run(resume({ session: 'a' }, { takeOver: true })));
    const lock = Lock.decode(world.view.row(EntityKind.LOCK, 'p', id)!.image);
    expect(lock).toMatchObject({ session: next.name, fencingToken: world.sequence });
    expect([sessionWorkOf(world, 'a').locks, sessionWorkOf(world, next.id).locks]).toEqual([[], [id]]);
  });

  it('may be for another agent, with another ttl and an id of its own', () => {
    const { world } = lost(1);
    world.run(resume({ session: 'a' }, { successorAgent: 'bob', sessionId: 'b', ttl: { seconds: 60, nanos: 0 } }));
    expect(sessionOf(world, 'b')).toMatchObject({ agent: 'projects/p/agents/bob', ttl: { seconds: 60 } });
    expect(workOf(world, 't1').lease).toMatchObject({ agent: 'projects/p/agents/bob' });
  });
});

describe('a resume after the grace', () => {
  it('claims what nobody has claimed since, its wait after the failure or not', () => {
    const { world } = lapsed(2);
    expect(world.task('t1').notBefore).toBeDefined();
    const next = begunBy(world.run(resume({ session: 'a' })));
    expect(world.task('t1')).toMatchObject({ state: TaskState.RUNNING });
    expect(workOf(world, 't2')).toMatchObject({
      attempts: 2,
      failures: 1,
      lease: { session: next.name, lapsed: false },
    });
    expect(tasksOf(world, next.id).map(({ task, left }) => [task, left])).toEqual([
      ['t1', false],
      ['t2', false],
    ]);
  });

  it('leaves with the old session what others claimed, ended, deleted or were given', () => {
    const { world } = lapsed(5);
    world.nowMs += 60_000;
    claimAs(world, begin(world, 'bob', 'b', 100 * TTL_MS), 't1');
    act(world, undefined);
    world.run({ kind: 'cancelTask', request: { ...on('t2'), cascade: false } });
    world.run({ kind: 'deleteTask', request: on('t3') });
    world.plant('t4', { assignee: 'carl' });
    const next = begunBy(world.run(resume({ session: 'a' })));
    expect(tasksOf(world, next.id)).toMatchObject([{ task: 't5', left: false }]);
    expect(unheld(world, 'a')).toEqual(['t1', 't2', 't3', 't4']);
  });

  it('remembers what others took from the session while it was lost', () => {
    const { world } = lost(3);
    world.run({ kind: 'cancelTask', request: { ...on('t1'), cascade: false, grace: { seconds: 0, nanos: 0 } } });
    world.run({ kind: 'deleteTask', request: on('t2') });
    const next = begunBy(world.run(resume({ session: 'a' })));
    expect(tasksOf(world, next.id)).toMatchObject([{ task: 't3', left: false }]);
    expect(unheld(world, 'a')).toEqual(['t1', 't2']);
  });

  it('keeps among what the successor has left what is held back or set aside', () => {
    const { world } = lapsed(3);
    world.create();
    const edge = { task: 'projects/p/tasks/t4', kind: DependencyKind.BLOCKS };
    const request = AddDependencyRequest.fromPartial({ ...on('t1'), dependency: edge });
    world.run({ kind: 'addDependency', request });
    world.run({ kind: 'pauseTask', request: on('t2') });
    const next = begunBy(world.run(resume({ session: 'a' })));
    expect(unheld(world, next.id)).toEqual(['t1', 't2']);
    expect(workOf(world, 't1').lease?.lapsed).not.toBe(false);
    expect(workOf(world, 't3').lease).toMatchObject({ session: next.name });
  });

  it('takes up again what an ended session gave back', () => {
    const world = new World();
    const ada = begin(world, 'ada', 'a');
    world.create();
    claimAs(world, ada, 't1');
    world.run(end('a', { summary: 'see notes' }));
    act(world, undefined);
    const next = begunBy(world.run(resume({ agent: 'ada' })));
    expect(sessionOf(world, 'a')).toMatchObject({ successor: next.name, summary: 'see notes' });
    expect(workOf(world, 't1').lease).toMatchObject({ session: next.name });
  });
});

describe('racing resumes', () => {
  it('have one winner: the loser learns of the successor', () => {
    const { world } = lost(1);
    const next = begunBy(world.run(resume({ session: 'a' })));
    for (const takeOver of [false, true]) {
      expect(world.refusal(resume({ session: 'a' }, { takeOver }))).toMatchObject({
        reason: 'SESSION_ENDED',
        details: { metadata: { successor: next.name } },
      });
    }
    expect(world.refusal(resume({ agent: 'ada' }))).toMatchObject({
      reason: 'SESSION_ACTIVE',
      details: { metadata: { name: next.name, expire_time: expect.stringMatching(/Z$/) as string } },
    });
  });
});

describe('a resume of an agent', () => {
  it('takes the newest session that is over and left work, and starts a fresh one where there is none', () => {
    const world = new World();
    for (const id of ['one', 'two', 'three']) {
      const session = begin(world, 'ada', id);
      const { name } = world.create();
      if (id !== 'three') claimAs(world, session, name.split('/').pop()!);
      act(world, session);
      world.run(end(id));
    }
    act(world, undefined);
    const resumed = () => sessionOf(world, begunBy(world.run(resume({ agent: 'ada' }))).id).resumedFrom;
    expect(resumed()).toBe('projects/p/sessions/two');
    world.run(resume({ agent: 'nobody' }, { sessionId: 'fresh' }));
    expect(sessionOf(world, 'fresh')).toMatchObject({ resumedFrom: '', agent: 'projects/p/agents/nobody' });
    expect(resumed()).toBe('projects/p/sessions/one');
  });

  it('leaves an ACTIVE session with work alone unless it is to be taken over', () => {
    const world = new World();
    const ada = begin(world, 'ada', 'a');
    world.create();
    claimAs(world, ada, 't1');
    act(world, undefined);
    expect(world.refusal(resume({ agent: 'ada' })).reason).toBe('SESSION_ACTIVE');
    expect(world.refusal(resume({ session: 'a' })).reason).toBe('SESSION_ACTIVE');
    const next = begunBy(world.run(resume({ agent: 'ada' }, { takeOver: true })));
    expect(workOf(world, 't1').lease).toMatchObject({ session: next.name });
    const left = AgentWork.decode(world.view.row(EntityKind.AGENT_WORK, 'p', 'ada')!.image).sessions;
    expect(left).toEqual([next.id]);
  });

  it('may come with the header of the session that was lost', () => {
    const { world, ada } = lost(1);
    act(world, ada);
    expect(begunBy(world.run(resume({ agent: 'ada' }))).name).not.toBe(ada.name);
    act(world, { ...ada, token: 'guessed' });
    expect(world.refusal(resume({ agent: 'ada' })).reason).toBe('FENCED');
  });
});

describe('a resume that cannot be', () => {
  it.each([
    ['from', { from: undefined }],
    ['session', { from: { $case: 'session' as const, value: 'projects/q/sessions/a' } }],
    ['successor_agent', { successorAgent: '-' }],
    ['max_bytes', { maxBytes: 1023 }],
    ['session_id', { sessionId: 'a/b' }],
  ])('is refused for its %s', (field, more) => {
    const { world } = lost(1);
    const { reason, details } = world.refusal(resume({ session: 'a' }, more));
    expect([reason, details.fields?.[0]?.field]).toEqual(['FIELD_INVALID', field]);
  });

  it('takes up as much as one record holds; the rest goes back to everybody', () => {
    const world = new World();
    const ada = begin(world, 'ada', 'a');
    for (let i = 0; i < 4; i++) world.create({ description: 'x'.repeat(60_000) });
    claimAs(world, ada, 't1', 't2', 't3', 't4');
    const progress = { percent: 1, message: 'm'.repeat(800_000), details: undefined, updateTime: undefined };
    for (const id of ['t1', 't2', 't3', 't4']) {
      const row = { ...workOf(world, id), progress };
      world.view.plant(EntityKind.TASK_WORK, 'p', id, TaskWork.encode(row).finish(), ++world.sequence);
    }
    act(world, undefined);
    const next = begunBy(world.run(resume({ session: 'a' }, { takeOver: true })));
    expect(tasksOf(world, next.id)).toMatchObject([{ task: 't1' }, { task: 't2' }]);
    expire(world, 'a');
    expect(world.task('t4').state).toBe(TaskState.PENDING);
    expect(unheld(world, 'a')).toEqual(['t3', 't4']);
  });
});
