// Puts whole segments of the mirror in the place of damaged ones.

import { join } from 'node:path';
import type { Files } from '../../storage/files';
import { copyFile } from '../../storage/backup/copy-file';
import { unpaced } from '../../storage/backup/pace';
import { archiveDir, journalDir } from '../../storage/layout';
import { soundRun } from '../../storage/journal/survey';
import type { Run, Survey } from '../../storage/journal/survey';

/** Replaces what the mirror has whole and fits between its neighbours. Gives the names of the segments; what was there is in `aside`, below `archive`. */
export async function takeFromMirror(
  files: Files,
  dir: string,
  mirrorDir: string,
  survey: Survey,
  aside: string,
): Promise<string[]> {
  const from = journalDir(mirrorDir);
  const mirrored = await files.list(from).catch(() => [] as string[]);
  const taken: string[] = [];
  const wanted = new Set([...survey.damaged.keys(), ...mirrored.filter((name) => isMissing(survey, name))]);
  for (const name of [...wanted].sort()) {
    if (!mirrored.includes(name)) continue;
    const run = await soundRun(files, from, name).catch(() => undefined);
    if (run && fits(run, survey)) {
      await put(files, dir, join(from, name), name, aside);
      taken.push(name);
    }
  }
  return taken;
}

/** A segment whose groups stand where sequences are lost. */
function isMissing({ segments, lost }: Survey, name: string): boolean {
  const first = parseInt(name, 16);
  return !segments.includes(name) && lost.some((span) => first >= span.first && first <= span.last);
}

/** It continues what stands before it, is continued by what stands behind it, and has all that the damaged one still has. */
function fits(run: Run, { runs, lost, history }: Survey): boolean {
  const first = run.header.firstSequence;
  const own = runs.filter(({ segment }) => segment === run.segment);
  const before = runs.findLast(({ head }) => head.sequence < first);
  const behind = runs.find((one) => one.first > first && one.segment !== run.segment);
  const lastOwn = own.at(-1)?.head.sequence ?? 0;
  const reaches = Math.max(
    lastOwn,
    behind ? behind.first - 1 : 0,
    ...lost.filter((span) => !behind || span.first < behind.first).map(({ last }) => last),
  );
  if (run.header.history !== (own[0]?.header.history ?? behind?.header.history ?? history)) return false;
  if (before && before.head.sequence + 1 === first && !Buffer.from(before.head.chain).equals(run.header.chain))
    return false;
  if (run.head.sequence < reaches) return false;
  return !behind || behind.first !== run.head.sequence + 1 || behind.chainBefore.equals(Buffer.from(run.head.chain));
}

/** The damaged file is kept; a crash in between leaves the one or the other in place. */
async function put(files: Files, dir: string, from: string, name: string, aside: string): Promise<void> {
  const journal = journalDir(dir);
  const archive = join(archiveDir(dir), aside);
  await files.makeDirectory(archive);
  await files.syncDirectory(archiveDir(dir));
  await files.syncDirectory(dir);
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
