// Goal: every cell of the table of verbs and states. Method: the table is written down here a second time, by hand; each state
// is planted, each verb is tried.

import type { Action } from '../../src/domain/command';
import { legalVerbs, stateName, transitions } from '../../src/domain/task-state';
import { DependencyKind, TaskState } from '../../src/gen/holdfast/v1/task';
import { Task } from '../../src/gen/holdfast/v1/task';
import { World, on } from '../support/world';

const { PENDING, RUNNING, VERIFYING, INPUT_REQUIRED, PAUSED, SUCCEEDED, FAILED, CANCELED } = TaskState;
const states = [PENDING, RUNNING, VERIFYING, INPUT_REQUIRED, PAUSED, SUCCEEDED, FAILED, CANCELED];

/** The state after the verb, or undefined where it is illegal. `S`: the same. */
const S = 'the same';
const expected: Record<string, readonly (TaskState | typeof S | undefined)[]> = {
  //            PENDING    RUNNING   VERIFYING INPUT_REQ PAUSED    SUCCEEDED  FAILED     CANCELED
  UpdateTask: [S, S, S, S, S, undefined, S, undefined],
  AddDependency: [S, S, S, S, S, undefined, S, undefined],
  RemoveDependency: [S, S, S, S, S, undefined, S, undefined],
  CompleteTask: [SUCCEEDED, ...none(7)],
  FailTask: [FAILED, ...none(7)],
  CancelTask: [CANCELED, CANCELED, CANCELED, CANCELED, CANCELED, ...none(3)],
  PauseTask: [PAUSED, undefined, PAUSED, PAUSED, ...none(4)],
  ResumeTask: [...none(4), VERIFYING, ...none(3)],
  RetryTask: [...none(6), PENDING, undefined],
  ReopenTask: [...none(5), S, undefined, S],
  DeleteTask: [S, S, S, S, S, S, S, S],
};

function none(count: number): undefined[] {
  return Array.from({ length: count }, () => undefined);
}

function action(verb: string): Action {
  const request = on('t1', '', 'because');
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
    case 'CompleteTask':
      return { kind: 'completeTask', request: { ...request, result: { sum: 3 } } };
    case 'FailTask':
      return {
        kind: 'failTask',
        request: { ...request, error: { code: 'broken', message: 'It broke', details: undefined } },
      };
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

function named(id: string, task: Partial<Task>): Task {
  return Task.fromPartial({ ...task, name: `projects/p/tasks/${id}` });
}

/** A world whose t1 is in this state. */
function worldIn(state: TaskState): World {
  const world = new World();
  for (let i = 0; i < 3; i++) world.create();
  const dependencies = [{ task: 'projects/p/tasks/t3', kind: DependencyKind.RELATED }];
  world.plant('t1', { dependencies, state, pausedFrom: state === PAUSED ? VERIFYING : 0, stateReason: 'planted' });
  return world;
}

describe('the table of verbs and states', () => {
  it('has these verbs and no others', () => {
    expect(Object.keys(transitions)).toEqual(Object.keys(expected));
  });

  const cells = Object.entries(expected).flatMap(([verb, row]) =>
    row.map((to, i) => ({ verb, from: states[i]!, to, cell: `${verb} in ${stateName(states[i]!)}` })),
  );

  it.each(cells.filter(({ to }) => to === undefined))('refuses $cell', ({ verb, from }) => {
    const { reason, message, details } = worldIn(from).refusal(action(verb));
    expect(reason).toBe('ILLEGAL_TRANSITION');
    const legal = legalVerbs(from);
    expect(details.metadata).toEqual({
      name: 'projects/p/tasks/t1',
      state: stateName(from),
      verb,
      legal_verbs: legal.join(','),
    });
    expect(legal).not.toContain(verb);
    for (const word of ['projects/p/tasks/t1', stateName(from), verb, ...legal]) expect(message).toContain(word);
  });

  it.each(cells.filter(({ to }) => to !== undefined))('allows $cell', ({ verb, from, to }) => {
    const world = worldIn(from);
    const before = world.task('t1');
    const { sequence } = world.run(action(verb));
    const after = world.task('t1');
    expect(after.state).toBe(to === S ? from : to);
    expect(after).toMatchObject({ revision: before.revision + 1, etag: String(sequence) });
    expect(legalVerbs(from)).toContain(verb);
  });
});

describe('what the verbs leave behind', () => {
  it('Complete keeps the result, the reason and the time', () => {
    const world = worldIn(PENDING);
    const { decision } = world.run(action('CompleteTask'));
    expect(decision.changes[0]!.changedPaths).toEqual(['state', 'state_reason', 'end_time', 'result']);
    expect(world.task('t1')).toMatchObject({ stateReason: 'because', result: { sum: 3 } });
    expect(world.task('t1').endTime).toMatchObject({ seconds: world.nowMs / 1000 - 1 });
  });

  it('Fail keeps the error, Retry clears it', () => {
    const world = worldIn(PENDING);
    world.run(action('FailTask'));
    expect(world.task('t1').error).toMatchObject({ code: 'broken', message: 'It broke' });
    world.run(action('RetryTask'));
    expect(world.task('t1')).toMatchObject({ error: undefined, endTime: undefined, state: PENDING });
  });

  it.each([PENDING, VERIFYING, INPUT_REQUIRED])('Resume returns to state %i, from which it was paused', (state) => {
    const world = worldIn(state);
    world.run(action('PauseTask'));
    expect(world.task('t1').pausedFrom).toBe(state);
    world.run(action('ResumeTask'));
    expect(world.task('t1')).toMatchObject({ state, pausedFrom: 0 });
  });

  it('a canceled paused task forgets what it was paused from', () => {
    const world = worldIn(PAUSED);
    world.run(action('CancelTask'));
    expect(world.task('t1').pausedFrom).toBe(0);
  });

  it('a verb without a reason clears the old reason', () => {
    const world = worldIn(PENDING);
    world.run({ kind: 'pauseTask', request: on('t1') });
    expect(world.task('t1').stateReason).toBe('');
  });

  it('an oversized reason, result or error is refused with its path', () => {
    const world = worldIn(PENDING);
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
    const world = worldIn(SUCCEEDED);
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
