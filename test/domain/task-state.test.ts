// Goal: every cell of the table of verbs and states. Method: the table is written down here a second time, by hand; each situation is
// brought about or planted, each verb is tried, by the holder where there is one.

import type { Action } from '../../src/domain/command';
import { legalVerbs, stateName, transitions } from '../../src/domain/task-state';
import { DirectiveKind } from '../../src/gen/holdfast/v1/work';
import { DependencyKind, TaskState } from '../../src/gen/holdfast/v1/task';
import { Task } from '../../src/gen/holdfast/v1/task';
import { RequestInputRequest } from '../../src/gen/holdfast/v1/task_service';
import { begin, claim, claimAs, workOf } from '../support/agents';
import { World, on } from '../support/world';

const { PENDING, RUNNING, VERIFYING, INPUT_REQUIRED, PAUSED, SUCCEEDED, FAILED, CANCELED } = TaskState;

/** What a task is in: its state, and whose it is. */
const situations = [
  'PENDING',
  'RUNNING',
  'VERIFYING',
  'INPUT_REQUIRED',
  'INPUT_REQUIRED, kept',
  'PAUSED',
  'SUCCEEDED',
  'FAILED',
  'CANCELED',
] as const;
type Situation = (typeof situations)[number];
const stateIn = (situation: Situation) => TaskState[situation.split(',')[0] as keyof typeof TaskState];

/** The state after the verb, or undefined where it is illegal. `S`: the same. */
const S = 'the same';
/** Legal in this state, but refused for another reason: the task is somebody else's, or nobody's. */
const ALREADY_CLAIMED = 'ALREADY_CLAIMED';
const FENCED = 'FENCED';
type Cell = TaskState | typeof S | typeof ALREADY_CLAIMED | typeof FENCED | undefined;
const _ = undefined;
const expected: Record<string, readonly Cell[]> = {
  //                   PENDING  RUNNING  VERIFYING INPUT_REQ kept     PAUSED SUCCEEDED FAILED CANCELED
  UpdateTask: [S, S, S, S, S, S, _, S, _],
  AddDependency: [S, S, S, S, S, S, _, S, _],
  RemoveDependency: [S, S, S, S, S, S, _, S, _],
  ClaimTask: [RUNNING, ALREADY_CLAIMED, _, _, ALREADY_CLAIMED, _, _, _, _],
  HeartbeatTask: [_, S, _, FENCED, S, _, _, _, _],
  ReleaseTask: [_, PENDING, _, _, _, _, _, _, _],
  CompleteTask: [SUCCEEDED, SUCCEEDED, _, _, _, _, _, _, _],
  FailTask: [FAILED, PENDING, _, _, _, _, _, _, _],
  RequestInput: [_, INPUT_REQUIRED, _, _, _, _, _, _, _],
  ProvideInput: [_, _, _, PENDING, RUNNING, _, _, _, _],
  RejectTask: [_, _, PENDING, _, _, _, _, _, _],
  AcknowledgeDirective: [_, PAUSED, _, FENCED, PAUSED, _, _, _, _],
  PutStep: [_, S, _, _, _, _, _, _, _],
  CancelTask: [CANCELED, S, CANCELED, CANCELED, S, CANCELED, _, _, _],
  PauseTask: [PAUSED, S, PAUSED, PAUSED, S, _, _, _, _],
  ResumeTask: [_, _, _, _, _, VERIFYING, _, _, _],
  RetryTask: [_, _, _, _, _, _, _, PENDING, _],
  ReopenTask: [_, _, _, _, _, _, S, _, S],
  DeleteTask: [S, PENDING, S, S, S, S, S, S, S],
};

/** Verbs that leave the task's own row as it is: what they change stands beside it. */
const BESIDE = new Set(['HeartbeatTask', 'PutStep', 'CancelTask', 'PauseTask']);

function action(verb: string, fencingToken = 0): Action {
  const request = { ...on('t1', '', 'because'), fencingToken };
  switch (verb) {
    case 'UpdateTask':
      return {
        kind: 'updateTask',
        request: { ...request, task: named('t1', { title: 'New' }), updateMask: undefined },
      };
    case 'AddDependency': {
      const dependency = { task: 'projects/p/tasks/t2', kind: DependencyKind.RELATED };
      return { kind: 'addDependency', request: { ...request, dependency, allowUnresolved: false } };
    }
    case 'RemoveDependency': {
      const dependency = { task: 'projects/p/tasks/t3', kind: 0 as const };
      return { kind: 'removeDependency', request: { ...request, dependency } };
    }
    case 'ClaimTask':
      return claim('t1');
    case 'HeartbeatTask': {
      const progress = { percent: 50, message: 'half', details: undefined, updateTime: undefined };
      return { kind: 'heartbeatTask', request: { ...request, progress } };
    }
    case 'ReleaseTask':
      return { kind: 'releaseTask', request: { ...request, handOverTo: '', blockedBy: [] } };
    case 'CompleteTask':
      return { kind: 'completeTask', request: { ...request, result: { sum: 3 } } };
    case 'FailTask':
      return {
        kind: 'failTask',
        request: { ...request, error: { code: 'broken', message: 'It broke', details: undefined } },
      };
    case 'RequestInput':
      return { kind: 'requestInput', request: question(fencingToken) };
    case 'ProvideInput':
      return { kind: 'provideInput', request: { ...request, answer: { text: 'blue', data: undefined } } };
    case 'RejectTask':
      return { kind: 'rejectTask', request };
    case 'AcknowledgeDirective':
      return { kind: 'acknowledgeDirective', request };
    case 'PutStep': {
      const step = { key: 'sent', result: { id: 7 }, createTime: undefined, attempt: 0, session: '' };
      return { kind: 'putStep', request: { ...request, step } };
    }
    case 'CancelTask':
      return { kind: 'cancelTask', request: { ...request, cascade: false } };
    case 'PauseTask':
      return { kind: 'pauseTask', request };
    case 'ResumeTask':
      return { kind: 'resumeTask', request };
    case 'RetryTask':
      return { kind: 'retryTask', request };
    case 'ReopenTask':
      return { kind: 'reopenTask', request: { ...request, taskId: '' } };
    default:
      return { kind: 'deleteTask', request };
  }
}

function question(fencingToken: number, keepLease = false) {
  const request = { question: 'Which colour?', options: [] };
  return RequestInputRequest.fromPartial({ name: 'projects/p/tasks/t1', fencingToken, request, keepLease });
}

function named(id: string, task: Partial<Task>): Task {
  return Task.fromPartial({ ...task, name: `projects/p/tasks/${id}` });
}

/** A world whose t1 is in this situation, and the token of its holder; 0 for none. A session of another agent acts. */
function worldIn(situation: Situation, verb = ''): { readonly world: World; readonly token: number } {
  const world = new World();
  for (let i = 0; i < 3; i++) world.create();
  const dependencies = [{ task: 'projects/p/tasks/t3', kind: DependencyKind.RELATED }];
  const state = stateIn(situation);
  const held = state === RUNNING || state === INPUT_REQUIRED;
  world.plant('t1', {
    dependencies,
    state: held ? PENDING : state,
    pausedFrom: state === PAUSED ? VERIFYING : 0,
    stateReason: 'planted',
  });
  let token = 0;
  if (held) {
    token = claimAs(world, begin(world, 'ada', 'ada-1'), 't1');
    if (state === INPUT_REQUIRED) {
      world.run({ kind: 'requestInput', request: question(token, situation.endsWith('kept')) });
    }
  }
  const other = begin(world, 'bob', 'bob-1');
  world.session = other.name;
  world.sessionToken = other.token;
  const directed = verb === 'AcknowledgeDirective' && workOf(world, 't1').lease !== undefined;
  if (directed) world.run({ kind: 'pauseTask', request: on('t1') });
  return { world, token };
}

describe('the table of verbs and states', () => {
  it('has these verbs and no others', () => {
    expect(Object.keys(transitions).sort()).toEqual(Object.keys(expected).sort());
  });

  const cells = Object.entries(expected).flatMap(([verb, row]) =>
    row.map((to, i) => ({ verb, from: situations[i]!, to, cell: `${verb} in ${situations[i]!}` })),
  );

  it.each(cells.filter(({ to }) => to === undefined))('refuses $cell', ({ verb, from }) => {
    const { world, token } = worldIn(from, verb);
    const { reason, message, details } = world.refusal(action(verb, token));
    expect(reason).toBe('ILLEGAL_TRANSITION');
    const state = stateIn(from);
    const legal = legalVerbs(state);
    expect(details.metadata).toEqual({
      name: 'projects/p/tasks/t1',
      state: stateName(state),
      verb,
      legal_verbs: legal.join(','),
    });
    expect(legal).not.toContain(verb);
    for (const word of ['projects/p/tasks/t1', stateName(state), verb, ...legal]) expect(message).toContain(word);
  });

  const refused = cells.filter(({ to }) => to === ALREADY_CLAIMED || to === FENCED);
  it.each(refused)('refuses $cell with $to', ({ verb, from, to }) => {
    const { world, token } = worldIn(from, verb);
    expect(world.refusal(action(verb, token)).reason).toBe(to);
    expect(legalVerbs(stateIn(from)).includes(verb)).toBe(verb !== 'ClaimTask');
  });

  const allowed = cells.filter(({ to }) => to === S || typeof to === 'number');
  it.each(allowed)('allows $cell', ({ verb, from, to }) => {
    const { world, token } = worldIn(from, verb);
    const before = world.task('t1');
    const { sequence } = world.run(action(verb, token));
    const after = world.task('t1');
    expect(after.state).toBe(to === S ? stateIn(from) : to);
    const beside = to === S && BESIDE.has(verb);
    expect(after).toMatchObject({
      revision: before.revision + (beside ? 0 : 1),
      etag: beside ? before.etag : String(sequence),
    });
    expect(legalVerbs(stateIn(from))).toContain(verb);
  });

  it.each(['RUNNING', 'INPUT_REQUIRED, kept'] as const)(
    'of a held task in %s, Pause and Cancel direct its holder',
    (from) => {
      for (const [verb, kind] of [
        ['PauseTask', DirectiveKind.PAUSE],
        ['CancelTask', DirectiveKind.CANCEL],
      ] as const) {
        const { world } = worldIn(from);
        world.run(action(verb));
        expect(workOf(world, 't1').directive).toMatchObject({
          kind,
          reason: 'because',
          by: 'projects/p/sessions/bob-1',
        });
      }
    },
  );
});

describe('what the verbs leave behind', () => {
  it('Complete keeps the result, the reason and the time', () => {
    const world = worldIn('PENDING').world;
    const { decision } = world.run(action('CompleteTask'));
    expect(decision.changes[0]!.changedPaths).toEqual(['state', 'state_reason', 'end_time', 'result']);
    expect(world.task('t1')).toMatchObject({ stateReason: 'because', result: { sum: 3 } });
    expect(world.task('t1').endTime).toMatchObject({ seconds: world.nowMs / 1000 - 1 });
  });

  it('Fail keeps the error, Retry clears it', () => {
    const world = worldIn('PENDING').world;
    world.run(action('FailTask'));
    expect(world.task('t1').error).toMatchObject({ code: 'broken', message: 'It broke' });
    world.run(action('RetryTask'));
    expect(world.task('t1')).toMatchObject({ error: undefined, endTime: undefined, state: PENDING });
  });

  it.each(['PENDING', 'VERIFYING', 'INPUT_REQUIRED'] as const)(
    'Resume returns to %s, from which it was paused',
    (from) => {
      const { world } = worldIn(from);
      const state = stateIn(from);
      world.run(action('PauseTask'));
      expect(world.task('t1').pausedFrom).toBe(state);
      world.run(action('ResumeTask'));
      expect(world.task('t1')).toMatchObject({ state, pausedFrom: 0 });
    },
  );

  it('a canceled paused task forgets what it was paused from', () => {
    const world = worldIn('PAUSED').world;
    world.run(action('CancelTask'));
    expect(world.task('t1').pausedFrom).toBe(0);
  });

  it('a verb without a reason clears the old reason', () => {
    const world = worldIn('PENDING').world;
    world.run({ kind: 'pauseTask', request: on('t1') });
    expect(world.task('t1').stateReason).toBe('');
  });

  it('an oversized reason, result or error is refused with its path', () => {
    const world = worldIn('PENDING').world;
    const reason = 'x'.repeat(4097);
    const result = { text: 'x'.repeat(65536) };
    expect(
      world.refusal({ kind: 'completeTask', request: { ...on('t1', '', reason), result } }).details.fields,
    ).toEqual([
      { field: 'reason', description: 'takes 4097 bytes, at most 4096 are allowed' },
      {
        field: 'result',
        description: expect.stringMatching(/^takes 655\d\d bytes, at most 65536 are allowed$/) as string,
      },
    ]);
    const error = { code: 'c'.repeat(64), message: 'é'.repeat(2049), details: { number: Infinity } };
    const fields = world.refusal({ kind: 'failTask', request: { ...on('t1'), error } }).details.fields;
    expect(fields?.map(({ field }) => field)).toEqual(['error.code', 'error.message', 'error.details']);
  });
});

describe('a successor', () => {
  it('has the content of the old task, open criteria, and an edge to it', () => {
    const world = new World();
    world.create({}, 'epic');
    world.create({
      title: 'Build it',
      parent: 'projects/p/tasks/epic',
      externalId: 'X-1',
      labels: new Map([['area', 'core']]),
      payload: { a: [1, { b: null }] },
      acceptanceCriteria: [{ id: 'works', text: 'It works', met: true, evidence: 'seen' }],
    });
    world.run({ kind: 'completeTask', request: { ...on('t1'), result: undefined } });
    expect(world.liveChildren('epic')).toBe(0);
    const successor = world.taskOf({ kind: 'reopenTask', request: { ...on('t1', '', 'it broke again'), taskId: '' } });
    expect(successor).toMatchObject({
      name: 'projects/p/tasks/t2',
      revision: 1,
      state: PENDING,
      title: 'Build it',
      parent: 'projects/p/tasks/epic',
      externalId: '',
      stateReason: 'it broke again',
      payload: { a: [1, { b: null }] },
      acceptanceCriteria: [{ id: 'works', text: 'It works', met: false, evidence: '' }],
      dependencies: [{ task: 'projects/p/tasks/t1', kind: 5 }],
    });
    expect(world.task('t1')).toMatchObject({ state: SUCCEEDED, successor: successor.name, externalId: 'X-1' });
    expect(world.liveChildren('epic')).toBe(1);
  });

  it('is one: a second is refused while the first is there', () => {
    const world = worldIn('SUCCEEDED').world;
    world.run(action('ReopenTask'));
    expect(world.refusal(action('ReopenTask'))).toMatchObject({
      reason: 'ILLEGAL_TRANSITION',
      message: 'projects/p/tasks/t1 was reopened already: projects/p/tasks/t4 is its successor',
    });
  });

  it('stands alone if the parent is deleted', () => {
    const world = new World();
    world.create({}, 'epic');
    world.create({ parent: 'projects/p/tasks/epic' });
    world.run({ kind: 'cancelTask', request: { ...on('t1'), cascade: false } });
    world.run({ kind: 'deleteTask', request: on('epic') });
    expect(world.taskOf(action('ReopenTask')).parent).toBe('');
  });
});
