// Goal: no byte of the store can change without its being found, healed, or harmless: never a wrong read, nothing skipped in silence. Method: a
// small store, stopped in peace or not, or in the middle of a swap; one change in one file of it (a flipped bit, a cut, zeros, two places swapped);
// then an engine starts on it, and every row, listing, record and blob is read and compared. Of a backup with such a change the verification must
// find it, and a state that is brought back from it must be the one that was there, or none.
//
// HOLDFAST_MUTATIONS sets how many.

import { join } from 'node:path';
import { chosenSeed, countFromEnvironment, randomFrom, say } from '../support/seed';
import type { Random } from '../support/seed';
import { memoryDir } from '../support/temp-dir';
import { fateOf, fateOfBackup } from './mutations/fate';
import { fillStores } from './mutations/filled-stores';
import type { FilledStores } from './mutations/filled-stores';
import { lay } from './mutations/laid-files';

const mutations = countFromEnvironment('HOLDFAST_MUTATIONS', 5000);
const BLOCK_BYTES_MAX = 64;
const MS_A_MUTATION = 200;
/** Played beside each other: half of the time one waits for LevelDB's threads. */
const LANES = 2;
/** Failures that are told; the rest would say the same. */
const WRONG_MAX = 20;

const KINDS = ['flip', 'cut', 'zero', 'swap'] as const;
/** Which store is changed, by turns of chance. */
const STORES = [
  'clean',
  'clean',
  'clean',
  'unclean',
  'unclean',
  'unclean',
  'swapping',
  'backedUp',
  'backedUp',
] as const;
/** Where the changes of a store are made; anywhere if not given. */
const ONLY: { readonly [store in (typeof STORES)[number]]?: string } = { swapping: 'incoming', backedUp: 'backups' };

interface Mutation {
  readonly what: string;
  readonly bytes: Buffer;
}

/** The bytes with one change of this kind; what it did. */
function mutated(original: Buffer, kind: (typeof KINDS)[number], random: Random): Mutation {
  const bytes = Buffer.from(original);
  const [at, other] = [random.below(bytes.length), random.below(bytes.length)];
  const length = 1 + random.below(BLOCK_BYTES_MAX);
  if (kind === 'cut') return { what: `cut at ${at} of ${bytes.length}`, bytes: bytes.subarray(0, at) };
  if (kind === 'flip') bytes[at]! ^= 1 << random.below(8);
  else if (kind === 'zero') bytes.fill(0, at, Math.min(bytes.length, at + length));
  else {
    const first = Buffer.from(bytes.subarray(at, at + length));
    const second = Buffer.from(bytes.subarray(other, other + length));
    second.copy(bytes, at);
    first.copy(bytes, other);
  }
  const where = kind === 'swap' ? `${at} and ${other}` : `${at}`;
  return { what: `${kind} at ${where}, ${length} bytes, of ${bytes.length}`, bytes };
}

/** Plays one mutation. Gives the part of the store that was changed and what became of it; rejects with what is wrong, and where. */
async function play(stores: FilledStores, random: Random, dir: string): Promise<string> {
  const name = random.pick(STORES);
  const store = stores[name];
  const among = [...store].filter(([path, { length }]) => length > 0 && path.startsWith(ONLY[name] ?? ''));
  const [path, original] = random.pick(among);
  const { what, bytes } = mutated(original, random.pick(KINDS), random);
  lay(new Map([...store, [path, bytes]]), dir);
  const [part] = path.split('/');
  const fate =
    name === 'backedUp' ? fateOfBackup(dir, stores, !bytes.equals(original)) : fateOf(dir, stores, part === 'blobs');
  const came = await fate.catch((error: Error) => {
    throw new Error(`${path} (${name}), ${what}: ${error.message}`, { cause: error });
  });
  return `${part} ${came}`;
}

it(
  `${mutations} changed bytes are found, healed or harmless`,
  async () => {
    const seed = chosenSeed();
    const home = memoryDir();
    const stores = await fillStores(home, randomFrom(seed));
    const fates = new Map<string, number>();
    const wrong: string[] = [];
    let next = 0;
    const lane = async (dir: string): Promise<void> => {
      while (next < mutations && wrong.length < WRONG_MAX) {
        const count = next++;
        try {
          // Drawn from a seed of its own: what it does does not follow from who is faster.
          const key = await play(stores, randomFrom(seed + count), dir);
          fates.set(key, (fates.get(key) ?? 0) + 1);
        } catch (error) {
          wrong.push(`${count}: ${(error as Error).message}`);
        }
      }
    };
    await Promise.all(Array.from({ length: LANES }, (_, index) => lane(join(home, `damaged-${index}`))));
    say(JSON.stringify(Object.fromEntries([...fates].sort())));
    expect(wrong).toEqual([]);
    for (const key of [
      'journal repaired',
      'journal equal',
      'state equal',
      'blobs named',
      'incoming equal',
      'incoming named',
      'backups named',
    ])
      expect(fates.get(key)).toBeGreaterThan(0);
  },
  120_000 + mutations * MS_A_MUTATION,
);
