// Goal: what is lost at the journal's end is named, whatever else is damaged before it. Method: real stores whose files are cut and struck.

import { cpSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../../src/engine/clock';
import { Engine } from '../../../src/engine/engine';
import { silentObserver } from '../../../src/engine/observer';
import { recoverOffline } from '../../../src/engine/recovery/offline';
import { EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import { RecoveryStrategy } from '../../../src/gen/holdfast/v1/recovery';
import { Task } from '../../../src/gen/holdfast/v1/task';
import { surveyJournal } from '../../../src/storage/journal/survey';
import { backupsDir, journalDir } from '../../../src/storage/layout';
import { nodeFiles } from '../../../src/storage/node-files';
import { tempDir } from '../../support/temp-dir';

const caller = { principal: 'local', session: '', sessionToken: '' };

const start = (dir: string): Promise<Engine> =>
  Engine.start({
    ...{ dir, files: nodeFiles, clock: systemClock, observer: silentObserver },
    ...{ version: 'test', segmentBytesMax: 16 * 1024 },
  });

/** A store that was stopped, and what a kill right before the stop would have left of it. */
async function stores(): Promise<{ stopped: string; killed: string; head: number }> {
  const [stopped, killed] = [tempDir(), tempDir()];
  const engine = await start(stopped);
  for (let i = 0; i < 150; i++) {
    const task = Task.fromPartial({ title: `Task ${i}`, description: 'x'.repeat(200) });
    const request = { parent: 'projects/default', task, taskId: '', ref: '', allowUnresolved: false };
    const whole = { ...request, requestId: '', validateOnly: false };
    await engine.execute({ kind: 'createTask', request: whole, caller, validateOnly: false });
  }
  const head = engine.status.durable;
  await engine.parts.marks.whenApplied(head);
  cpSync(stopped, killed, { recursive: true });
  await engine.stop();
  return { stopped, killed, head };
}

const segments = (dir: string): string[] => readdirSync(journalDir(dir)).filter((name) => name.endsWith('.seg'));

/** Flips a bit of a segment; gives its file. */
function strike(dir: string, name: string, at: number): void {
  const file = join(journalDir(dir), name);
  const bytes = readFileSync(file);
  bytes[at]! ^= 4;
  writeFileSync(file, bytes);
}

test('a lost end is named beside damage before it', async () => {
  const { stopped, head } = await stores();
  const names = segments(stopped);
  strike(stopped, names[0]!, 7000);
  const last = join(journalDir(stopped), names.at(-1)!);
  truncateSync(last, statSync(last).size - 100);
  const { lost, sealed } = await surveyJournal(nodeFiles, journalDir(stopped));
  expect(sealed).toBe(false);
  expect(lost.map((span) => span.last)).toEqual([lost[0]!.first, head]);
  await expect(start(stopped)).rejects.toThrow(`sequences that no source has any more: ${lost[0]!.first}, ${head}`);
});

test('a last segment of which nothing can be read is lost, although nothing says how far it went', async () => {
  const { killed } = await stores();
  const name = segments(killed).at(-1)!;
  strike(killed, name, 20);
  const { lost } = await surveyJournal(nodeFiles, journalDir(killed));
  expect(lost).toHaveLength(1);
  expect(lost[0]).toMatchObject({ first: parseInt(name, 16), problem: expect.stringContaining(name) as string });
  await expect(start(killed)).rejects.toThrow(/sequences that no source has any more/);
});

test('an end that is cut off is missed by the state, which has applied it: no start serves on, and a recovery begins above it', async () => {
  const { killed, head } = await stores();
  const last = join(journalDir(killed), segments(killed).at(-1)!);
  const { runs } = await surveyJournal(nodeFiles, journalDir(killed));
  truncateSync(last, runs.at(-1)!.to - 50);
  for (let attempt = 0; attempt < 2; attempt++) {
    await expect(start(killed)).rejects.toThrow(`sequences that no source has any more: ${head}`);
  }
  const asked = {
    ...{ files: nodeFiles, dir: killed, backupsDir: backupsDir(killed), mirrorDir: undefined },
    ...{ strategy: RecoveryStrategy.UNSPECIFIED, version: 'test', notice: () => undefined },
  };
  const { report } = await recoverOffline({ ...asked, dryRun: false });
  expect(report).toMatchObject({ succeeded: true, lost: [{ first: head, last: head, stateKept: false }] });
  const engine = await start(killed);
  expect(engine.history).toBe(report!.newHistory);
  expect(engine.parts.journal.lineage().at(-1)!.first).toBeGreaterThan(head);
  // What the lost record did is in the state, which had it.
  const id = `t${head - 2}`;
  expect(await engine.read(EntityKind.TASK, 'default', id)).toMatchObject({ sequence: head });
  await engine.stop();
});

const ends: readonly [string, (dir: string) => void][] = [
  ['cut off', (dir) => truncateSync(lastOf(dir), statSync(lastOf(dir)).size - 100)],
  ['gone', (dir) => rmSync(lastOf(dir))],
  ['gone with all before it', (dir) => segments(dir).forEach((name) => rmSync(join(journalDir(dir), name)))],
];
const lastOf = (dir: string): string => join(journalDir(dir), segments(dir).at(-1)!);

test.each(ends)(
  'an end that is %s comes from the mirror that has it, and a dry run says so',
  async (_what, strikeEnd) => {
    const { stopped, head } = await stores();
    const mirrorDir = tempDir();
    cpSync(journalDir(stopped), journalDir(mirrorDir), { recursive: true });
    strikeEnd(stopped);
    const left = segments(stopped);
    const asked = {
      ...{ files: nodeFiles, dir: stopped, backupsDir: backupsDir(stopped), mirrorDir },
      ...{ strategy: RecoveryStrategy.UNSPECIFIED, version: 'test', notice: () => undefined },
    };
    const looked = await recoverOffline({ ...asked, dryRun: true });
    expect(looked).toMatchObject({ mended: false, report: { lost: [] } });
    expect(looked.report!.checks.join('\n')).toMatch(
      /the state stands at \d+ of history .*\n.*the mirror has .* whole/,
    );
    expect(segments(stopped)).toEqual(left);
    const { report } = await recoverOffline({ ...asked, dryRun: false });
    expect(report).toMatchObject({ succeeded: true, lost: [], newHistory: '' });
    const engine = await start(stopped);
    expect(engine.status.durable).toBeGreaterThan(head);
    expect(await engine.read(EntityKind.TASK, 'default', `t${head - 2}`)).toMatchObject({ sequence: head });
    await engine.stop();
  },
);
