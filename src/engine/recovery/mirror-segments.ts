// Puts whole segments of the mirror in the place of damaged ones.

import { join } from 'node:path';
import type { Files } from '../../storage/files';
import { copyFile } from '../../storage/backup/copy-file';
import { unpaced } from '../../storage/backup/pace';
import { archiveDir, journalDir } from '../../storage/layout';
import { isSegmentName } from '../../storage/journal/format';
import { SEAL_NAME, decodeSeal, readMark } from '../../storage/journal/mark-files';
import { chainInRun, soundRun } from '../../storage/journal/survey';
import type { LostSpan, Run, Survey } from '../../storage/journal/survey';

/** What the mirror has whole of what is damaged, missing or cut short, and what fits between its neighbours. Changes nothing. */
export async function wholeInMirror(files: Files, mirrorDir: string, survey: Survey): Promise<Run[]> {
  const from = journalDir(mirrorDir);
  const mirrored = (await files.list(from).catch(() => [] as string[])).filter(isSegmentName).sort();
  const wanted = new Set([
    ...survey.damaged.keys(),
    ...cutShort(survey),
    ...mirrored.filter((name) => isMissing(survey, name)),
  ]);
  const whole: Run[] = [];
  for (const name of [...wanted].sort()) {
    if (!mirrored.includes(name)) continue;
    const run = await soundRun(files, from, name).catch(() => undefined);
    // What stands in its next segment it need not have.
    const next = mirrored[mirrored.indexOf(name) + 1];
    if (!run || !fits(run, survey, next === undefined ? Infinity : parseInt(next, 16) - 1)) continue;
    if (await goesOn(files, from, run, survey, whole.at(-1))) whole.push(run);
  }
  return whole;
}

/**
 * What of `whole` reaches behind all that is left of the journal, so that the journal would end where the mirror does. Empty if the seal of the
 * last stop says that the journal did end there. Else nobody can go on from that end in this history: a mirror lags, and later numbers may
 * have been given.
 */
export async function unprovenEnd(files: Files, dir: string, whole: readonly Run[], survey: Survey): Promise<Run[]> {
  const left = survey.runs.at(-1)?.head.sequence ?? 0;
  const behind = whole.filter(({ head }) => head.sequence > left);
  const head = behind.at(-1)?.head;
  const bytes = await readMark(files, journalDir(dir), SEAL_NAME).catch(() => undefined);
  const seal = bytes && decodeSeal(bytes);
  const isProven =
    seal?.history === behind.at(-1)?.header.history &&
    seal?.head.sequence === head?.sequence &&
    Buffer.from(seal?.head.chain ?? []).equals(head?.chain ?? Buffer.of(0));
  return isProven ? [] : behind;
}

/** The survey of a journal that ends with these runs of the mirror, which stay where they are. */
export function endedBy(end: readonly Run[], mirrorDir: string, survey: Survey): Survey {
  const taken = new Set(end.map(({ segment }) => segment));
  const at = journalDir(mirrorDir);
  const lost = survey.lost.flatMap((span) => without(span, end));
  const own = survey.runs.filter(({ segment }) => !taken.has(segment));
  return { ...survey, lost, runs: [...own, ...end.map((run) => ({ ...run, at }))], sealed: false };
}

/** What of a lost span no run has. */
function without(span: LostSpan, runs: readonly Run[]): LostSpan[] {
  let left = [span];
  for (const { first, head } of runs) {
    left = left
      .flatMap((part) => [
        { ...part, last: Math.min(part.last, first - 1) },
        { ...part, first: Math.max(part.first, head.sequence + 1) },
      ])
      .filter((part) => part.first <= part.last);
  }
  return left;
}

/** Whether nothing is damaged or lost any more once these have taken their places. */
export function mendsAll(whole: readonly Run[], { damaged, lost }: Survey): boolean {
  // They are in order: what one does not reach, the next one goes on with.
  const covers = (first: number, last: number): boolean => {
    const reached = whole.reduce((at, run) => (run.first <= at ? Math.max(at, run.head.sequence + 1) : at), first);
    return reached > last;
  };
  return (
    [...damaged.keys()].every((name) => whole.some(({ segment }) => segment === name)) &&
    lost.every(({ first, last }) => covers(first, last))
  );
}

/** Puts what `wholeInMirror` found in place, and gives the names of the segments; what was there is in `aside`, below `archive`. */
export async function takeFromMirror(
  files: Files,
  dir: string,
  mirrorDir: string,
  whole: readonly Run[],
  aside: string,
): Promise<string[]> {
  await putSealAside(files, dir, whole.at(-1)?.head.sequence ?? 0, aside);
  for (const { segment } of whole) await put(files, dir, join(journalDir(mirrorDir), segment), segment, aside);
  return whole.map(({ segment }) => segment);
}

/** A seal of a stop before the end that comes back says where the journal does not end any more. It goes first: without it a crash here leaves a
 *  journal that was not stopped cleanly, and the next start takes the same end. */
async function putSealAside(files: Files, dir: string, end: number, aside: string): Promise<void> {
  const at = journalDir(dir);
  const bytes = await readMark(files, at, SEAL_NAME).catch(() => undefined);
  const seal = bytes && decodeSeal(bytes);
  if (!seal || seal.head.sequence >= end) return;
  const archive = await archiveAt(files, dir, aside);
  await files.rename(join(at, SEAL_NAME), join(archive, SEAL_NAME));
  await files.syncDirectory(archive);
  await files.syncDirectory(at);
}

async function archiveAt(files: Files, dir: string, aside: string): Promise<string> {
  const archive = join(archiveDir(dir), aside);
  await files.makeDirectory(archive);
  await files.syncDirectory(archiveDir(dir));
  await files.syncDirectory(dir);
  return archive;
}

/** The last segment, if the journal ends before what is known to have been in it: it verifies as far as it goes. */
function cutShort({ segments, runs, lost }: Survey): string[] {
  const end = lost.at(-1)?.last ?? 0;
  return end > (runs.at(-1)?.head.sequence ?? 0) ? segments.slice(-1) : [];
}

/** A segment whose groups stand where sequences are lost. */
function isMissing({ segments, lost }: Survey, name: string): boolean {
  const first = parseInt(name, 16);
  return !segments.includes(name) && lost.some((span) => first >= span.first && first <= span.last);
}

/**
 * It continues what stands before it, is continued by what stands behind it, has all that the damaged one still has, and what is lost there
 * up to `end`.
 */
function fits(run: Run, { runs, lost, history }: Survey, end: number): boolean {
  const first = run.header.firstSequence;
  const own = runs.filter(({ segment }) => segment === run.segment);
  const before = runs.findLast(({ head }) => head.sequence < first);
  const behind = runs.find((one) => one.first > first && one.segment !== run.segment);
  const lastOwn = own.at(-1)?.head.sequence ?? 0;
  const missing = Math.max(
    behind ? behind.first - 1 : 0,
    ...lost.filter((span) => !behind || span.first < behind.first).map(({ last }) => last),
  );
  const reaches = Math.max(lastOwn, Math.min(missing, end));
  if (run.header.history !== (own[0]?.header.history ?? behind?.header.history ?? history)) return false;
  if (before && before.head.sequence + 1 === first && !Buffer.from(before.head.chain).equals(run.header.chain))
    return false;
  if (run.head.sequence < reaches) return false;
  return !behind || behind.first !== run.head.sequence + 1 || behind.chainBefore.equals(Buffer.from(run.head.chain));
}

/**
 * At the journal's end nothing behind it says whether it is the journal's own: it has the groups that are left of the segment, or continues what
 * stands before it. Two ends of one history are possible when a copy of the store was served without its mirror.
 */
async function goesOn(
  files: Files,
  from: string,
  run: Run,
  { runs }: Survey,
  taken: Run | undefined,
): Promise<boolean> {
  const first = run.header.firstSequence;
  if (runs.some((one) => one.first > first && one.segment !== run.segment)) return true;
  const own = runs.findLast(({ segment }) => segment === run.segment)?.head;
  const left = runs.findLast(({ head }) => head.sequence < first)?.head;
  const before = taken && taken.head.sequence > (left?.sequence ?? 0) ? taken.head : left;
  const chain = own ? await chainInRun(files, from, run, own.sequence) : before?.chain;
  // Where nothing is left to compare with, the history alone must do.
  if (!own && chain === undefined) return true;
  return chain !== undefined && Buffer.from(own ? own.chain : run.header.chain).equals(chain);
}

/** The damaged file is kept; a crash in between leaves the one or the other in place. */
async function put(files: Files, dir: string, from: string, name: string, aside: string): Promise<void> {
  const journal = journalDir(dir);
  const archive = await archiveAt(files, dir, aside);
  const fresh = join(journal, `${name}.new`);
  if ((await files.list(journal)).includes(`${name}.new`)) await files.unlink(fresh);
  await copyFile(files, from, fresh, unpaced);
  if ((await files.list(journal)).includes(name)) {
    await copyFile(files, join(journal, name), join(archive, name), unpaced);
    await files.syncDirectory(archive);
  }
  await files.rename(fresh, join(journal, name));
  await files.syncDirectory(journal);
}
