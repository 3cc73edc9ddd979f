import { setTimeout } from 'node:timers/promises';
import type { Files } from '../files';
import { isSegmentName, segmentName } from '../journal/format';
import type { Witness } from '../journal/journal';
import { readHeaders } from '../journal/read-journal';
import { soundRun } from '../journal/survey';
import { journalDir } from '../layout';
import { isGood, listBackups } from './catalogue';
import { mirroredHistory } from './journal-mirror';

/**
 * What backups know of how far a journal reached: those of the history that it is of now. One of a history that was left, or of another
 * store, knows nothing of it. `journalAt` is the journal's directory. None where the journal cannot be read: then that is what counts.
 */
export async function backupWitnesses(files: Files, journalAt: string, backups: string): Promise<Witness[]> {
  const history = await historyOf(files, journalAt);
  if (history === undefined) return [];
  const ours = (await listBackups(files, backups))
    .filter(isGood)
    .filter(({ manifest }) => manifest.history === history);
  return ours.map(({ id, manifest: { sequence, chain } }) => {
    return { sequence, chain: Buffer.from(chain, 'hex'), source: `backups/${id}` };
  });
}

async function historyOf(files: Files, journalAt: string): Promise<string | undefined> {
  try {
    const names = await files.list(journalAt);
    return names.some(isSegmentName) ? await mirroredHistory(files, journalAt) : undefined;
  } catch {
    return undefined;
  }
}

/** How long a start waits for the disk of a mirror, in milliseconds: one that hangs must not keep a server from starting. */
export interface MirrorPatience {
  /** For its first answer. */
  readonly answerMs: number;
  /** For the reading of its last segment. */
  readonly readMs: number;
}

/** A disk that lives answers in milliseconds, and reads a segment of 64 MiB within a minute at little more than 1 MB a second. */
const PATIENCE: MirrorPatience = { answerMs: 5000, readMs: 60_000 };

/**
 * What a mirror knows of how far a journal reached: all of it was durable there. One that holds another history knows something if that
 * one comes from the journal's: then a restore is missing here. None for a mirror of another store, for one that cannot be read, and for
 * one that does not answer; `warn` is told of the last two.
 */
export async function mirrorWitness(
  files: Files,
  journalAt: string,
  mirrorDir: string | undefined,
  warn: (message: string) => void,
): Promise<Witness[]> {
  const history = mirrorDir === undefined ? undefined : await historyOf(files, journalAt);
  if (mirrorDir === undefined || history === undefined) return [];
  const reach = await mirrorReach(files, mirrorDir, warn);
  if (!reach?.histories.includes(history)) return [];
  return [{ sequence: reach.sequence, source: 'the mirror' }];
}

/** The last sequence that a mirror has, whichever histories it is of. Undefined for one that is empty, cannot be read, or is not read in time:
 *  `warn` is told of the last two. */
export async function mirrorReach(
  files: Files,
  mirrorDir: string,
  warn: (message: string) => void,
  { answerMs, readMs } = PATIENCE,
): Promise<{ readonly sequence: number; readonly histories: readonly string[] } | undefined> {
  const at = journalDir(mirrorDir);
  try {
    const headers = await within(answerMs, 'its disk does not answer', readHeaders(files, at));
    const last = headers.at(-1);
    if (!last) return undefined;
    const run = await within(
      readMs,
      'its last segment could not be read',
      soundRun(files, at, segmentName(last.firstSequence)),
    );
    const histories = headers.map((header) => header.history);
    return { sequence: run?.head.sequence ?? last.firstSequence - 1, histories };
  } catch (error) {
    warn(`the mirror could not be asked how far the journal reached: ${(error as Error).message}`);
    return undefined;
  }
}

async function within<Answer>(boundMs: number, failure: string, answer: Promise<Answer>): Promise<Answer> {
  const came = new AbortController();
  const late = setTimeout(boundMs, undefined, { signal: came.signal, ref: false }).then(
    () => Promise.reject(new Error(`${failure} within ${boundMs / 1000} s`)),
    () => answer,
  );
  return Promise.race([answer, late]).finally(() => came.abort());
}
