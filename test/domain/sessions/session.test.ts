import { AgentWork, EntityKind, EventType } from '../../../src/gen/holdfast/journal/v1/journal';
import { Agent, SessionState } from '../../../src/gen/holdfast/v1/session';
import { TaskState } from '../../../src/gen/holdfast/v1/task';
import { StartSessionRequest } from '../../../src/gen/holdfast/v1/session_service';
import { ReleaseTaskRequest } from '../../../src/gen/holdfast/v1/task_service';
import {
  TTL_MS,
  act,
  begin,
  claim,
  claimAs,
  end,
  expire,
  heartbeat,
  sessionOf,
  sessionWorkOf,
  start,
  tasksOf,
  workOf,
} from '../../support/agents';
import { World, on } from '../../support/world';
import type { Outcome } from '../../support/world';

const agentOf = (world: World, id: string) => Agent.decode(world.view.row(EntityKind.AGENT, 'p', id)!.image);
const leftBy = (world: World, agent: string) => {
  const row = world.view.row(EntityKind.AGENT_WORK, 'p', agent);
  return row ? AgentWork.decode(row.image).sessions : [];
};

/** The ids of tasks that a heartbeat tells of. */
function lostIn({ replies }: Outcome): string[] {
  return replies.flatMap(({ kind, id }) => (kind === EntityKind.TASK_WORK ? id : []));
}

describe('a session begins', () => {
  it('with an id that is given, a token, and its agent', () => {
    const world = new World();
    const { decision } = world.run(start('Ada-1'));
    expect(decision.changes.map(({ kind, event }) => [kind, event])).toEqual([
      [EntityKind.SESSION, EventType.SESSION_STARTED],
      [EntityKind.AGENT, EventType.AGENT_APPEARED],
      [EntityKind.AGENT_WORK, EventType.UNSPECIFIED],
      [EntityKind.SESSION_WORK, EventType.UNSPECIFIED],
    ]);
    expect(sessionOf(world, 's2')).toMatchObject({
      name: 'projects/p/sessions/s2',
      agent: 'projects/p/agents/Ada-1',
      state: SessionState.ACTIVE,
      ttl: { seconds: 600 },
      etag: '2',
      creator: 'local',
    });
    expect(sessionWorkOf(world, 's2').token).not.toBe('');
    expect(agentOf(world, 'Ada-1')).toMatchObject({ latestSession: 'projects/p/sessions/s2', sessionCount: 1 });
  });

  it('with an id of its own, whatever harness it comes from, once', () => {
    const world = new World();
    const id = '0190B3C2-7a2f.session_1';
    begin(world, 'ada', id);
    expect(sessionOf(world, id).state).toBe(SessionState.ACTIVE);
    expect(world.refusal(start('ada', id))).toMatchObject({
      reason: 'ALREADY_EXISTS',
      details: { metadata: { name: `projects/p/sessions/${id}` } },
    });
  });

  it('under a given id that nobody chose before', () => {
    const world = new World();
    begin(world, 'ada', 's3');
    expect(begin(world, 'ada').id).toBe('s3.2');
  });

  it('again and again for one agent, which knows its newest', () => {
    const world = new World();
    begin(world, 'ada', 'one');
    begin(world, 'projects/p/agents/ada', 'two');
    expect(agentOf(world, 'ada')).toMatchObject({ latestSession: 'projects/p/sessions/two', sessionCount: 2 });
    expect(leftBy(world, 'ada')).toEqual(['one', 'two']);
  });

  it('not above 100,000 of a project, those that are over too', () => {
    const world = new World();
    begin(world, 'ada', 'a');
    expect(world.view.sessionCount('p')).toBe(1);
    world.nowMs += 2 * TTL_MS;
    expire(world, 'a');
    expect(world.view.sessionCount('p')).toBe(1);
    world.view.sessionCount = () => 100_000;
    expect(world.refusal(start('ada'))).toMatchObject({ reason: 'QUOTA', details: { metadata: { limit: '100000' } } });
  });

  it.each([
    ['session_id', { sessionId: '-x', agent: 'a' }],
    ['agent', { agent: 'a b' }],
    ['agent', { agent: 'projects/q/agents/a' }],
    ['ttl', { agent: 'a', ttl: { seconds: 0, nanos: 5 } }],
    ['ttl', { agent: 'a', ttl: { seconds: 86_401, nanos: 0 } }],
    ['labels', { agent: 'a', labels: new Map([['Bad Key', '']]) }],
    ['parent', { parent: 'p', agent: 'a' }],
  ])('not with a malformed %s', (field, request) => {
    const world = new World();
    const whole = StartSessionRequest.fromPartial({ parent: 'projects/p', ...request });
    const { reason, details } = world.refusal({ kind: 'startSession', request: whole });
    expect([reason, details.fields?.[0]?.field]).toEqual(['FIELD_INVALID', field]);
  });
});

describe('a session at work', () => {
  it('is known by its token alone', () => {
    const world = new World();
    const ada = begin(world, 'ada', 'a');
    act(world, { ...ada, token: 'guessed' });
    expect(world.refusal(heartbeat('a'))).toMatchObject({
      reason: 'FENCED',
      details: { metadata: { name: ada.name } },
    });
    act(world, { ...ada, name: 'projects/p/sessions/b' });
    expect(world.refusal(heartbeat('a'))).toMatchObject({ reason: 'NOT_FOUND' });
  });

  it('writes its renewals down a tenth of its ttl apart', () => {
    const world = new World();
    act(world, begin(world, 'ada', 'a'));
    const { renewedMs } = sessionWorkOf(world, 'a');
    world.nowMs = renewedMs + TTL_MS / 10 - 1;
    expect(world.run(heartbeat('a')).decision.changes).toEqual([]);
    world.nowMs = renewedMs + TTL_MS / 10;
    world.run(heartbeat('a'));
    expect(sessionWorkOf(world, 'a').renewedMs).toBe(renewedMs + TTL_MS / 10);
  });

  it('is renewed by any mutation that names it', () => {
    const world = new World();
    act(world, begin(world, 'ada', 'a'));
    world.nowMs += TTL_MS / 2;
    world.create();
    expect(sessionWorkOf(world, 'a').renewedMs).toBe(world.nowMs - 1000);
  });

  it('hears of directives for what it holds, and of what it has lost, for a ttl since it was told first', () => {
    const world = new World();
    const [ada, bob] = [begin(world, 'ada', 'a'), begin(world, 'bob', 'b')];
    for (let i = 0; i < 3; i++) world.create();
    act(world, ada);
    world.run(claim('t1'));
    world.run(claim('t2', 2000));
    act(world, bob);
    world.run({ kind: 'pauseTask', request: on('t1') });
    world.nowMs += 3000;
    world.run({ kind: 'expireTask', request: { project: 'p', id: 't2' } });
    expect(world.task('t2').state).toBe(TaskState.PENDING);
    act(world, ada);
    const told = world.run(heartbeat('a')).replies.filter(({ kind }) => kind === EntityKind.TASK_WORK);
    expect(told.map(({ id }) => id)).toEqual(['t1', 't2']);
    // That reply may be lost: it is told again.
    expect(lostIn(world.run(heartbeat('a')))).toEqual(['t1', 't2']);
    world.nowMs += TTL_MS - 5000;
    expect(lostIn(world.run(heartbeat('a')))).toEqual(['t1', 't2']);
    world.nowMs += 5000;
    expect(lostIn(world.run(heartbeat('a')))).toEqual(['t1']);
    expect(sessionWorkOf(world, 'a').toldLosses).toEqual([]);
  });

  it('is not told any more of a loss whose task it has claimed again', () => {
    const world = new World();
    const ada = begin(world, 'ada', 'a');
    for (let i = 0; i < 2; i++) world.create();
    for (const task of ['t1', 't2']) {
      act(world, ada);
      world.run(claim(task, 2000));
      act(world, undefined);
      world.nowMs += 3000;
      world.run({ kind: 'expireTask', request: { project: 'p', id: task } });
      act(world, ada);
      if (task === 't1') expect(lostIn(world.run(heartbeat('a')))).toEqual(['t1']);
    }
    world.nowMs += 60_000;
    world.run(claim('t1'));
    world.run(claim('t2'));
    expect(sessionWorkOf(world, 'a')).toMatchObject({ lostTasks: [], toldLosses: [] });
    expect(lostIn(world.run(heartbeat('a')))).toEqual([]);
  });

  it('hears of tasks that others took from it, but not of those that it let go itself', () => {
    const world = new World();
    const ada = begin(world, 'ada', 'a');
    for (let i = 0; i < 3; i++) world.create();
    const token = claimAs(world, ada, 't1', 't2', 't3');
    act(world, undefined);
    world.run({ kind: 'deleteTask', request: on('t1') });
    const now = { ...on('t2'), grace: { seconds: 0, nanos: 0 } };
    world.run({ kind: 'pauseTask', request: now });
    world.run({ kind: 'pauseTask', request: on('t3') });
    act(world, ada);
    world.run({ kind: 'acknowledgeDirective', request: { ...on('t3'), fencingToken: token } });
    const told = world.run(heartbeat('a')).replies.filter(({ kind }) => kind === EntityKind.TASK_WORK);
    expect(told.map(({ id }) => id)).toEqual(['t1', 't2']);
  });

  it('is refused a heartbeat of another, or without a session', () => {
    const world = new World();
    const ada = begin(world, 'ada', 'a');
    begin(world, 'bob', 'b');
    act(world, undefined);
    expect(world.refusal(heartbeat('a')).details.fields?.[0]?.field).toBe('metadata.holdfast-session');
    act(world, ada);
    expect(world.refusal(heartbeat('b')).details.fields?.[0]?.field).toBe('name');
  });
});

describe('a session that gives no sign of life', () => {
  it('is lost a ttl and a tenth after its last renewal, never before', () => {
    const world = new World();
    begin(world, 'ada', 'a');
    const { renewedMs, dueMs } = sessionWorkOf(world, 'a');
    expect(dueMs).toBe(renewedMs + 1.1 * TTL_MS);
    world.nowMs = dueMs - 1;
    world.run({ kind: 'expireSession', request: { project: 'p', id: 'a' } });
    expect(sessionOf(world, 'a').state).toBe(SessionState.ACTIVE);
    world.nowMs = dueMs;
    expire(world, 'a');
    expect(sessionOf(world, 'a').state).toBe(SessionState.LOST);
  });

  it('gets a full ttl after a restart of the server', () => {
    const world = new World();
    begin(world, 'ada', 'a');
    world.nowMs += 5 * TTL_MS;
    world.bootMs = world.nowMs;
    expire(world, 'a');
    expect(sessionOf(world, 'a').state).toBe(SessionState.ACTIVE);
    expect(sessionWorkOf(world, 'a').dueMs).toBe(world.bootMs + 1.1 * TTL_MS);
  });

  it('with a ttl of 0 lasts until it is ended', () => {
    const world = new World();
    act(world, begin(world, 'ada', 'a', 0));
    expect(sessionWorkOf(world, 'a').dueMs).toBe(0);
    world.nowMs += 365 * 86_400_000;
    world.run({ kind: 'expireSession', request: { project: 'p', id: 'a' } });
    expect(world.run(heartbeat('a')).decision.changes).toEqual([]);
  });

  it('keeps what it holds for the grace, and is refused while it is lost', () => {
    const world = new World();
    const ada = begin(world, 'ada', 'a');
    world.create();
    claimAs(world, ada, 't1');
    world.nowMs += 1.2 * TTL_MS;
    expire(world, 'a');
    expect(world.task('t1').state).toBe(TaskState.RUNNING);
    act(world, ada);
    expect(world.refusal(heartbeat('a'))).toMatchObject({
      reason: 'SESSION_LOST',
      details: { metadata: { name: ada.name, lost_time: expect.stringMatching(/Z$/) as string } },
    });
    act(world, begin(world, 'bob', 'b'));
    expect(world.refusal(claim('t1'))).toMatchObject({
      reason: 'ALREADY_CLAIMED',
      details: { metadata: { holder: ada.name } },
    });
  });

  it('gets a full grace after a restart, and nothing happens to it before its time', () => {
    const world = new World();
    const ada = begin(world, 'ada', 'a');
    world.create();
    claimAs(world, ada, 't1');
    act(world, undefined);
    world.nowMs += 1.2 * TTL_MS;
    expire(world, 'a');
    const early = () => world.run({ kind: 'expireSession', request: { project: 'p', id: 'a' } });
    early();
    expect(world.task('t1').state).toBe(TaskState.RUNNING);
    world.nowMs += 1.2 * TTL_MS;
    world.bootMs = world.nowMs;
    expire(world, 'a');
    expect(world.task('t1').state).toBe(TaskState.RUNNING);
    expect(sessionWorkOf(world, 'a').dueMs).toBe(world.bootMs + TTL_MS);
    world.nowMs += TTL_MS;
    expire(world, 'a');
    expect(world.task('t1').state).toBe(TaskState.PENDING);
    early();
    expect(sessionOf(world, 'a').state).toBe(SessionState.LOST);
  });

  it('loses what it holds after the grace, as a failure, and its token stays good while nobody else claims', () => {
    const world = new World();
    const ada = begin(world, 'ada', 'a');
    world.create();
    world.create();
    const token = claimAs(world, ada, 't1', 't2');
    world.nowMs += 1.2 * TTL_MS;
    expire(world, 'a');
    world.nowMs += TTL_MS;
    expire(world, 'a');
    expect(world.task('t1').state).toBe(TaskState.PENDING);
    expect(workOf(world, 't1')).toMatchObject({ failures: 1, lease: { lapsed: true } });
    expect(tasksOf(world, 'a')).toMatchObject([
      { task: 't1', left: true },
      { task: 't2', left: true },
    ]);
    act(world, ada);
    world.run({ kind: 'completeTask', request: { ...on('t2'), result: undefined, fencingToken: token } });
    expect(world.task('t2').state).toBe(TaskState.SUCCEEDED);
    const bob = begin(world, 'bob', 'b');
    world.nowMs += 60_000;
    claimAs(world, bob, 't1');
    act(world, ada);
    const late = { ...on('t1'), result: undefined, fencingToken: token - 1 };
    expect(world.refusal({ kind: 'completeTask', request: late })).toMatchObject({ reason: 'FENCED' });
  });

  it('lets happen what somebody wanted of it, however its hold ends', () => {
    const world = new World();
    const ada = begin(world, 'ada', 'a');
    for (let i = 0; i < 4; i++) world.create();
    const [lapsing, failing, released, ended] = ['t1', 't2', 't3', 't4'] as const;
    const tokens = [lapsing, failing, released].map((id) => claimAs(world, ada, id));
    const bob = begin(world, 'bob', 'b');
    claimAs(world, bob, ended);
    act(world, undefined);
    const wanted = { ...on(''), grace: { seconds: 86_400, nanos: 0 } };
    const name = (id: string) => `projects/p/tasks/${id}`;
    for (const id of [lapsing, failing, released])
      world.run({ kind: 'pauseTask', request: { ...wanted, name: name(id) } });
    world.run({ kind: 'cancelTask', request: { ...wanted, name: name(ended), cascade: false } });
    act(world, ada);
    world.run({ kind: 'failTask', request: { ...on(failing), fencingToken: tokens[1]!, error: undefined } });
    const release = ReleaseTaskRequest.fromPartial({ name: name(released), fencingToken: tokens[2]! });
    world.run({ kind: 'releaseTask', request: release });
    act(world, bob);
    world.run(end('b'));
    world.nowMs += 1.2 * TTL_MS;
    expire(world, 'a');
    world.nowMs += 1.2 * TTL_MS;
    expire(world, 'a');
    const { PAUSED, CANCELED } = TaskState;
    expect(['t1', 't2', 't3', 't4'].map((id) => world.task(id).state)).toEqual([PAUSED, PAUSED, PAUSED, CANCELED]);
  });

  it('gives many tasks back in slices', () => {
    const world = new World();
    const ada = begin(world, 'ada', 'a');
    for (let i = 0; i < 250; i++) world.create();
    claimAs(world, ada, ...Array.from({ length: 250 }, (_, i) => `t${i + 1}`));
    world.nowMs += 1.2 * TTL_MS;
    expect(expire(world, 'a')).toBe(1);
    world.nowMs += 1.1 * TTL_MS;
    expect(expire(world, 'a')).toBe(3);
    expect(world.task('t250').state).toBe(TaskState.PENDING);
    expect(sessionWorkOf(world, 'a').letGo).toBe(true);
  });

  it('goes for good thirty days later, with its rows', () => {
    const world = new World();
    begin(world, 'ada', 'a');
    world.nowMs += 2 * TTL_MS;
    expire(world, 'a');
    expect(leftBy(world, 'ada')).toEqual([]);
    world.nowMs += 30 * 86_400_000;
    expire(world, 'a');
    const rows = [...world.view.rows.keys()].filter((key) => key.includes('/p/a'));
    expect(rows).toEqual([]);
    expect(world.view.sessionCount('p')).toBe(0);
  });
});

describe('a session is ended', () => {
  it('by itself: what it holds is given back without a failure, and may be resumed', () => {
    const world = new World();
    const ada = begin(world, 'ada', 'a');
    world.create();
    claimAs(world, ada, 't1');
    const { replies } = world.run(end('a', { summary: 'half of it is done' }));
    expect(sessionOf(world, 'a')).toMatchObject({ state: SessionState.ENDED, summary: 'half of it is done' });
    expect(replies.map(({ kind, id }) => [kind, id]).slice(2)).toEqual([[EntityKind.TASK_WORK, 't1']]);
    expect(world.task('t1').state).toBe(TaskState.PENDING);
    expect(workOf(world, 't1').failures).toBe(0);
    expect(leftBy(world, 'ada')).toEqual(['a']);
    expect(world.refusal(heartbeat('a'))).toMatchObject({ reason: 'SESSION_ENDED' });
    expect(world.refusal(end('a'))).toMatchObject({ reason: 'SESSION_ENDED' });
  });

  it('and is forgotten by its agent if it leaves nothing', () => {
    const world = new World();
    act(world, begin(world, 'ada', 'a'));
    world.run(end('a'));
    expect(leftBy(world, 'ada')).toEqual([]);
  });

  it('by anyone when it is lost, by nobody else while it is ACTIVE', () => {
    const world = new World();
    begin(world, 'ada', 'a');
    act(world, undefined);
    expect(world.refusal(end('a')).details.fields?.[0]?.field).toBe('name');
    const bob = begin(world, 'bob', 'b', 100 * TTL_MS);
    act(world, bob);
    expect(world.refusal(end('a')).details.fields?.[0]?.field).toBe('name');
    world.nowMs += 2 * TTL_MS;
    expire(world, 'a');
    act(world, { ...bob, token: 'guessed' });
    expect(world.refusal(end('a')).reason).toBe('FENCED');
    act(world, bob);
    world.run(end('a', { summary: 'found dead' }));
    expect(sessionOf(world, 'a').state).toBe(SessionState.ENDED);
  });

  it('with many tasks: what one commit cannot give back follows at once', () => {
    const world = new World();
    const ada = begin(world, 'ada', 'a');
    for (let i = 0; i < 150; i++) world.create();
    claimAs(world, ada, ...Array.from({ length: 150 }, (_, i) => `t${i + 1}`));
    expect(world.run(end('a')).replies).toHaveLength(152);
    expect(tasksOf(world, 'a').filter(({ left }) => !left)).toHaveLength(50);
    expect(expire(world, 'a')).toBe(1);
    expect(world.task('t150').state).toBe(TaskState.PENDING);
    expect(sessionWorkOf(world, 'a').letGo).toBe(true);
  });

  it('handing its tasks to another session, which holds them under new tokens', () => {
    const world = new World();
    const [ada, bob] = [begin(world, 'ada', 'a'), begin(world, 'bob', 'b')];
    world.create();
    const token = claimAs(world, ada, 't1');
    const { etag } = world.task('t1');
    world.run(end('a', { handOverTo: bob.name }));
    expect(world.task('t1')).toMatchObject({ state: TaskState.RUNNING, etag });
    expect(workOf(world, 't1').lease).toMatchObject({ session: bob.name, agent: 'projects/p/agents/bob' });
    expect(workOf(world, 't1').lease!.fencingToken).toBeGreaterThan(token);
    expect(tasksOf(world, 'b')).toMatchObject([{ task: 't1', left: false }]);
    expect(tasksOf(world, 'a')).toEqual([]);
    expect(world.refusal(heartbeat('a')).reason).toBe('SESSION_ENDED');
  });

  it('handing its tasks to an agent, to which they are assigned', () => {
    const world = new World();
    const ada = begin(world, 'ada', 'a');
    world.create();
    claimAs(world, ada, 't1');
    world.run(end('a', { handOverTo: 'projects/p/agents/bob' }));
    expect(world.task('t1')).toMatchObject({ state: TaskState.PENDING, assignee: 'bob' });
  });

  it('not to itself, to one that is over, or to nobody', () => {
    const world = new World();
    const bob = begin(world, 'bob', 'b');
    act(world, bob);
    world.run(end('b'));
    act(world, begin(world, 'ada', 'a'));
    const to = (handOverTo: string) => world.refusal(end('a', { handOverTo })).reason;
    expect([to(bob.name), to('projects/p/sessions/a'), to('projects/p/sessions/x'), to('bob')]).toEqual([
      'SESSION_ENDED',
      'FIELD_INVALID',
      'NOT_FOUND',
      'FIELD_INVALID',
    ]);
  });
});
