import fc from 'fast-check';
import { after, KeyReader, KeyWriter } from '../../../src/storage/state/key-bytes';
import * as keys from '../../../src/storage/state/keys';
import { EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import type { IndexEntry } from '../../../src/domain/derive';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\0', '\x01', '\x02', 'a', 'é') }),
);
const given = fc.integer({ min: 1, max: 999_999_999_999_999 }).map((n) => `t${n}`);
const id = fc.oneof(given, text, fc.constantFrom('t', 't0', 't01', 't1a'));

const textKey = (value: string) => new KeyWriter().start(1).text(value).copy();
const idKey = (value: string) => new KeyWriter().start(1).id(value).copy();

test('texts come back, and sort as their UTF-8 does', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const reader = new KeyReader(textKey(a));
      reader.u8();
      expect(reader.text()).toBe(a);
      reader.end();
      const order = Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(Math.sign(Buffer.compare(textKey(a), textKey(b)))).toBe(order);
    }),
  );
});

test('ids come back: given ones by number first, then the others by text', () => {
  fc.assert(
    fc.property(id, id, (a, b) => {
      const reader = new KeyReader(idKey(a));
      reader.u8();
      expect(reader.id()).toBe(a);
      const number = (value: string) => (/^t[1-9]\d{0,14}$/.test(value) ? Number(value.slice(1)) : Infinity);
      const order =
        number(a) === number(b)
          ? Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)))
          : Math.sign(number(a) - number(b));
      expect(Math.sign(Buffer.compare(idKey(a), idKey(b)))).toBe(order);
    }),
  );
});

const kind = fc.constantFrom<EntityKind>(EntityKind.TASK, EntityKind.TASK_GRAPH);
const entry: fc.Arbitrary<IndexEntry> = fc.oneof(
  fc.record({
    index: fc.constant('state' as const),
    state: fc.nat(8),
    held: fc.boolean(),
    queue: text,
    priority: fc.nat(5),
    notBeforeMs: fc.nat(),
    createTimeMs: fc.nat(),
  }),
  fc.record({ index: fc.constant('assignee' as const), assignee: text }),
  fc.record({ index: fc.constant('parent' as const), parent: id }),
  fc.record({ index: fc.constant('external' as const), externalId: text }),
  fc.record({ index: fc.constant('timer' as const), timeMs: fc.nat() }),
  fc.record({ index: fc.constant('agent' as const), agent: text, createTimeMs: fc.nat() }),
);
const place = fc.tuple(entry, kind, text, id);

test('no two entries share a key, and each key names its row', () => {
  fc.assert(
    fc.property(place, place, (a, b) => {
      const [keyOfA, keyOfB] = [Buffer.from(keys.indexKey(...a)), Buffer.from(keys.indexKey(...b))];
      // Keys of an external id do not hold the row's id; those of tasks alone do not hold the kind.
      const essence = ([what, of, project, row]: typeof a) =>
        what.index === 'external' ? [what, project] : [what, project, row, what.index === 'timer' ? of : 0];
      expect(keyOfA.equals(keyOfB)).toBe(JSON.stringify(essence(a)) === JSON.stringify(essence(b)));
      if (a[0].index === 'external') {
        expect(keys.parseExternalKey(keyOfA)).toEqual({ project: a[2], externalId: a[0].externalId });
      } else {
        const found = keys.parseIndexKey(keyOfA);
        const owner = a[0].index === 'agent' ? EntityKind.SESSION : EntityKind.TASK;
        expect(found).toEqual({ kind: a[0].index === 'timer' ? a[1] : owner, project: a[2], id: a[3] });
      }
    }),
  );
});

test('messages of a mailbox lie together: the unread ones first, each part by number', () => {
  const mailbox = fc.record({ index: fc.constant('mailbox' as const), mailbox: text, read: fc.boolean() });
  fc.assert(
    fc.property(fc.tuple(mailbox, text, fc.nat()), fc.tuple(mailbox, text, fc.nat()), (a, b) => {
      const [keyOfA, keyOfB] = [a, b].map(([entry, project, number]) =>
        Buffer.from(keys.indexKey(entry, EntityKind.MESSAGE, project, `m${number}`)),
      );
      expect(keys.parseIndexKey(keyOfA!)).toEqual({ kind: EntityKind.MESSAGE, project: a[1], id: `m${a[2]}` });
      const order = (key: typeof a) => [key[1], key[0].mailbox, Number(key[0].read), key[2]] as const;
      const [one, other] = [order(a), order(b)];
      const at = one.findIndex((part, i) => part !== other[i]);
      const expected =
        at < 0
          ? 0
          : at < 2
            ? Buffer.compare(Buffer.from(one[at] as string), Buffer.from(other[at] as string))
            : Math.sign((one[at] as number) - (other[at] as number));
      expect(keyOfA!.compare(keyOfB!)).toBe(expected);
    }),
  );
});

test('a namespace holds what is below it, and nothing of its neighbours', () => {
  const prefix = Buffer.from(keys.memoryPrefix('p', 'users'));
  const inside = (id: string, project = 'p'): boolean => {
    const key = Buffer.from(keys.rowKey(EntityKind.MEMORY, project, id));
    return key.compare(prefix) >= 0 && key.compare(after(prefix)) < 0;
  };
  expect(['users/a', 'users/ada/a', 'users/ada/b/c'].map((id) => inside(id))).toEqual([true, true, true]);
  expect(['users2/a', 'user/a', 'users-/a', 'a/users/a'].map((id) => inside(id))).toEqual([false, false, false, false]);
  expect(inside('users/a', 'q')).toBe(false);
});

test('checkpoints lie together by line, and once more by session, oldest first', () => {
  const at = fc.record({ createTimeMs: fc.nat(), microseconds: fc.nat(999) });
  const place = fc.tuple(fc.option(text, { nil: undefined }), at, text, id, text);
  const keyOf = ([namespace, time, project, session, checkpoint]: typeof place extends fc.Arbitrary<infer T>
    ? T
    : never) =>
    Buffer.from(
      keys.indexKey({ index: 'line', namespace, ...time }, EntityKind.CHECKPOINT, project, `${session}/${checkpoint}`),
    );
  fc.assert(
    fc.property(place, at, text, (one, time, checkpoint) => {
      const [namespace, , project, session] = one;
      fc.pre(!session.includes('/'));
      expect(keys.parseIndexKey(keyOf(one))).toEqual({
        ...{ kind: EntityKind.CHECKPOINT, project },
        id: `${session}/${one[4]}`,
      });
      const prefix = Buffer.from(keys.linePrefix(project, session, namespace));
      const other = keyOf([namespace, time, project, session, checkpoint]);
      for (const key of [keyOf(one), other]) {
        expect([key.compare(prefix) >= 0, key.compare(after(prefix)) < 0]).toEqual([true, true]);
      }
      const elsewhere = keyOf([`${namespace ?? ''}x`, time, project, session, checkpoint]);
      expect(elsewhere.compare(prefix) >= 0 && elsewhere.compare(after(prefix)) < 0).toBe(false);
      const difference = one[1].createTimeMs - time.createTimeMs || one[1].microseconds - time.microseconds;
      if (difference !== 0) expect(Math.sign(keyOf(one).compare(other))).toBe(Math.sign(difference));
    }),
  );
});

test('row keys come back, and rows of one project lie together', () => {
  fc.assert(
    fc.property(kind, text, id, text, (of, project, row, other) => {
      const key = Buffer.from(keys.rowKey(of, project, row));
      expect(keys.parseRowKey(key)).toEqual({ kind: of, project, id: row });
      const prefix = Buffer.from(keys.rowPrefix(of, other));
      const inside = key.compare(prefix) >= 0 && key.compare(after(prefix)) < 0;
      expect(inside).toBe(project === other);
    }),
  );
});

test('a key cut short or with something behind it is refused', () => {
  const key = Buffer.from(keys.rowKey(EntityKind.TASK, 'p', 't300'));
  for (let length = 0; length < key.length; length++) {
    expect(() => keys.parseRowKey(key.subarray(0, length))).toThrow(RangeError);
  }
  expect(() => keys.parseRowKey(Buffer.concat([key, Buffer.from([1])]))).toThrow(RangeError);
});

test('sequences come back and keep their order, up to the largest that a restore may give', () => {
  const sequence = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
  const lockKey = (n: number) => Buffer.from(keys.rowKey(EntityKind.LOCK, 'p', `l${n}`));
  fc.assert(
    fc.property(sequence, sequence, (a, b) => {
      expect(keys.parseRowKey(lockKey(a))).toEqual({ kind: EntityKind.LOCK, project: 'p', id: `l${a}` });
      expect(Math.sign(Buffer.compare(lockKey(a), lockKey(b)))).toBe(Math.sign(a - b));
    }),
  );
});
