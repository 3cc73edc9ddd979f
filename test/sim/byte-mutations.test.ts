// Goal: no byte of the store can change without its being found, healed, or harmless: never a wrong read, nothing skipped in silence. Method: a
// small store, stopped in peace or not; one change in one file of a copy (a flipped bit, a cut, zeros, two places swapped); then an engine starts
// on it, and every row, listing and record is read and compared.
//
// HOLDFAST_MUTATIONS sets how many.

import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Refusal } from '../../src/domain/refusal';
import { Engine } from '../../src/engine/engine';
import { silentObserver } from '../../src/engine/observer';
import { EntityKind, Record as JournalRecord } from '../../src/gen/holdfast/journal/v1/journal';
import { nodeFiles } from '../../src/storage/node-files';
import { chosenSeed, countFromEnvironment, randomFrom, say } from '../support/seed';
import type { Random } from '../support/seed';
import { memoryDir } from '../support/temp-dir';
import { commandOf } from './commands-of';

const mutations = countFromEnvironment('HOLDFAST_MUTATIONS', 5000);
const TASKS = 20;
const COMMANDS = 100;
const SEGMENT_BYTES = 8 * 1024;
const BLOCK_BYTES_MAX = 64;
const MS_A_MUTATION = 200;

/** Everything that can be read of a store. */
interface Contents {
  /** By id: the row's sequence and bytes. */
  readonly rows: ReadonlyMap<string, string>;
  readonly listed: ReadonlyMap<string, string>;
  readonly records: ReadonlyMap<number, string>;
}

/** What a mutation led to: `named` was told as an error, `cut` lost a tail that was reported, `repaired` a journal that
 *  lost records, with a report that names them. */
type Fate = 'named' | 'cut' | 'repaired' | 'equal';

let timeMs = Date.UTC(2026, 0, 1);
const clock = { wallMs: () => timeMs, monotonicMs: () => (timeMs += 1) };

function start(dir: string): Promise<Engine> {
  const fixed = { files: nodeFiles, clock, observer: silentObserver, version: 'mutated' };
  return Engine.start({ dir, ...fixed, segmentBytesMax: SEGMENT_BYTES, cacheEntries: 16, diskFreeBytesMin: 0 });
}

/** A store in `dir` that was stopped in peace, and one in `unclean` that was not. */
async function fill(dir: string, unclean: string, random: Random): Promise<Contents> {
  let engine = await start(dir);
  for (let count = 0; count < COMMANDS; count++) {
    if (count === COMMANDS / 2) {
      await engine.stop();
      engine = await start(dir);
    }
    const id = `m${count % TASKS}`;
    const title = `${id}, ${count} ${'x'.repeat(random.below(200))}`;
    const asked =
      count < TASKS
        ? { kind: 'create' as const, id, title }
        : { kind: 'update' as const, id, title, etag: 'any' as const };
    await engine.execute(commandOf(asked, '', random.bytes(16)));
  }
  await engine.parts.marks.whenApplied(engine.parts.marks.durable);
  const contents = await read(engine);
  copy(dir, unclean);
  await engine.stop();
  return contents;
}

function copy(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to);
  for (const name of readdirSync(from))
    if (name !== 'lock') cpSync(join(from, name), join(to, name), { recursive: true });
}

async function read(engine: Engine): Promise<Contents> {
  const rows = new Map<string, string>();
  for (let task = 0; task < TASKS; task++) {
    const row = await engine.read(EntityKind.TASK, 'default', `m${task}`);
    if (row) rows.set(`m${task}`, `${row.sequence} ${Buffer.from(row.image).toString('latin1')}`);
  }
  const listed = await engine.withSnapshot(async (snapshot) => {
    const found = new Map<string, string>();
    for await (const { kind, row, id } of snapshot.scan({ by: 'tasks', project: 'default' })) {
      if (kind === EntityKind.TASK) found.set(id, `${row.sequence} ${Buffer.from(row.image).toString('latin1')}`);
    }
    return found;
  });
  const records = new Map<number, string>();
  const cursor = engine.feed.open(engine.parts.journal.floor());
  for (;;) {
    const { records: next } = await cursor.next();
    if (next.length === 0) break;
    for (const record of next) {
      records.set(record.sequence, Buffer.from(JournalRecord.encode(record).finish()).toString('latin1'));
    }
  }
  cursor.close();
  return { rows, listed, records };
}

const KINDS = ['flip', 'cut', 'zero', 'swap'] as const;

/** The bytes with one change of this kind; what it did. */
function mutated(bytes: Buffer, kind: (typeof KINDS)[number], random: Random): string {
  const [at, other] = [random.below(bytes.length), random.below(bytes.length)];
  const length = 1 + random.below(BLOCK_BYTES_MAX);
  if (kind === 'flip') bytes[at]! ^= 1 << random.below(8);
  else if (kind === 'zero') bytes.fill(0, at, Math.min(bytes.length, at + length));
  else if (kind === 'swap') {
    const first = Buffer.from(bytes.subarray(at, at + length));
    const second = Buffer.from(bytes.subarray(other, other + length));
    second.copy(bytes, at);
    first.copy(bytes, other);
  }
  return `${kind} at ${at}${kind === 'swap' ? ` and ${other}` : ''}, ${length} bytes`;
}

/** Starts on a damaged store and reads everything. Rejects if anything is wrong that nobody was told of. */
async function fate(dir: string, expected: Contents): Promise<Fate> {
  let engine: Engine;
  try {
    engine = await start(dir);
  } catch (error) {
    if ((error as Error).name === 'JournalCorruption') return 'named';
    throw error;
  }
  try {
    const { tornTail } = engine.status.found.journal;
    const { report } = engine.status.found.state;
    const lost = report?.lost ?? [];
    const found = await read(engine);
    const missing: number[] = [];
    for (const [sequence, record] of expected.records) {
      const now = found.records.get(sequence);
      if (now === undefined) missing.push(sequence);
      else if (now !== record) throw new Error(`record ${sequence} is another`);
    }
    const isLost = (sequence: number): boolean => lost.some(({ first, last }) => first <= sequence && sequence <= last);
    // What stood before the damage is kept aside, whole, under a base: the journal says where it begins now.
    const oldest = report !== undefined && report.keptAside.length > 0 ? engine.parts.journal.oldest() : 1;
    const silent = missing.find((sequence) => !isLost(sequence) && sequence >= oldest);
    if (silent !== undefined && tornTail === undefined) throw new Error(`record ${silent} is lost in silence`);
    if (differs(found.listed, found.rows)) throw new Error('rows read and list differently');
    // A row may be older than it was only if the record that made it is lost, with what it did.
    for (const [id, row] of expected.rows) {
      const sequence = Number.parseInt(row, 10);
      const gone =
        missing.includes(sequence) &&
        !lost.some((range) => range.stateKept && range.first <= sequence && sequence <= range.last);
      if (found.rows.get(id) !== row && !gone) throw new Error(`${id} reads wrong`);
    }
    if (report !== undefined && missing.length > 0) return 'repaired';
    return missing.length === 0 ? 'equal' : 'cut';
  } catch (error) {
    const named =
      (error as Error).name === 'JournalCorruption' || (error instanceof Refusal && error.reason === 'CORRUPTION');
    if (named) return 'named';
    throw error;
  } finally {
    // As death does: a stop in peace flushes what nobody reads again.
    engine.parts.halt.now('the look is over');
    await engine.stop().catch(() => undefined);
  }
}

function differs(found: ReadonlyMap<string, string>, expected: ReadonlyMap<string, string>): boolean {
  return found.size !== expected.size || [...expected].some(([id, text]) => found.get(id) !== text);
}

it(
  `${mutations} changed bytes are found, healed or harmless`,
  async () => {
    const random = randomFrom(chosenSeed());
    const home = memoryDir();
    const [clean, unclean, damaged] = ['clean', 'unclean', 'damaged'].map((name) => join(home, name)) as [
      string,
      string,
      string,
    ];
    const expected = await fill(clean, unclean, random);
    const fates = new Map<string, number>();
    const wrong: string[] = [];
    for (let count = 0; count < mutations; count++) {
      const store = random.pick([clean, unclean]);
      copy(store, damaged);
      const files = readdirSync(damaged, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((file) => readFileSync(file).length > 0)
        .sort();
      const file = random.pick(files);
      const bytes = readFileSync(file);
      const kind = random.pick(KINDS);
      const what = `${count}: ${relative(damaged, file)} (${store === clean ? 'clean' : 'unclean'}): ${mutated(bytes, kind, random)} of ${bytes.length}`;
      writeFileSync(file, kind === 'cut' ? bytes.subarray(0, random.below(bytes.length)) : bytes);
      const part = relative(damaged, file).split('/')[0]!;
      try {
        const key = `${part} ${await fate(damaged, expected)}`;
        fates.set(key, (fates.get(key) ?? 0) + 1);
      } catch (error) {
        wrong.push(`${what}: ${(error as Error).message}`);
      }
    }
    say(JSON.stringify(Object.fromEntries([...fates].sort())));
    expect(wrong).toEqual([]);
    for (const key of ['journal repaired', 'journal equal', 'state equal']) expect(fates.get(key)).toBeGreaterThan(0);
  },
  60_000 + mutations * MS_A_MUTATION,
);
