import fc from 'fast-check';
import { BUCKETS, BucketDigest, bucketOf } from '../../../src/storage/state/digest';

const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const element = fc.tuple(
  uint32,
  uint32.filter((crc) => crc !== 0),
);
const digestOf = (elements: readonly (readonly [number, number])[]): BucketDigest => {
  const digest = new BucketDigest();
  for (const [hash, crc] of elements) digest.replace(hash, 0, crc);
  return digest;
};

test('the order of rows does not matter, and what went is as if it had never been', () => {
  fc.assert(
    fc.property(fc.array(element, { maxLength: 30 }), element, uint32, (elements, [hash, crc], later) => {
      const digest = digestOf([...elements].reverse());
      digest.replace(hash, 0, crc);
      digest.replace(hash, crc, later);
      digest.replace(hash, later, 0);
      expect(digest.differences(digestOf(elements))).toEqual([]);
      expect(digest.total()).toEqual(digestOf(elements).total());
    }),
  );
});

test('a changed, a missing and an extra row each show in their bucket and in the total', () => {
  fc.assert(
    fc.property(fc.array(element, { minLength: 1, maxLength: 30 }), uint32, (elements, crc) => {
      const [[hash, old], ...others] = elements as [[number, number], ...[number, number][]];
      const whole = digestOf(elements);
      for (const wrong of [digestOf(others), digestOf([...elements, [hash, old]])]) {
        expect(wrong.differences(whole)).toEqual([bucketOf(hash)]);
        expect(wrong.total()).not.toEqual(whole.total());
      }
      fc.pre(crc !== old);
      expect(digestOf([[hash, crc], ...others]).differences(whole)).toEqual([bucketOf(hash)]);
    }),
  );
});

test('two rows that swap their checksums are seen, though CRCs are linear', () => {
  expect(
    digestOf([
      [1, 7],
      [1 + BUCKETS, 8],
    ]).total(),
  ).not.toEqual(
    digestOf([
      [1, 8],
      [1 + BUCKETS, 7],
    ]).total(),
  );
});

test('a digest comes back from its bytes with its total', () => {
  const digest = digestOf([
    [1, 2],
    [0xffff_ffff, 3],
  ]);
  const back = BucketDigest.decode(digest.encode());
  expect(back.total()).toEqual(digest.total());
  expect(back.differences(digest)).toEqual([]);
  expect(() => BucketDigest.decode(digest.encode().subarray(1))).toThrow(RangeError);
});

test('a clone goes its own way', () => {
  const digest = digestOf([[1, 2]]);
  const copy = digest.clone();
  digest.replace(5, 0, 6);
  expect(copy.total()).toEqual(digestOf([[1, 2]]).total());
});
