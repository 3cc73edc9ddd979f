// Goal: no flipped bit of a stored value goes unnoticed. Method: every bit of each kind of value, at small sequences and at ones that a restore gives.

import { EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import { entityHash, rowCrc } from '../../../src/storage/entity-hash';
import * as keys from '../../../src/storage/state/keys';
import { DamagedRow } from '../../../src/storage/state/state';
import * as values from '../../../src/storage/state/values';

/** The bits of a value whose flip `reads` does not notice. */
function unnoticed(value: Buffer, reads: (value: Buffer) => boolean): number[] {
  const found: number[] = [];
  for (let bit = 0; bit < value.length * 8; bit++) {
    const flipped = Buffer.from(value);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    if (reads(flipped)) found.push(bit);
  }
  return found;
}

const readsRow = (value: Buffer): boolean => {
  try {
    values.parseRow(EntityKind.TASK, 'p', 't1', value);
    return true;
  } catch (error) {
    if (error instanceof DamagedRow) return false;
    throw error;
  }
};

test.each([1, 4711, 2 ** 32 - 1, 2 ** 32, 300_000 * 2 ** 27 + 5])(
  'every bit of a row counts, those of its sequence %d among them',
  (sequence) => {
    for (const image of [Buffer.alloc(0), Buffer.from('a task')]) {
      const value = Buffer.from(values.rowValueOf(EntityKind.TASK, 'p', 't1', sequence, image));
      expect(values.parseRow(EntityKind.TASK, 'p', 't1', value)).toMatchObject({ sequence });
      expect(unnoticed(value, readsRow)).toEqual([]);
    }
  },
);

test('every bit of an external id, a request id and the applied mark counts', () => {
  const external = Buffer.from(keys.externalKey('p', 'X-1'));
  const id = Buffer.from(values.externalValue(external, 't1'));
  expect(unnoticed(id, (value) => values.parseExternal(external, value) !== undefined)).toEqual([]);
  const request = Buffer.from(keys.requestKey(1, 'local', Buffer.alloc(16, 3)));
  const fact = Buffer.from(values.requestValue(request, 2 ** 40, Buffer.alloc(16, 9)));
  expect(unnoticed(fact, (value) => values.parseRequest(request, value) !== undefined)).toEqual([]);
  const applied = Buffer.from(values.appliedValue(2 ** 40));
  expect(unnoticed(applied, (value) => values.parseApplied(value) !== undefined)).toEqual([]);
});

test('the checksum of a row below 2^32 is the one that journals hold already', () => {
  const hash = entityHash(EntityKind.TASK, 'p', 't1');
  expect(rowCrc(hash, 7, Buffer.from([1, 2, 3]))).toBe(3249996100);
});
