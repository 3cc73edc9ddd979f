import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Level } from 'level';
import { crc32c } from '../../../src/storage/state/crc32c';
import { unsnappy } from '../../../src/storage/state/snappy';
import { tableProblem } from '../../../src/storage/state/table-check';
import { chosenSeed, randomFrom } from '../../support/seed';
import { tempDir } from '../../support/temp-dir';

/** A directory with one table of these entries. */
async function table(entries: [string, string][], compression = true): Promise<{ dir: string; name: string }> {
  const dir = tempDir();
  const level = new Level(dir, { compression });
  await level.open();
  await level.batch(entries.map(([key, value]) => ({ type: 'put', key, value })));
  await (level as unknown as { compactRange(a: string, b: string): Promise<void> }).compactRange('\0', '\0');
  await level.close();
  return { dir, name: readdirSync(dir).find((name) => name.endsWith('.ldb'))! };
}

const words = (count: number): [string, string][] =>
  Array.from({ length: count }, (_, i) => [`key ${String(i).padStart(6, '0')}`, `value ${i} `.repeat(5)]);

test('the checksum is that of RFC 3720', () => {
  const examples: [Buffer, number][] = [
    [Buffer.alloc(32), 0x8a9136aa],
    [Buffer.alloc(32, 0xff), 0x62a8ab43],
    [Buffer.from(Array.from({ length: 32 }, (_, i) => i)), 0x46dd794e],
    [Buffer.from('123456789'), 0xe3069283],
  ];
  for (const [bytes, crc] of examples) expect(crc32c(bytes, 0, bytes.length)).toBe(crc);
});

test('compressed bytes come back, copies that overlap too, and nonsense is refused', () => {
  // "Wikipedia" eight times over: a literal of 9, then copies of 9 bytes back; the second form of a copy.
  const bytes = Buffer.concat([Buffer.from([72, 32]), Buffer.from('Wikipedia'), Buffer.from([0xfa, 9, 0])]);
  expect(unsnappy(bytes).toString()).toBe('Wikipedia'.repeat(8));
  for (const bad of [[5], [5, 0], [2, 0x01, 0], [1, 0xfc, 1, 2], [255, 255, 255, 255, 255, 255]]) {
    expect(() => unsnappy(Buffer.from(bad))).toThrow(RangeError);
  }
});

test.each([
  ['small', 3, true],
  ['of many blocks', 20_000, true],
  ['uncompressed', 2000, false],
] as const)('a table %s verifies', async (_what, count, compression) => {
  const { dir, name } = await table(words(count), compression);
  expect(await tableProblem(dir, name)).toBeUndefined();
});

test('a table with any byte changed, cut or longer does not verify', async () => {
  const random = randomFrom(chosenSeed());
  const { dir, name } = await table(words(60));
  const whole = readFileSync(join(dir, name));
  const missed: number[] = [];
  const problemOf = async (bytes: Buffer) => {
    writeFileSync(join(dir, name), bytes);
    return tableProblem(dir, name);
  };
  for (let at = 0; at < whole.length; at++) {
    const bytes = Buffer.from(whole);
    bytes[at]! ^= 1 << random.below(8);
    if ((await problemOf(bytes)) === undefined) missed.push(at);
  }
  expect(missed).toEqual([]);
  for (let length = 0; length < whole.length; length += 1 + random.below(5)) {
    expect(await problemOf(whole.subarray(0, length))).toBeDefined();
  }
  expect(await problemOf(Buffer.concat([whole, Buffer.alloc(1)]))).toBeDefined();
});

// A flip of the highest bit of the footer's last number makes it take a zero of the padding, and say the same. With one random bit a byte it was
// missed in one run of eight.
test('no single bit of the footer can be flipped unnoticed', async () => {
  const { dir, name } = await table(words(60));
  const whole = readFileSync(join(dir, name));
  const missed: string[] = [];
  for (let bit = 0; bit < 48 * 8; bit++) {
    const bytes = Buffer.from(whole);
    bytes[whole.length - 48 + (bit >> 3)]! ^= 1 << (bit & 7);
    writeFileSync(join(dir, name), bytes);
    if ((await tableProblem(dir, name)) === undefined) missed.push(`byte ${bit >> 3} bit ${bit & 7}`);
  }
  expect(missed).toEqual([]);
});
