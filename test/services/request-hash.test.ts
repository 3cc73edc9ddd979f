import fc from 'fast-check';
import { PutMemoryRequest } from '../../src/gen/holdfast/v1/memory_service';
import { ApplyMutationsRequest, CreateTaskRequest, UpdateTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import { canonicalText, requestHash } from '../../src/services/request-hash';
import { chosenSeed } from '../support/seed';

const seed = chosenSeed();

type Partial = Parameters<typeof CreateTaskRequest.fromPartial>[0];

/** As the server gets it: encoded by a client, decoded here. */
function received(partial: Partial): CreateTaskRequest {
  return CreateTaskRequest.decode(CreateTaskRequest.encode(CreateTaskRequest.fromPartial(partial)).finish());
}

function hashOf(partial: Partial): string {
  return Buffer.from(requestHash('createTask', received(partial))).toString('hex');
}

it('does not depend on the order of maps and structs (H1)', () => {
  const labels = new Map([
    ['b', '1'],
    ['a', '2'],
    ['__proto__', '3'],
  ]);
  const turned = new Map([...labels].reverse());
  const payload = { z: 1, a: { y: [1, { q: 1, p: 2 }], x: null } };
  const same = { a: { x: null, y: [1, { p: 2, q: 1 }] }, z: 1 };
  expect(hashOf({ task: { title: 't', labels, payload } })).toBe(
    hashOf({ task: { title: 't', labels: turned, payload: same } }),
  );
});

it('does not depend on fields at their default, which a later release may add (H2)', () => {
  const older = { ...received({ parent: 'p', task: { title: 't' } }) };
  const newer = {
    ...older,
    addedLater: '',
    addedToo: 0,
    alsoAdded: false,
    more: [],
    evenMore: new Map(),
    last: undefined,
  };
  expect(canonicalText('createTask', newer)).toBe(canonicalText('createTask', older));
});

it('does not depend on the request id nor on validate_only, but on the verb (H3)', () => {
  const one = received({ task: { title: 't' }, requestId: 'a', validateOnly: true });
  const other = received({ task: { title: 't' }, requestId: 'b' });
  expect(canonicalText('createTask', one)).toBe(canonicalText('createTask', other));
  expect(canonicalText('createTask', one)).not.toBe(canonicalText('updateTask', one));
});

it('counts unknown fields', () => {
  const bytes = CreateTaskRequest.encode(CreateTaskRequest.fromPartial({ parent: 'p' })).finish();
  const unknown = CreateTaskRequest.decode(Buffer.concat([bytes, Buffer.from([0xfa, 0x3e, 1, 65])]));
  expect(canonicalText('createTask', unknown)).not.toBe(canonicalText('createTask', received({ parent: 'p' })));
});

it.each<[string, Partial, Partial]>([
  ['a value from another', { parent: 'a' }, { parent: 'b' }],
  ['a field from its neighbour', { parent: 'a' }, { taskId: 'a' }],
  ['where a text ends', { task: { title: 'a";b' } }, { task: { title: 'a"', description: 'b' } }],
  ['an entry from a key', { task: { labels: new Map([['a', 'b']]) } }, { task: { labels: new Map([['ab', '']]) } }],
  ['zero in a struct from nothing', { task: { payload: { a: 0 } } }, { task: { payload: {} } }],
  ['an empty struct from none', { task: { payload: {} } }, { task: {} }],
  ['a number from its text', { task: { payload: { a: 1 } } }, { task: { payload: { a: '1' } } }],
  ['null from its text', { task: { payload: { a: null } } }, { task: { payload: { a: 'null' } } }],
  ['a list from its flattened form', { task: { payload: { a: [[1], 2] } } }, { task: { payload: { a: [[1, 2]] } } }],
  ['an empty message from none', { task: {} }, {}],
  [
    'the order of a list',
    { task: { requiredCapabilities: ['a', 'b'] } },
    { task: { requiredCapabilities: ['b', 'a'] } },
  ],
])('tells %s', (_what, one, other) => {
  expect(hashOf(one)).not.toBe(hashOf(other));
});

it('is equal exactly when the requests are', () => {
  const word = fc.constantFrom('', 'a', 'b', 'ab', '"1:a', 'title="1:a', '}', '{', ';', '<');
  const request = fc.record({
    parent: word,
    taskId: word,
    task: fc.option(fc.record({ title: word, description: word, labels: fc.dictionary(word, word) }), {
      nil: undefined,
    }),
  });
  const key = ({
    parent,
    taskId,
    task,
  }: {
    parent: string;
    taskId: string;
    task: { title: string; description: string; labels: Record<string, string> } | undefined;
  }): string =>
    JSON.stringify([parent, taskId, task && [task.title, task.description, Object.entries(task.labels).sort()]]);
  const property = fc.property(request, request, (one, other) => {
    const message = (each: typeof one): Partial => ({
      ...each,
      task: each.task && { ...each.task, labels: new Map(Object.entries(each.task.labels)) },
    });
    expect(hashOf(message(one)) === hashOf(message(other))).toBe(key(one) === key(other));
  });
  fc.assert(property, { seed, numRuns: 2000 });
});

it('hashes an update with its mask', () => {
  const hash = (updateMask: string[] | undefined): string =>
    canonicalText('updateTask', UpdateTaskRequest.fromPartial({ task: { title: 'a' }, updateMask }));
  expect(hash(['title'])).not.toBe(hash(['description']));
});

it('gives 16 bytes', () => {
  expect(requestHash('createTask', received({}))).toHaveLength(16);
});

describe('the value of a memory', () => {
  const text = (value: object): string =>
    canonicalText('putMemory', PutMemoryRequest.fromPartial({ memory: { value: value } }));

  it('has no order of keys, and each of its values counts', () => {
    expect(text({ a: 1, b: { c: 2, d: 3 } })).toBe(text({ b: { d: 3, c: 2 }, a: 1 }));
    const values = [{}, { a: false }, { a: 0 }, { a: '' }, { a: null }, { a: [] }, { a: {} }];
    expect(new Set(values.map(text)).size).toBe(values.length);
  });

  it('is told apart from what a mutation holds, whose maps count', () => {
    const apply = (label: string): string =>
      canonicalText(
        'applyMutations',
        ApplyMutationsRequest.fromPartial({
          mutations: [
            { mutation: { $case: 'createTask', value: { task: { title: 't', labels: new Map([['k', label]]) } } } },
          ],
        }),
      );
    expect(apply('a')).not.toBe(apply('b'));
  });
});
