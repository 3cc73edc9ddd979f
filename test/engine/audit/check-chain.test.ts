// Goal: no change of the journal's past goes unseen. Method: a small journal in many segments; each byte of its chain is flipped, segments
// are removed, records are forged with all checksums put right, and each time the check must say so.

import { copyFileSync, cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Anchor } from '../../../src/engine/audit/anchors';
import { checkChain } from '../../../src/engine/audit/check-chain';
import type { ChainReport } from '../../../src/engine/audit/check-chain';
import { isSegmentName } from '../../../src/storage/journal/format';
import type { HistorySpan, JournalHead } from '../../../src/storage/journal/journal';
import { nodeFiles } from '../../../src/storage/node-files';
import { forge } from '../../support/forged-journal';
import { appendTo, openJournal } from '../../support/journal-world';
import { memoryDir } from '../../support/temp-dir';

interface Known {
  readonly dir: string;
  readonly head: JournalHead;
  readonly lineage: readonly HistorySpan[];
  readonly oldest: number;
  /** The chain in the middle. */
  readonly anchor: Anchor;
}

const MIDDLE = 20;

async function smallJournal(): Promise<Known> {
  const dir = join(memoryDir(), 'journal');
  const { journal } = await openJournal(nodeFiles, { dir, segmentBytesMax: 1024 });
  await appendTo(journal, 40, 2);
  const chain = Buffer.from((await journal.chainAfter(MIDDLE))!).toString('hex');
  const known = {
    ...{ dir, head: journal.head(), lineage: journal.lineage(), oldest: journal.oldest() },
    anchor: { source: 'backups/b1', history: journal.history, sequence: MIDDLE, chain },
  };
  await journal.close(true);
  return known;
}

function check(known: Known, anchors: readonly Anchor[] = [known.anchor], from = 1): Promise<ChainReport> {
  const { dir, head, lineage, oldest } = known;
  return checkChain({ files: nodeFiles, dir, from, oldest, head, lineage, anchors, onGroup: () => undefined });
}

function headAnchor({ head, anchor }: Known): Anchor {
  const chain = Buffer.from(head.chain).toString('hex');
  return { ...anchor, source: 'running server', sequence: head.sequence, chain };
}

it('a journal that nobody touched is sound, and its chain is the one that the server knows', async () => {
  const known = await smallJournal();
  const report = await check(known, [known.anchor, headAnchor(known)]);
  expect(report).toMatchObject({ first: 1, last: 40, groups: 20, records: 40, problems: [] });
  expect(Buffer.from(report.chain)).toEqual(Buffer.from(known.head.chain));
  expect(report.anchors).toEqual([
    { source: 'backups/b1', sequence: MIDDLE, matches: true, outOfReach: false },
    { source: 'running server', sequence: 40, matches: true, outOfReach: false },
  ]);
});

it('each flipped byte of headers and frames is found', async () => {
  const known = await smallJournal();
  let flipped = 0;
  for (const name of readdirSync(known.dir).filter(isSegmentName)) {
    const path = join(known.dir, name);
    const bytes = readFileSync(path);
    const end = bytes.indexOf('HOLDFIDX');
    const chained = end < 0 ? bytes.length : end;
    for (let at = 0; at < chained; at += 1) {
      const damaged = Buffer.from(bytes);
      damaged[at]! ^= 1 << (at % 8);
      writeFileSync(path, damaged);
      const { problems } = await check(known);
      if (problems.length === 0) throw new Error(`nobody saw that byte ${at} of ${name} was flipped`);
      flipped += 1;
    }
    writeFileSync(path, bytes);
  }
  expect(flipped).toBeGreaterThan(3000);
  expect((await check(known)).problems).toEqual([]);
}, 600_000);

it('a footer is derived: damage in it is no damage of the trail', async () => {
  const known = await smallJournal();
  const [name] = readdirSync(known.dir).filter(isSegmentName).sort();
  const bytes = readFileSync(join(known.dir, name!));
  bytes[bytes.length - 10]! ^= 1;
  writeFileSync(join(known.dir, name!), bytes);
  expect((await check(known)).problems).toEqual([]);
});

it('each segment that is removed is missed', async () => {
  const known = await smallJournal();
  const names = readdirSync(known.dir).filter(isSegmentName).sort();
  expect(names.length).toBeGreaterThan(4);
  for (const name of names) {
    const aside = join(known.dir, 'aside');
    copyFileSync(join(known.dir, name), aside);
    rmSync(join(known.dir, name));
    expect([name, (await check(known, [])).problems.length > 0]).toEqual([name, true]);
    copyFileSync(aside, join(known.dir, name));
  }
});

it('a forged record whose checksums were put right breaks the chain behind it', async () => {
  const known = await smallJournal();
  for (let sequence = 1; sequence <= 38; sequence += 1) {
    const dir = join(memoryDir(), 'journal');
    cpSync(known.dir, dir, { recursive: true });
    forge(dir, sequence, 'checksum');
    expect([sequence, (await check({ ...known, dir }, [])).problems.length > 0]).toEqual([sequence, true]);
  }
});

it('a journal that was rewritten to its end is consistent in itself, and found by any anchor behind the change', async () => {
  const known = await smallJournal();
  for (let sequence = 1; sequence <= 40; sequence += 1) {
    const dir = join(memoryDir(), 'journal');
    cpSync(known.dir, dir, { recursive: true });
    forge(dir, sequence, 'chain');
    const forged = { ...known, dir };
    // The seal would tell: a forger takes it away.
    rmSync(join(dir, 'seal'));
    expect([sequence, (await check(forged, [])).problems]).toEqual([sequence, []]);
    const { anchors, problems } = await check(forged, [known.anchor, headAnchor(known)]);
    expect(anchors.map(({ matches }) => matches)).toEqual([sequence > MIDDLE, false]);
    expect(problems.at(-1)).toContain('running server knows another chain at 40');
  }
});

it('an anchor where no group ends, or above the journal, is a problem; one of another history is out of reach', async () => {
  const known = await smallJournal();
  const { anchors, problems } = await check(known, [
    { ...known.anchor, sequence: MIDDLE - 1 },
    { ...known.anchor, sequence: 41 },
    { ...known.anchor, history: 'f'.repeat(16) },
  ]);
  expect(anchors.map(({ matches, outOfReach }) => [matches, outOfReach])).toEqual([
    [false, false],
    [false, false],
    [false, true],
  ]);
  expect(problems).toEqual([
    'backups/b1 knows a chain at 19, where no group ends',
    'backups/b1 knows a chain at 41, and the journal ends at 40',
  ]);
});

it('a check from a position begins with its segment, and what is before is out of reach', async () => {
  const known = await smallJournal();
  const report = await check(known, [known.anchor, headAnchor(known)], 35);
  expect(report.first).toBeGreaterThan(MIDDLE);
  expect(report.first).toBeLessThanOrEqual(35);
  expect(report.anchors.map(({ matches, outOfReach }) => [matches, outOfReach])).toEqual([
    [false, true],
    [true, false],
  ]);
  expect(report.problems).toEqual([]);
});
