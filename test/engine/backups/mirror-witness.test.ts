// Goal: a number that the mirror has seen is never given again. Method: real stores with a mirror; the data directory goes back to what it was some
// time before, as a disk that lies, or a snapshot of a machine, lets it go back; then it is started.

import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mirror } from '../../../src/engine/backups/mirror';
import { restoreOffline } from '../../../src/engine/restore/offline';
import { JournalCorruption } from '../../../src/storage/journal/journal';
import { backupsDir, journalDir } from '../../../src/storage/layout';
import type { Files } from '../../../src/storage/files';
import { nodeFiles } from '../../../src/storage/node-files';
import { mirrorWitness } from '../../../src/storage/backup/witnesses';
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

it.each(cases)(
  '$name takes its lost end from the mirror, and goes on behind it',
  async ({ killed, segmentBytesMax }) => {
    const { before, mirrorDir, head } = await goneBack(killed, segmentBytesMax);
    const after = await world(before, mirrorDir, segmentBytesMax);
    expect(after.engine.parts.state.tallies.taskCount()).toBe(70);
    expect(after.engine.status.durable).toBeGreaterThan(head);
    expect(after.notices.some((notice) => notice.includes('the journal was damaged and is put right'))).toBe(true);
    await after.createTasks(1);
    await followed(after.mirror);
  },
);

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
