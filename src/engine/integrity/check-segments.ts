// Whether the journal's segments follow one another, from their headers and footers alone.

import { join } from 'node:path';
import type { Files } from '../../storage/files';
import { isSegmentName } from '../../storage/journal/format';
import { JournalCorruption } from '../../storage/journal/journal';
import { beginsAfter } from '../../storage/journal/lineage';
import { decodeOldest, OLDEST_NAME, readMark } from '../../storage/journal/mark-files';
import { readSegmentHeader, readTrailer } from '../../storage/journal/segment';
import type { Problems } from './problems';

const REMEDY = 'start with `--recover cold`, or restore a backup: see docs/recovery.md';

export async function checkSegments(files: Files, dir: string, problems: Problems): Promise<void> {
  const names = (await files.list(dir)).filter(isSegmentName);
  const oldest = await readMark(files, dir, OLDEST_NAME);
  if (oldest !== undefined && decodeOldest(oldest) === undefined) {
    problems.add('segment', OLDEST_NAME, 'the mark of the last trim does not verify', REMEDY);
  }
  let before: Ends | undefined;
  for (const name of names) {
    const ends = await endsOf(files, dir, name).catch((error: unknown) => {
      if (!(error instanceof JournalCorruption)) throw error;
      problems.add('segment', name, error.message, REMEDY);
      return undefined;
    });
    const wrong = before && ends && linkProblem(before, ends);
    if (wrong !== undefined) problems.add('segment', name, wrong, REMEDY);
    before = ends;
  }
}

type Ends = Awaited<ReturnType<typeof endsOf>>;

async function endsOf(files: Files, dir: string, name: string) {
  const file = await files.open(join(dir, name), 'r');
  try {
    const header = await readSegmentHeader(file, name);
    return { header, trailer: await readTrailer(file, header.salt) };
  } finally {
    await file.close();
  }
}

/** A segment that was just left has no footer yet: then nothing can be said. */
function linkProblem({ header: before, trailer }: Ends, { header }: Ends): string | undefined {
  if (!trailer) return undefined;
  const { lastSequence, chain } = trailer;
  if (header.history !== before.history) {
    return beginsAfter(before, lastSequence, header) ? undefined : `it does not go on from history ${before.history}`;
  }
  if (header.firstSequence !== lastSequence + 1) {
    return `it begins with sequence ${header.firstSequence} where ${lastSequence + 1} belongs`;
  }
  return header.chain.equals(chain) ? undefined : 'it does not continue the chain of the segment before';
}
