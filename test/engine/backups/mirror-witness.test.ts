// Goal: a number that the mirror has seen is never given again. Method: real stores with a mirror; the data directory goes back to what it was some
// time before, as a disk that lies, or a snapshot of a machine, lets it go back; then it is started.

import { cpSync, readFileSync, readdirSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Mirror } from '../../../src/engine/backups/mirror';
import { recoverOffline } from '../../../src/engine/recovery/offline';
import { restoreOffline } from '../../../src/engine/restore/offline';
import { RecoveryStrategy } from '../../../src/gen/holdfast/v1/recovery';
import { isSegmentName } from '../../../src/storage/journal/format';
import { JournalCorruption } from '../../../src/storage/journal/journal';
import { backupsDir, journalDir } from '../../../src/storage/layout';
import type { Files } from '../../../src/storage/files';
import { nodeFiles } from '../../../src/storage/node-files';
import { mirrorReach, mirrorWitness } from '../../../src/storage/backup/witnesses';
import { backupWorld } from '../../support/backup-world';
import type { BackupWorld } from '../../support/backup-world';
import { storeSettings } from '../../support/store-settings';
import { tempDir } from '../../support/temp-dir';

/** Each test starts several servers, and a busy machine takes its time. In milliseconds. */
jest.setTimeout(300_000);

interface Mirrored extends BackupWorld {
  readonly mirror: Mirror;
  readonly notices: string[];
}

/** A server with a mirror that follows by itself. */
async function world(dir: string, mirrorDir: string, segmentBytesMax?: number): Promise<Mirrored> {
  const notices: string[] = [];
  const onNotice = ({ message }: { message: string }): void => void notices.push(message);
  const settings = storeSettings(dir, { mirrorDir });
  const booted = await backupWorld({ dir, engine: { settings, onNotice, segmentBytesMax } });
  return { ...booted, mirror: booted.maintenance.backups.mirror!, notices };
}

/** A store that was stopped, its mirror, and what the store was some commands before. `killed`: no stop sealed that one. */
async function goneBack(
  killed: boolean,
  segmentBytesMax?: number,
): Promise<{ before: string; mirrorDir: string; head: number }> {
  const [dir, before, mirrorDir] = [tempDir(), tempDir(), join(tempDir(), 'mirror')];
  const first = await world(dir, mirrorDir, segmentBytesMax);
  await first.createTasks(20, 100);
  if (killed) cpSync(dir, before, { recursive: true });
  await first.stop();
  if (!killed) cpSync(dir, before, { recursive: true });
  const second = await world(dir, mirrorDir, segmentBytesMax);
  for (let round = 0; round < 10; round += 1) await second.createTasks(5, 1000);
  await followed(second.mirror);
  const head = second.engine.status.durable;
  await second.stop();
  return { before, mirrorDir, head };
}

/** Resolves when the mirror has everything. */
async function followed(mirror: Mirror): Promise<void> {
  const endMs = performance.now() + 60_000;
  while (mirror.lag > 0) {
    if (performance.now() > endMs) throw new Error(`the mirror does not follow: ${mirror.lastFailure}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const cases = [
  { name: 'a journal that a stop had sealed', killed: false, segmentBytesMax: undefined },
  { name: 'a journal that no stop had sealed', killed: true, segmentBytesMax: undefined },
  { name: 'a journal of which whole segments are gone', killed: false, segmentBytesMax: 8000 },
] as const;

/** What `holdfast recover --dir` does. */
function recover(dir: string, mirrorDir: string, files: Files, dryRun = false) {
  const asked = { files, dir, mirrorDir, backupsDir: backupsDir(dir), dryRun };
  const strategy = RecoveryStrategy.UNSPECIFIED;
  return recoverOffline({ ...asked, strategy, version: 'test', notice: () => undefined });
}

/** The journal's files with their bytes. */
function journalOf(dir: string): Map<string, string> {
  const at = journalDir(dir);
  const files = readdirSync(at).filter((name) => statSync(join(at, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(at, name), 'base64')]));
}

it.each(cases)(
  '$name is not gone on with behind an end that only the mirror has: a recovery takes that end, and begins a new history',
  async ({ killed, segmentBytesMax }) => {
    const { before, mirrorDir, head } = await goneBack(killed, segmentBytesMax);
    const found = journalOf(before);
    const refused = await world(before, mirrorDir, segmentBytesMax).catch((error: Error) => error);
    expect(refused).toBeInstanceOf(JournalCorruption);
    expect((refused as Error).message).toMatch(/the mirror has the end of the journal, up to sequence \d+; .*recover/);
    const looked = await recover(before, mirrorDir, nodeFiles, true);
    expect(looked).toMatchObject({ mended: false, doubt: expect.stringContaining('is not known') as string });
    expect(journalOf(before)).toEqual(found);
    const { report } = await recover(before, mirrorDir, nodeFiles);
    expect(report).toMatchObject({ succeeded: true, lost: [] });
    expect(report!.checks.join()).toContain('whether more was acknowledged after it is not known');
    const after = await world(before, mirrorDir, segmentBytesMax);
    expect(after.engine.history).toBe(report!.newHistory);
    expect(after.engine.parts.state.tallies.taskCount()).toBe(70);
    expect(after.engine.parts.journal.lineage().at(-1)!.first).toBeGreaterThan(head);
    await after.createTasks(1);
    await followed(after.mirror);
    await after.stop();
    await (await world(before, mirrorDir, segmentBytesMax)).stop();
  },
);

it('numbers that were given behind the end of a mirror that lagged are not given again', async () => {
  const [served, dir, mirrorDir] = [tempDir(), tempDir(), join(tempDir(), 'mirror')];
  const first = await backupWorld({ dir: served });
  await first.createTasks(10, 2000);
  await new Mirror(first.engine, first.maintenance.backups.backups, mirrorDir).round();
  const mirrored = first.engine.status.durable;
  await first.createTasks(10, 500);
  const acknowledged = first.engine.status.durable;
  expect(acknowledged).toBeGreaterThan(mirrored);
  // The machine stops; its disk has lost the end of the journal, and the state.
  cpSync(served, dir, { recursive: true });
  rmSync(join(dir, 'state'), { recursive: true });
  const [name] = readdirSync(journalDir(dir)).filter(isSegmentName);
  truncateSync(join(journalDir(dir), name!), Math.floor(statSync(join(journalDir(mirrorDir), name!)).size * 0.6));
  await expect(world(dir, mirrorDir)).rejects.toThrow(/up to sequence \d+; whether more was acknowledged after it/);
  await recover(dir, mirrorDir, nodeFiles);
  const second = await world(dir, mirrorDir);
  expect(second.engine.history).not.toBe(first.engine.history);
  expect(second.engine.parts.state.tallies.taskCount()).toBe(10);
  expect(second.engine.parts.journal.lineage().at(-1)!.first).toBeGreaterThan(acknowledged);
});

it('what a state had applied behind the end of the mirror is kept, and the lost records are named', async () => {
  const [served, dir, mirrorDir] = [tempDir(), tempDir(), join(tempDir(), 'mirror')];
  const first = await backupWorld({ dir: served });
  await first.createTasks(10, 2000);
  await new Mirror(first.engine, first.maintenance.backups.backups, mirrorDir).round();
  const mirrored = first.engine.status.durable;
  await first.createTasks(10, 500);
  const acknowledged = first.engine.status.durable;
  await first.engine.parts.marks.whenApplied(acknowledged);
  cpSync(served, dir, { recursive: true });
  const [name] = readdirSync(journalDir(dir)).filter(isSegmentName);
  truncateSync(join(journalDir(dir), name!), Math.floor(statSync(join(journalDir(mirrorDir), name!)).size * 0.6));
  await expect(world(dir, mirrorDir)).rejects.toThrow(JournalCorruption);
  const { report } = await recover(dir, mirrorDir, nodeFiles);
  expect(report!.lost).toMatchObject([{ first: mirrored + 1, last: acknowledged }]);
  const second = await world(dir, mirrorDir);
  expect(second.engine.parts.state.tallies.taskCount()).toBe(20);
  expect(second.engine.parts.journal.lineage().at(-1)!.first).toBeGreaterThan(acknowledged);
});

it('a recovery that is cut off behind the end of the mirror leaves no journal that looks whole', async () => {
  const { before, mirrorDir, head } = await goneBack(true);
  const failing = Object.assign(Object.create(nodeFiles) as Files, {
    rename: (from: string, to: string) =>
      to.includes(join(before, 'incoming')) ? Promise.reject(new Error('cut off')) : nodeFiles.rename(from, to),
  });
  await expect(recover(before, mirrorDir, failing)).rejects.toThrow('cut off');
  await expect(world(before, mirrorDir)).rejects.toThrow(JournalCorruption);
  const { report } = await recover(before, mirrorDir, nodeFiles);
  expect(report!.reached!.sequence).toBeGreaterThan(head);
});

it('a mirror that reaches further and does not fit keeps the start from giving its numbers again', async () => {
  const { before, mirrorDir } = await goneBack(false);
  // Somebody served the old copy without its mirror: two different ends of one history.
  const without = await backupWorld({ dir: before });
  await without.createTasks(1);
  await without.stop();
  await expect(world(before, mirrorDir)).rejects.toThrow(JournalCorruption);
  await expect(world(before, mirrorDir)).rejects.toThrow(/but the mirror knows sequence \d+/);
});

it('a restore of a stopped store that went back begins above what the mirror has seen', async () => {
  const { before, mirrorDir, head } = await goneBack(false);
  const asked = { backup: '', position: { history: '', sequence: 2 }, timeMs: undefined };
  const order = { files: nodeFiles, dir: before, backups: backupsDir(before), asked, dryRun: false, wallMs: () => 0 };
  const plan = await restoreOffline({ ...order, mirror: mirrorDir, warn: () => undefined });
  expect(plan.abandoned!.sequence).toBeLessThan(head);
  expect(plan.newFirstSequence).toBeGreaterThan(head);
});

it('a mirror of another store, one that is not there yet, and one that cannot be read keep no server from starting', async () => {
  const { before, mirrorDir } = await goneBack(false);
  const other = await world(tempDir(), mirrorDir);
  expect(other.notices.filter((notice) => notice.includes('could not be asked'))).toEqual([]);
  const none = await world(tempDir(), join(tempDir(), 'none'));
  expect(none.notices.filter((notice) => notice.includes('could not be asked'))).toEqual([]);
  renameSync(mirrorDir, `${mirrorDir}-away`);
  writeFileSync(mirrorDir, 'in the way');
  const behind = await world(before, mirrorDir);
  expect(behind.notices.some((notice) => notice.startsWith('the mirror could not be asked'))).toBe(true);
});

it('a mirror whose disk does not answer is not waited for', async () => {
  const { before, mirrorDir } = await goneBack(false);
  const hung = Object.assign(Object.create(nodeFiles) as Files, {
    list: (path: string) =>
      path.startsWith(mirrorDir) ? new Promise<string[]>(() => undefined) : nodeFiles.list(path),
  });
  const told: string[] = [];
  expect(await mirrorWitness(hung, journalDir(before), mirrorDir, (message) => void told.push(message))).toEqual([]);
  expect(told).toEqual([
    'the mirror could not be asked how far the journal reached: its disk does not answer within 5 s',
  ]);
  rmSync(mirrorDir, { recursive: true });
});

it('a mirror whose disk dies after its first answer is not waited for either', async () => {
  const { mirrorDir } = await goneBack(false);
  const opened = new Map<string, number>();
  const dying = Object.assign(Object.create(nodeFiles) as Files, {
    open: (path: string, mode: 'r') => {
      const times = (opened.get(path) ?? 0) + 1;
      opened.set(path, times);
      // The first opening reads the header; the second is for what is behind it.
      return times === 1 ? nodeFiles.open(path, mode) : new Promise<never>(() => undefined);
    },
  });
  const told: string[] = [];
  const warn = (message: string): void => void told.push(message);
  expect(await mirrorReach(dying, mirrorDir, warn, { answerMs: 60_000, readMs: 100 })).toBeUndefined();
  expect(told).toEqual([
    'the mirror could not be asked how far the journal reached: its last segment could not be read within 0.1 s',
  ]);
  expect(Math.max(...opened.values())).toBe(2);
  expect(await mirrorReach(nodeFiles, mirrorDir, warn)).toMatchObject({ sequence: expect.any(Number) as number });
});
