import { changedPaths, same } from '../../src/domain/changed-paths';
import { imageOf } from '../../src/domain/row-image';
import { Task } from '../../src/gen/holdfast/v1/task';

function task(fields: Partial<Task> = {}): Task {
  return Task.fromPartial({ title: 'x', ...fields });
}

function labels(...keys: string[]): Partial<Task> {
  return { labels: new Map(keys.map((key) => [key, 'v'])) };
}

describe('changed paths', () => {
  it('are proto names in the order of the message, without what every change moves', () => {
    const after = task({ etag: '2', revision: 2, updateTime: { seconds: 1, nanos: 0 }, stateReason: 'y', kind: 'bug' });
    expect(changedPaths(task(), after)).toEqual(['kind', 'state_reason']);
  });

  it.each<[string, Partial<Task>, Partial<Task>]>([
    ['labels', labels('a'), labels('a', 'b')],
    ['labels', labels('a', 'b'), labels('a')],
    ['labels', labels('a'), labels('b')],
    ['payload', { payload: { a: [1, { b: null }] } }, { payload: { a: [1, { b: null }], c: 1 } }],
    ['payload', { payload: { a: [1, { b: null }] } }, { payload: { a: [1, { b: false }] } }],
    ['payload', { payload: { a: [] } }, { payload: { a: {} } }],
    ['payload', { payload: {} }, { payload: undefined }],
    ['not_before', { notBefore: { seconds: 1, nanos: 0 } }, { notBefore: { seconds: 1, nanos: 1 } }],
    ['required_capabilities', { requiredCapabilities: ['a', 'b'] }, { requiredCapabilities: ['b', 'a'] }],
  ])('see that %s differs', (path, before, after) => {
    expect(changedPaths(task(before), task(after))).toEqual([path]);
    expect(changedPaths(task(before), task(before))).toEqual([]);
    expect(changedPaths(task(after), Task.decode(Task.encode(task(after)).finish()))).toEqual([]);
  });

  it('take no notice of the order of maps, nor of unknown fields', () => {
    expect(
      same(
        new Map([
          ['a', 1],
          ['b', 2],
        ]),
        new Map([
          ['b', 2],
          ['a', 1],
        ]),
      ),
    ).toBe(true);
    expect(same({ seconds: 1, _unknownFields: {} }, { seconds: 1 })).toBe(true);
  });
});

describe('the bytes of a row', () => {
  it('are right after an encoding that failed halfway', () => {
    const whole = Buffer.from(Task.encode(task()).finish());
    expect(imageOf(Task, task()).equals(whole)).toBe(true);
    expect(() => imageOf(Task, task({ priority: (2 ** 40) as Task['priority'] }))).toThrow();
    expect(imageOf(Task, task()).equals(whole)).toBe(true);
  });

  it('are their own, whatever is encoded after them', () => {
    const first = imageOf(Task, task({ title: 'first' }));
    const copy = Buffer.from(first);
    imageOf(Task, task({ title: 'second', description: 'x'.repeat(2 << 20) }));
    imageOf(Task, task({ title: 'third' }));
    expect(first.equals(copy)).toBe(true);
  });
});
