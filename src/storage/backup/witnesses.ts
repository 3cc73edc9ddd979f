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

/** How long the disk of a mirror may take, in milliseconds: one that hangs must not keep a server from starting. */
const MIRROR_MS = 5000;

/**
 * What a mirror knows of how far a journal reached: all of it was durable there. One that holds another history knows something if that
 * one comes from the journal's: then a restore is missing here. None for a mirror of another store, for one that cannot be read, and for
 * one that takes too long; `warn` is told of the last two.
 */
export async function mirrorWitness(
  files: Files,
  journalAt: string,
  mirrorDir: string | undefined,
  warn: (message: string) => void,
): Promise<Witness[]> {
  const history = mirrorDir === undefined ? undefined : await historyOf(files, journalAt);
  if (mirrorDir === undefined || history === undefined) return [];
  const late = new AbortController();
  const look = mirroredEnd(files, journalDir(mirrorDir), history).finally(() => late.abort());
  const bound = setTimeout(MIRROR_MS, undefined, { signal: late.signal, ref: false }).then(
    () => Promise.reject(new Error(`its disk does not answer within ${MIRROR_MS / 1000} s`)),
    () => look,
  );
  try {
    const sequence = await Promise.race([look, bound]);
    return sequence === undefined ? [] : [{ sequence, source: 'the mirror' }];
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // There is none yet.
    if (code !== 'ENOENT') warn(`the mirror could not be asked how far the journal reached: ${message}`);
    return [];
  }
}

/** The last sequence of a mirrored journal that has segments of a history; undefined if it has none. */
async function mirroredEnd(files: Files, at: string, history: string): Promise<number | undefined> {
  const headers = await readHeaders(files, at);
  const last = headers.at(-1);
  if (!last || !headers.some((header) => header.history === history)) return undefined;
  const run = await soundRun(files, at, segmentName(last.firstSequence));
  return run?.head.sequence ?? last.firstSequence - 1;
}
