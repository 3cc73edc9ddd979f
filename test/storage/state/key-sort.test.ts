import fc from 'fast-check';
import { sortedByKey } from '../../../src/storage/state/key-sort';

/** Keys that share long beginnings, as those of one table do. */
const key = fc
  .tuple(fc.constantFrom('', 'aaaa', 'aaaaaaaaaa', 'aaaaaaaaab\u0000'), fc.uint8Array({ maxLength: 12 }))
  .map(([prefix, rest]) => Buffer.concat([Buffer.from(prefix), rest]));

test('entries come in the order of their keys', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 300 }), (keys) => {
      const value = Buffer.from('value');
      const bytes = Buffer.concat(keys.flatMap((one) => [one, value]));
      const places = new Uint32Array(2 * keys.length + 1);
      let at = 0;
      keys.forEach((one, i) => {
        places[2 * i + 1] = at + one.length;
        at += one.length + value.length;
        places[2 * i + 2] = at;
      });
      const found = [...sortedByKey(bytes, places, keys.length)].map((index) => keys[index]!.toString('hex'));
      expect(found).toEqual(keys.map((one) => one.toString('hex')).sort());
    }),
  );
});

test('many entries of one key do no harm', () => {
  const bytes = Buffer.alloc(500 * 3, 'k');
  const places = Uint32Array.from({ length: 1001 }, (_, i) => (i % 2 === 0 ? (i / 2) * 3 : ((i - 1) / 2) * 3 + 3));
  expect(sortedByKey(bytes, places, 500)).toHaveLength(500);
});
