import { EventType } from '../../src/gen/holdfast/journal/v1/journal';
import { Project } from '../../src/gen/holdfast/v1/project';
import { World, createProject, on } from '../support/world';

function update(project: Partial<Project>, updateMask?: string[], etag = '') {
  const request = {
    project: Project.fromPartial({ name: 'projects/p', ...project }),
    updateMask,
    etag,
    requestId: '',
    validateOnly: false,
  };
  return { kind: 'updateProject' as const, request };
}

describe('a project', () => {
  it('is created with what was given', () => {
    const world = new World();
    const project = { displayName: 'Quarry', labels: new Map([['team', 'a']]), creator: 'me', uid: 'mine' };
    const { decision, sequence } = world.run({ kind: 'createProject', request: createProject('q', project) });
    expect(decision.changes[0]).toMatchObject({
      project: 'q',
      id: '',
      event: EventType.PROJECT_CREATED,
      changedPaths: [],
    });
    expect(world.project('q')).toMatchObject({
      ...{ name: 'projects/q', displayName: 'Quarry', revision: 1, etag: String(sequence), creator: 'local' },
    });
    expect(world.project('q').uid).not.toBe('mine');
  });

  it('is refused for a taken or malformed id and for malformed fields', () => {
    const world = new World();
    expect(world.refusal({ kind: 'createProject', request: createProject('p') }).reason).toBe('ALREADY_EXISTS');
    const request = createProject('P', {
      displayName: 'x'.repeat(257),
      description: 'x'.repeat(16_385),
      labels: new Map([['-', '']]),
    });
    const { details } = world.refusal({ kind: 'createProject', request });
    expect(details.fields?.map(({ field }) => field)).toEqual([
      ...['project_id', 'project.display_name', 'project.description', 'project.labels'],
    ]);
  });

  it('is one of at most 10,000', () => {
    const world = new World();
    world.view.projectCount = () => 10_000;
    expect(world.refusal({ kind: 'createProject', request: createProject('q') })).toMatchObject({
      reason: 'QUOTA',
      details: { metadata: { limit: '10000' } },
    });
  });

  it('is updated by mask', () => {
    const world = new World();
    world.run(update({ displayName: 'A', description: 'B', annotations: new Map([['k', 'v']]) }));
    const { decision } = world.run(update({ displayName: 'C' }, ['description', 'annotations.k', 'creator']));
    expect(decision.changes[0]!.changedPaths).toEqual(['description', 'annotations']);
    expect(world.project()).toMatchObject({ displayName: 'A', description: '', revision: 3 });
    expect(world.refusal(update({}, ['state'])).details.fields?.[0]?.field).toBe('update_mask');
    expect(world.refusal(update({}, [], '1'))).toMatchObject({
      reason: 'ETAG_MISMATCH',
      details: { metadata: { name: 'projects/p', etag: '3' } },
    });
  });

  it('is deleted only without live tasks, and comes back', () => {
    const world = new World();
    world.create();
    expect(world.refusal({ kind: 'deleteProject', request: on('projects/p') })).toMatchObject({
      reason: 'HAS_CHILDREN',
      details: { metadata: { name: 'projects/p', live_children: '1' } },
    });
    world.run({ kind: 'completeTask', request: { ...on('t1'), result: undefined } });
    world.run({ kind: 'deleteProject', request: on('projects/p') });
    expect(world.refusal(update({})).message).toBe('projects/p is deleted; UndeleteProject brings it back');
    expect(world.refusal({ kind: 'createProject', request: createProject('p') }).message).toContain('UndeleteProject');
    expect(world.refusal({ kind: 'reopenTask', request: { ...on('t1'), taskId: '' } }).reason).toBe('NOT_FOUND');
    world.run({ kind: 'undeleteProject', request: on('projects/p') });
    expect(world.project()).toMatchObject({ deleteTime: undefined, purgeTime: undefined });
    expect(world.refusal({ kind: 'undeleteProject', request: on('projects/p') }).reason).toBe('ILLEGAL_TRANSITION');
  });

  it('default cannot be deleted', () => {
    const world = new World();
    world.run({ kind: 'createProject', request: createProject('default') });
    expect(world.refusal({ kind: 'deleteProject', request: on('projects/default') }).reason).toBe('HAS_CHILDREN');
  });

  it('is purged when its time has come', () => {
    const world = new World();
    expect(world.refusal({ kind: 'purgeProject', request: on('projects/p') }).reason).toBe('ILLEGAL_TRANSITION');
    world.run({ kind: 'deleteProject', request: on('projects/p') });
    expect(world.refusal({ kind: 'purgeProject', request: on('projects/p') }).reason).toBe('ILLEGAL_TRANSITION');
    world.nowMs += 30 * 86_400_000;
    const { replies } = world.run({ kind: 'purgeProject', request: on('projects/p') });
    expect(replies[0]!.previousIndexed).toMatchObject({ deleted: true });
    world.run({ kind: 'createProject', request: createProject('p') });
  });
});
