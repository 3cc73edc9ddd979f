import { durationOf } from '../../../src/domain/duration';
import { EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import { TaskState } from '../../../src/gen/holdfast/v1/task';
import {
  CompleteTaskRequest,
  ProvideInputRequest,
  PutStepRequest,
  RequestInputRequest,
} from '../../../src/gen/holdfast/v1/task_service';
import type { InputRequest } from '../../../src/gen/holdfast/v1/work';
import { DirectiveKind, InputExchange, Step } from '../../../src/gen/holdfast/v1/work';
import {
  TTL_MS,
  act,
  begin,
  begunBy,
  claimAs,
  end,
  expire,
  expireTask,
  resume,
  tasksOf,
  workOf,
} from '../../support/agents';
import type { Begun } from '../../support/agents';
import { World, on } from '../../support/world';

const { PENDING, RUNNING, INPUT_REQUIRED, PAUSED, CANCELED } = TaskState;
const name = 'projects/p/tasks/t1';

const ask = (fencingToken: number, request: Partial<InputRequest> = {}, keepLease = false) => ({
  kind: 'requestInput' as const,
  request: RequestInputRequest.fromPartial({
    name,
    fencingToken,
    keepLease,
    request: { question: 'Which colour?', ...request },
  }),
});
const answer = (text: string) => ({
  kind: 'provideInput' as const,
  request: ProvideInputRequest.fromPartial({ name, answer: { text } }),
});
const step = (fencingToken: number, key: string, result: Record<string, unknown>) => ({
  kind: 'putStep' as const,
  request: PutStepRequest.fromPartial({ name, fencingToken, step: { key, result } }),
});
const complete = (fencingToken: number) => ({
  kind: 'completeTask' as const,
  request: CompleteTaskRequest.fromPartial({ name, fencingToken }),
});
const acknowledge = (fencingToken: number, reason = '') => ({
  kind: 'acknowledgeDirective' as const,
  request: { name, fencingToken, reason, requestId: '', validateOnly: false },
});

function held(): { world: World; ada: Begun; bob: Begun; token: number } {
  const world = new World();
  world.create();
  const ada = begin(world, 'ada', 'ada-1');
  const bob = begin(world, 'bob', 'bob-1');
  return { world, ada, bob, token: claimAs(world, ada, 't1') };
}

const exchange = (world: World, number = 1) =>
  InputExchange.decode(world.view.row(EntityKind.TASK_INPUT, 'p', `t1/${number}`)!.image);
const soon = (world: World, seconds: number) => ({ seconds: world.nowMs / 1000 + seconds, nanos: 0 });

describe('a question', () => {
  it('sets the task to INPUT_REQUIRED and ends the lease', () => {
    const { world, token } = held();
    world.run(ask(token));
    expect(world.task('t1')).toMatchObject({ state: INPUT_REQUIRED, stateReason: 'Which colour?' });
    expect(workOf(world, 't1')).toMatchObject({ lease: undefined, inputs: 1, failures: 0 });
    expect(tasksOf(world, 'ada-1')).toEqual([]);
  });

  it('is answered: the task is PENDING and meant for the asker for ten minutes, then for whom it was', () => {
    const { world, token } = held();
    world.run(ask(token));
    act(world, undefined);
    world.run(answer('blue'));
    expect(world.task('t1')).toMatchObject({ state: PENDING, assignee: 'ada' });
    expect(exchange(world)).toMatchObject({ answer: { text: 'blue' }, answeredBy: 'local', expired: false });
    world.nowMs += 599_000;
    expireTask(world, 't1');
    expect(world.task('t1').assignee).toBe('');
    expect(workOf(world, 't1').offerEndMs).toBe(0);
  });

  it('that is answered and claimed gives the task back to whom it was meant for', () => {
    const { world, ada, token } = held();
    world.run(ask(token));
    world.run(answer('blue'));
    claimAs(world, ada, 't1');
    expect(world.task('t1')).toMatchObject({ state: RUNNING, assignee: '' });
    expect(workOf(world, 't1').offerEndMs).toBe(0);
  });

  it('that is answered leaves the task to whom somebody gives it meanwhile', () => {
    const { world, token } = held();
    world.run(ask(token));
    world.run(answer('blue'));
    const task = { ...world.task('t1'), assignee: 'bob' };
    world.run({ kind: 'updateTask', request: { ...on('t1'), task, updateMask: ['assignee'] } });
    world.nowMs += 600_000;
    expireTask(world, 't1');
    expect(world.task('t1').assignee).toBe('bob');
  });

  it('that is answered does not touch a task that has ended when the offer does', () => {
    const { world, token } = held();
    world.run(ask(token));
    world.run(answer('blue'));
    act(world, undefined);
    world.run({ kind: 'completeTask', request: CompleteTaskRequest.fromPartial({ name }) });
    const ended = world.task('t1');
    world.nowMs += 600_000;
    expireTask(world, 't1');
    expect(workOf(world, 't1').dueMs).toBe(0);
    expect(world.task('t1')).toEqual(ended);
    const successor = world.taskOf({ kind: 'reopenTask', request: { ...on('t1'), taskId: '' } });
    expect(successor.assignee).toBe('');
  });

  it('stays open when the session that waits for it ends and hands its tasks to an agent', () => {
    const { world, token } = held();
    world.run(ask(token, {}, true));
    world.run(end('ada-1', { handOverTo: 'projects/p/agents/bob' }));
    expect(world.task('t1')).toMatchObject({ state: INPUT_REQUIRED, assignee: 'bob', stateReason: 'Which colour?' });
    expect(workOf(world, 't1').lease).toBeUndefined();
    act(world, undefined);
    world.run(answer('blue'));
    expect(exchange(world)).toMatchObject({ answer: { text: 'blue' } });
    world.nowMs += 600_000;
    expireTask(world, 't1');
    expect(world.task('t1')).toMatchObject({ state: PENDING, assignee: 'bob' });
  });

  it('that waits with its lease kept is told to whoever resumes the session that was lost', () => {
    const { world, token } = held();
    world.run(ask(token, {}, true));
    act(world, undefined);
    for (let i = 0; i < 2; i++) {
      world.nowMs += 2 * TTL_MS;
      expire(world, 'ada-1');
    }
    expect(tasksOf(world, 'ada-1')).toMatchObject([{ task: 't1', left: true }]);
    const successor = begunBy(world.run(resume({ session: 'ada-1' })));
    expect(tasksOf(world, successor.id)).toMatchObject([{ task: 't1', left: true }]);
    expect(world.task('t1').state).toBe(INPUT_REQUIRED);
    world.run(answer('blue'));
    expect(world.task('t1')).toMatchObject({ state: PENDING, assignee: 'ada' });
    expect(world.refusal(complete(token - 1)).reason).toBe('FENCED');
  });

  it('with a kept lease leads back to RUNNING, under the same token', () => {
    const { world, token } = held();
    world.run(ask(token, {}, true));
    expect(workOf(world, 't1').lease!.fencingToken).toBe(token);
    world.run(answer('blue'));
    expect(world.task('t1').state).toBe(RUNNING);
    expect(workOf(world, 't1').lease!.fencingToken).toBe(token);
  });

  it('with options takes one of these alone', () => {
    const { world, token } = held();
    world.run(ask(token, { options: ['red', 'blue'] }));
    const { details } = world.refusal(answer('green'));
    expect(details.fields![0]).toMatchObject({
      field: 'answer.text',
      description: expect.stringContaining('"red"') as string,
    });
    world.run(answer('red'));
  });

  it('is answered by its default at the deadline', () => {
    const { world, token } = held();
    world.run(ask(token, { defaultAnswer: { text: 'grey', data: undefined }, deadline: soon(world, 60) }));
    world.nowMs += 50_000;
    expect(expireTask(world, 't1')).toBe(0);
    world.nowMs += 20_000;
    expireTask(world, 't1');
    expect(exchange(world)).toMatchObject({ answer: { text: 'grey' }, answeredBy: 'system', expired: false });
    expect(world.task('t1').state).toBe(PENDING);
  });

  it('without a default goes on unanswered at the deadline', () => {
    const { world, token } = held();
    world.run(ask(token, { deadline: soon(world, 60) }));
    world.nowMs += 70_000;
    expireTask(world, 't1');
    expect(exchange(world)).toMatchObject({ answer: undefined, expired: true });
    expect(world.task('t1').state).toBe(PENDING);
  });

  it('that is malformed is refused with its path', () => {
    const { world, token } = held();
    const fields = (request: Partial<InputRequest>) =>
      world.refusal(ask(token, request)).details.fields!.map(({ field }) => field);
    expect(fields({ question: ' ' })).toEqual(['request.question']);
    expect(fields({ options: [''] })).toEqual(['request.options[0]']);
    expect(fields({ options: ['a'], defaultAnswer: { text: 'b', data: undefined } })).toEqual([
      'request.default_answer.text',
    ]);
  });
});

describe('a directive', () => {
  it('leaves the holder as long as its lease lasts, and then the server acts and fences', () => {
    const { world, token } = held();
    act(world, undefined);
    world.run({ kind: 'pauseTask', request: on('t1', '', 'budget') });
    expect(workOf(world, 't1').directive).toMatchObject({ kind: DirectiveKind.PAUSE, by: 'local', reason: 'budget' });
    world.nowMs += 500_000;
    expect(expireTask(world, 't1')).toBe(0);
    world.nowMs += 200_000;
    expireTask(world, 't1');
    expect(world.task('t1')).toMatchObject({ state: PAUSED, pausedFrom: PENDING, stateReason: 'budget' });
    expect(world.refusal(acknowledge(token)).reason).toBe('ILLEGAL_TRANSITION');
    expect(tasksOf(world, 'ada-1')).toEqual([]);
  });

  it('is obeyed by acknowledging it', () => {
    const { world, token } = held();
    world.run({ kind: 'cancelTask', request: { ...on('t1', '', 'not needed'), cascade: false } });
    expect(world.task('t1').state).toBe(RUNNING);
    world.run(acknowledge(token));
    expect(world.task('t1')).toMatchObject({ state: CANCELED, stateReason: 'not needed' });
  });

  it('with no grace acts at once', () => {
    const { world, token } = held();
    world.run({ kind: 'cancelTask', request: { ...on('t1'), cascade: false, grace: { seconds: 0, nanos: 0 } } });
    expect(world.task('t1').state).toBe(CANCELED);
    expect(world.refusal(acknowledge(token)).reason).toBe('ILLEGAL_TRANSITION');
  });

  it('to cancel is not made less by one to pause, nor put off by asking again', () => {
    const { world, token } = held();
    const grace = durationOf(60_000);
    world.run({ kind: 'cancelTask', request: { ...on('t1'), cascade: false, grace } });
    const { deadline } = workOf(world, 't1').directive!;
    world.run({ kind: 'pauseTask', request: { ...on('t1'), grace } });
    expect(workOf(world, 't1').directive).toMatchObject({ kind: DirectiveKind.CANCEL, deadline });
    world.run(acknowledge(token));
    expect(world.task('t1').state).toBe(CANCELED);
  });

  it('cannot be acknowledged where there is none', () => {
    const { world, token } = held();
    expect(world.refusal(acknowledge(token))).toMatchObject({
      reason: 'ILLEGAL_TRANSITION',
      message: expect.stringContaining('no directive') as string,
    });
  });

  it('cascades: unheld children are canceled at once, holders of others are told', () => {
    const world = new World();
    world.create();
    world.create({ parent: name });
    world.create({ parent: name });
    claimAs(world, begin(world, 'ada'), 't2');
    const descendants = ['projects/p/tasks/t2', 'projects/p/tasks/t3'];
    world.run({ kind: 'cancelTask', request: { ...on('t1'), cascade: true }, descendants });
    expect(['t1', 't2', 't3'].map((id) => world.task(id).state)).toEqual([CANCELED, RUNNING, CANCELED]);
    expect(workOf(world, 't2').directive!.kind).toBe(DirectiveKind.CANCEL);
  });
});

describe('a step', () => {
  it('is kept once: a later attempt gets the first result back', () => {
    const { world, bob, token } = held();
    world.run(step(token, 'send', { id: 7 }));
    world.run({
      kind: 'releaseTask',
      request: {
        name,
        fencingToken: token,
        reason: '',
        handOverTo: '',
        blockedBy: [],
        requestId: '',
        validateOnly: false,
      },
    });
    const again = claimAs(world, bob, 't1');
    const { replies } = world.run(step(again, 'send', { id: 8 }));
    expect(Step.decode(replies[0]!.image)).toMatchObject({
      key: 'send',
      result: { id: 7 },
      attempt: 1,
      session: 'projects/p/sessions/ada-1',
    });
    world.run(step(again, 'bill', { sum: 3 }));
    expect(workOf(world, 't1').steps).toEqual(['send', 'bill']);
  });

  it('that is there already makes no record', () => {
    const { world, token } = held();
    world.run(step(token, 'send', { id: 7 }));
    const { decision } = world.run(step(token, 'send', { id: 8 }));
    expect(decision.changes).toEqual([]);
    expect(decision.unchanged).toHaveLength(1);
  });

  it('is kept by the holder alone, at most 256 a task', () => {
    const { world, bob, token } = held();
    act(world, bob);
    expect(world.refusal(step(token - 1, 'send', {})).reason).toBe('FENCED');
    for (let i = 0; i < 256; i++) world.run(step(token, `s${i}`, {}));
    expect(world.refusal(step(token, 'one more', {})).reason).toBe('QUOTA');
    expect(world.refusal(step(token, '', {})).details.fields![0]!.field).toBe('step.key');
  });

  it('goes with its task', () => {
    const { world, token } = held();
    world.run(step(token, 'send', { id: 7 }));
    world.run({ kind: 'deleteTask', request: on('t1') });
    world.nowMs += 40 * 86_400_000;
    act(world, undefined);
    world.run({ kind: 'purgeTask', request: on('t1') });
    const left = [...world.view.rows.keys()].filter((key) => key.includes('/t1'));
    expect(left).toEqual([]);
  });
});
