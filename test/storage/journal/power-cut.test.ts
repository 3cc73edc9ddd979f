// Goal: an acknowledged group survives any crash, in the same order, with a chain that verifies. Method: a random life on the
// disk in memory, cut short again and again at random changes; unflushed bytes, sizes and names are lost, kept or torn as the
// seed decides. The same lives must fail when a bug is planted: a flush left out, a checksum not looked at.

import type { Files, OpenFile } from '../../../src/storage/files';
import { JournalCorruption } from '../../../src/storage/journal/journal';
import type { Journal } from '../../../src/storage/journal/journal';
import { verifyJournal } from '../../../src/storage/journal/verify';
import {
  DIR,
  freshDisk,
  groupAfter,
  openJournal,
  readAndCompare,
  taskHash,
  taskIdAt,
} from '../../support/journal-world';
import { chosenSeed, countFromEnvironment, randomFrom } from '../../support/seed';

const LIVES = countFromEnvironment('HOLDFAST_JOURNAL_LIVES', 600);

interface Life {
  /** What went wrong, if anything. */
  readonly fault: string | undefined;
  readonly cuts: number;
  readonly tornTails: number;
  readonly appended: number;
}

type Wrap = (files: Files) => Files;

/** Opens, appends and stops at random, with power cuts and kills between, and compares what is found with what was acknowledged. */
async function live(seed: number, wrap: Wrap): Promise<Life> {
  const random = randomFrom(seed);
  const files = await freshDisk(seed);
  const segmentBytesMax = random.pick([700, 2000, 6000]);
  let acknowledged = 0;
  let chain: Uint8Array = Buffer.alloc(32);
  let [cuts, tornTails, appended] = [0, 0, 0];
  const fault = (what: string): Life => ({
    fault: `${what} (after sequence ${acknowledged})`,
    cuts,
    tornTails,
    appended,
  });
  for (let start = 0; start < 6; start += 1) {
    if (random.chance(0.8)) files.crashAtChange(files.changes + 1 + random.below(90));
    let journal: Journal | undefined;
    try {
      // The witness is what the rest of the store remembers: sometimes nothing.
      const witnesses = random.chance(0.5) ? [{ sequence: acknowledged, chain, source: 'the test' }] : [];
      const opened = await openJournal(wrap(files), { segmentBytesMax, witnesses });
      journal = opened.journal;
      if (opened.found.tornTail !== undefined) tornTails += 1;
      const head = journal.head().sequence;
      if (head < acknowledged) return fault(`the journal ends at ${head}`);
      [acknowledged, chain] = [head, journal.head().chain];
      if ((await readAndCompare(journal)) !== head) return fault('reading does not reach the head');
      const hash = taskHash(taskIdAt(3));
      if (head > 7 && taskIdAt(await journal.lastChange(hash, head)) !== taskIdAt(3))
        return fault('a change is missed');
      for (let step = random.below(25); step > 0; step -= 1) {
        const count = 1 + random.below(4);
        await journal.append(groupAfter(acknowledged, count), acknowledged);
        acknowledged += count;
        chain = journal.head().chain;
        appended += 1;
        // With several groups a segment's border is crossed while the sealing of the one before goes on.
        if (random.chance(0.1)) await journal.makeRoom(random.below(3000));
      }
      if (random.chance(0.5)) await journal.close(random.chance(0.7));
    } catch (error) {
      if (error instanceof JournalCorruption) return fault(error.message);
      if (!files.isDown) return fault((error as Error).message);
    }
    if (random.chance(0.8)) {
      files.powerCut(random.below(2 ** 31));
      cuts += 1;
    } else {
      files.kill();
    }
  }
  try {
    const { journal } = await openJournal(wrap(files), { segmentBytesMax });
    if (journal.head().sequence < acknowledged) return fault(`the journal ends at ${journal.head().sequence}`);
    await readAndCompare(journal);
    await journal.close(true);
  } catch (error) {
    return fault((error as Error).message);
  }
  const { problems } = await verifyJournal({ files, dir: DIR });
  if (problems.length > 0) return fault(`${problems[0]!.segment} at ${problems[0]!.offset}: ${problems[0]!.problem}`);
  return { fault: undefined, cuts, tornTails, appended };
}

it(`in ${LIVES} lives with power cuts nothing acknowledged is lost, and everything verifies`, async () => {
  const first = chosenSeed();
  const sums = { cuts: 0, tornTails: 0, appended: 0 };
  for (let seed = first; seed < first + LIVES; seed += 1) {
    const life = await live(seed, (files) => files);
    if (life.fault !== undefined) throw new Error(`seed ${seed}: ${life.fault}`);
    for (const key of ['cuts', 'tornTails', 'appended'] as const) sums[key] += life[key];
  }
  // A run that did no real work, or never met a torn tail, proves nothing.
  expect(sums.cuts).toBeGreaterThan(3 * LIVES);
  expect(sums.appended).toBeGreaterThan(10 * LIVES);
  expect(sums.tornTails).toBeGreaterThan(LIVES / 20);
}, 600_000);

describe('the same lives see a planted bug', () => {
  it.each<[string, Wrap]>([
    ['no flush of appended groups', (files) => wrapped(files, { datasync: () => Promise.resolve() })],
    ['no flush of new files', (files) => wrapped(files, { sync: () => Promise.resolve() })],
    ['no flush of directories', (files) => ({ ...calls(files), syncDirectory: () => Promise.resolve() })],
    ['a flush that is reported before it happened', (files) => wrapped(files, { datasync: lateFlush })],
  ])(
    '%s',
    async (_, wrap) => {
      for (let seed = 1; seed <= 300; seed += 1) if ((await live(seed, wrap)).fault !== undefined) return;
      throw new Error('300 lives saw nothing');
    },
    600_000,
  );
});

function lateFlush(file: OpenFile): Promise<void> {
  setImmediate(() => void file.datasync().catch(() => undefined));
  return Promise.resolve();
}

function calls(files: Files): Files {
  return {
    open: (path, mode) => files.open(path, mode),
    rename: (from, to) => files.rename(from, to),
    unlink: (path) => files.unlink(path),
    link: (from, to) => files.link(from, to),
    list: (path) => files.list(path),
    makeDirectory: (path) => files.makeDirectory(path),
    removeTree: (path) => files.removeTree(path),
    syncDirectory: (path) => files.syncDirectory(path),
    freeBytes: (path) => files.freeBytes(path),
  };
}

/** The files with one call of each open file replaced. */
function wrapped(files: Files, change: { [name in 'datasync' | 'sync']?: (file: OpenFile) => Promise<void> }): Files {
  return {
    ...calls(files),
    open: async (path, mode) => {
      const file = await files.open(path, mode);
      return {
        read: (position, length) => file.read(position, length),
        write: (bytes, position) => file.write(bytes, position),
        datasync: () => (change.datasync ? change.datasync(file) : file.datasync()),
        sync: () => (change.sync ? change.sync(file) : file.sync()),
        truncate: (length) => file.truncate(length),
        size: () => file.size(),
        close: () => file.close(),
      };
    },
  };
}
