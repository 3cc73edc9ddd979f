import { NAMESPACE_PARTS_MAX } from '../../../src/domain/limits';
import { EntityKind, EventType } from '../../../src/gen/holdfast/journal/v1/journal';
import { Memory } from '../../../src/gen/holdfast/v1/memory';
import { DeleteMemoryRequest, PutMemoryRequest } from '../../../src/gen/holdfast/v1/memory_service';
import { ApplyMutationsRequest } from '../../../src/gen/holdfast/v1/task_service';
import { World } from '../../support/world';

const START_S = Date.UTC(2026, 0, 1) / 1000;

function put(memory: Partial<Memory>, etag = '', parent = 'projects/p') {
  const whole = Memory.fromPartial({ namespace: 'users/ada', key: 'colour', ...memory });
  return { kind: 'putMemory' as const, request: PutMemoryRequest.fromPartial({ parent, memory: whole, etag }) };
}

function del(name: string, etag = '') {
  return { kind: 'deleteMemory' as const, request: DeleteMemoryRequest.fromPartial({ name, etag }) };
}

const expire = (id: string) => ({ kind: 'expireMemory' as const, request: { project: 'p', id } });

function memoryOf(world: World, id = 'users/ada/colour'): Memory | undefined {
  const row = world.view.row(EntityKind.MEMORY, 'p', id);
  return row && Memory.decode(row.image);
}

const NAME = 'projects/p/memories/users/ada/colour';

describe('a memory', () => {
  it('is what was put last, and counts its changes', () => {
    const world = new World();
    world.run(put({ value: { is: 'red' } }));
    const { decision, sequence } = world.run(put({ value: { is: 'blue' } }));
    expect(memoryOf(world)).toMatchObject({
      ...{ name: NAME, namespace: 'users/ada', key: 'colour', value: { is: 'blue' } },
      ...{ etag: String(sequence), revision: 2, expireTime: undefined, ttl: undefined, session: '' },
      createTime: { seconds: START_S + 1, nanos: 0 },
      updateTime: { seconds: START_S + 2, nanos: 0 },
    });
    expect(decision.changes).toMatchObject([{ event: EventType.MEMORY_PUT, changedPaths: ['value'] }]);
  });

  it('stands apart from the same key elsewhere', () => {
    const world = new World();
    world.run(put({ value: { of: 'ada' } }));
    world.run(put({ namespace: 'users', value: { of: 'all' } }));
    expect([memoryOf(world)?.value, memoryOf(world, 'users/colour')?.value]).toEqual([{ of: 'ada' }, { of: 'all' }]);
  });

  it('is put only where its etag says so', () => {
    const world = new World();
    const first = world.run(put({}, '0')).sequence;
    expect(world.refusal(put({}, '0'))).toMatchObject({
      reason: 'ETAG_MISMATCH',
      message: `${NAME} exists already, with etag ${first}: read it again and decide anew`,
      details: { metadata: { name: NAME, etag: String(first) } },
    });
    world.run(put({ value: { n: 1 } }, String(first)));
    expect(world.refusal(put({}, String(first))).reason).toBe('ETAG_MISMATCH');
    expect(world.refusal(put({ key: 'other' }, '5'))).toMatchObject({
      reason: 'ETAG_MISMATCH',
      details: { metadata: { etag: '0' } },
    });
    world.run(put({ key: 'other' }, '0'));
  });

  it('is gone when it was deleted, and may be put anew', () => {
    const world = new World();
    const { sequence } = world.run(put({}));
    expect(world.refusal(del(NAME, '9')).reason).toBe('ETAG_MISMATCH');
    const { decision } = world.run(del(NAME, String(sequence)));
    expect(decision.changes).toMatchObject([{ removed: true, event: EventType.MEMORY_DELETED }]);
    expect(memoryOf(world)).toBeUndefined();
    expect(world.refusal(del(NAME))).toMatchObject({ reason: 'NOT_FOUND', details: { metadata: { name: NAME } } });
    world.run(put({}, '0'));
    expect(memoryOf(world)?.revision).toBe(1);
  });

  it('goes when its ttl has passed since it was put last, and not before', () => {
    const world = new World();
    world.run(put({ ttl: { seconds: 10, nanos: 0 } }));
    expect(memoryOf(world)?.expireTime).toMatchObject({ seconds: START_S + 11, nanos: 0 });
    world.nowMs = (START_S + 10) * 1000;
    expect(world.decide(expire('users/ada/colour')).changes).toEqual([]);
    world.run(put({ ttl: { seconds: 10, nanos: 0 } }));
    world.nowMs = (START_S + 15) * 1000;
    expect(world.decide(expire('users/ada/colour')).changes).toEqual([]);
    world.nowMs = (START_S + 20) * 1000;
    expect(world.run(expire('users/ada/colour')).decision.changes).toMatchObject([{ removed: true }]);
    expect(world.decide(expire('users/ada/colour')).changes).toEqual([]);
  });

  it('is kept for good when it is put again without a ttl', () => {
    const world = new World();
    world.run(put({ ttl: { seconds: 1, nanos: 0 } }));
    world.run(put({}));
    world.nowMs += 3_600_000;
    expect(world.decide(expire('users/ada/colour')).changes).toEqual([]);
  });

  it.each<[string, Partial<Memory>, string]>([
    ['no namespace', { namespace: '' }, 'memory.namespace'],
    ['an empty part', { namespace: 'a//b' }, 'memory.namespace'],
    ['a slash at its end', { namespace: 'a/' }, 'memory.namespace'],
    [
      'too many parts',
      {
        namespace: Array(NAMESPACE_PARTS_MAX + 1)
          .fill('a')
          .join('/'),
      },
      'memory.namespace',
    ],
    ['a space in it', { namespace: 'a b' }, 'memory.namespace'],
    ['no key', { key: '' }, 'memory.key'],
    ['a slash in the key', { key: 'a/b' }, 'memory.key'],
    ['a long key', { key: 'k'.repeat(129) }, 'memory.key'],
    ['a large value', { value: { text: 'x'.repeat(70_000) } }, 'memory.value'],
    ['a short ttl', { ttl: { seconds: 0, nanos: 999 } }, 'memory.ttl'],
    ['a long ttl', { ttl: { seconds: 3651 * 86_400, nanos: 0 } }, 'memory.ttl'],
  ])('is refused with %s', (_what, memory, field) => {
    const refusal = new World().refusal(put(memory));
    expect([refusal.reason, refusal.details.fields?.map((each) => each.field)]).toEqual(['FIELD_INVALID', [field]]);
  });

  it('is refused in no project, and in a deleted one', () => {
    const world = new World();
    expect(world.refusal(put({}, '', 'projects/none')).reason).toBe('NOT_FOUND');
    world.run({
      kind: 'deleteProject',
      request: { name: 'projects/p', etag: '', requestId: '', validateOnly: false },
    });
    expect(world.refusal(put({})).reason).toBe('NOT_FOUND');
  });

  it.each(['projects/p/memories/colour', 'projects/p/memories/a//b', 'projects/P/memories/a/b', 'memories/a/b'])(
    'has no name like %s',
    (name) => {
      expect(new World().refusal(del(name)).details.fields?.[0]?.field).toBe('name');
    },
  );
});

describe('a memory in an apply', () => {
  const apply = (mutations: object[]) => ({
    kind: 'applyMutations' as const,
    request: ApplyMutationsRequest.fromPartial({ parent: 'projects/p', mutations }),
  });
  const mutation = (memory: Partial<Memory>, parent = '', etag = '') => ({
    mutation: {
      $case: 'putMemory' as const,
      value: { parent, etag, memory: { namespace: 'n', key: 'k', ...memory } },
    },
  });

  it('is put with everything else, and counts as one change however often it is put', () => {
    const world = new World();
    const { replies } = world.run(
      apply([mutation({ value: { n: 1 } }), mutation({ value: { n: 2 } }), mutation({ key: 'l' })]),
    );
    expect(replies.map(({ id }) => id)).toEqual(['n/k', 'n/k', 'n/l']);
    expect(memoryOf(world, 'n/k')).toMatchObject({ revision: 1, value: { n: 2 } });
  });

  it('is refused with all else where its etag is stale, and in another project', () => {
    const world = new World();
    expect(world.refusal(apply([mutation({}), mutation({}, '', '0')]))).toMatchObject({
      reason: 'ETAG_MISMATCH',
      message: expect.stringMatching(/^mutations\[1\].put_memory: /) as string,
    });
    const elsewhere = world.refusal(apply([mutation({}, 'projects/q')]));
    expect(elsewhere.details.fields?.[0]?.field).toBe('mutations[0].put_memory.parent');
  });
});
