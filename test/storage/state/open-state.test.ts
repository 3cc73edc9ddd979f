import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Files } from '../../../src/storage/files';
import { nodeFiles } from '../../../src/storage/node-files';
import { readCheckpoint, writeCheckpoint } from '../../../src/storage/state/checkpoint-file';
import { createState, openState } from '../../../src/storage/state/open-state';
import { StateUnusable } from '../../../src/storage/state/state';
import { copyOf, readsRight, stateOptions, storePath, unlist } from '../../support/state-store';
import { chosenSeed, randomFrom } from '../../support/seed';
import { TaskHistory } from '../../support/task-history';
import { memoryDir } from '../../support/temp-dir';

/** Some rows in two generations of tables, cleanly stopped. */
async function stopped(): Promise<{ dir: string; history: TaskHistory }> {
  const history = new TaskHistory();
  const options = stateOptions();
  const state = await createState(options);
  for (let round = 0; round < 2; round++) {
    for (let i = 1; i <= 40; i++) await state.apply([history.task(`t${i}`, { title: `round ${round}` })]);
    await state.checkpoint();
  }
  await state.close();
  return { dir: options.dir, history };
}

test('after a clean stop everything is there, and nothing is to be redone', async () => {
  const { dir, history } = await stopped();
  const { state, checkpoint } = await openState(stateOptions(dir));
  expect(checkpoint).toMatchObject({ clean: true, sequence: 80 });
  expect([state.applied, state.checkpointed]).toEqual([80, 80]);
  await readsRight(state, history);
  expect(state.tallies.project('default')).toEqual({ nextTaskNumber: 41, tasks: 40, liveTasks: 40 });
  await state.close();
  // Opened and closed with nothing done in between, it is clean again.
  const again = await openState(stateOptions(dir));
  expect(again.checkpoint.clean).toBe(true);
  await again.state.close();
});

test('a start is no longer clean once LevelDB was opened', async () => {
  const { dir, history } = await stopped();
  const { state } = await openState(stateOptions(dir));
  const crashed = copyOf(dir);
  await state.close();
  const { state: again, checkpoint } = await openState(stateOptions(crashed));
  expect(checkpoint.clean).toBe(false);
  await readsRight(again, history);
  await again.close();
});

describe('after a clean stop, for each file of LevelDB', () => {
  const damages: [string, (path: string, at: number) => void][] = [
    ['deleted', (path) => rmSync(path)],
    ['emptied', (path) => truncateSync(path, 0)],
    ['cut', (path, at) => truncateSync(path, at)],
    ['longer', (path) => appendFileSync(path, Buffer.alloc(16))],
    [
      'of a flipped bit',
      (path, at) => {
        const bytes = readFileSync(path);
        if (bytes.length > 0) bytes[at]! ^= 1 << (at % 8);
        writeFileSync(path, bytes);
      },
    ],
  ];

  test.each(damages)('%s, the state is refused or reads right', async (_what, damage) => {
    const { dir, history } = await stopped();
    const random = randomFrom(chosenSeed());
    const store = await storePath(dir);
    let refused = 0;
    for (const name of readdirSync(store)) {
      const size = readFileSync(join(store, name)).length;
      for (let round = 0; round < 3; round++) {
        const copy = join(memoryDir(), 'state');
        cpSync(dir, copy, { recursive: true });
        damage(join(await storePath(copy), name), size === 0 ? 0 : random.below(size));
        try {
          const { state } = await openState(stateOptions(copy));
          await readsRight(state, history);
          await state.close();
        } catch (error) {
          expect(error).toBeInstanceOf(StateUnusable);
          refused++;
        }
        rmSync(copy, { recursive: true });
      }
    }
    // Two tables, CURRENT and MANIFEST at least.
    expect(refused).toBeGreaterThanOrEqual(8);
  });

  test('that is too many, the state is refused', async () => {
    const { dir } = await stopped();
    writeFileSync(join(await storePath(dir), '999999.log'), 'x');
    await expect(openState(stateOptions(dir))).rejects.toThrow('999999.log was not there');
  });
});

test('after an unclean stop, damage of a table that came after the checkpoint is refused', async () => {
  const { dir, history } = await stopped();
  const random = randomFrom(chosenSeed());
  await unlist(dir);
  const tables = readdirSync(await storePath(dir)).filter((name) => name.endsWith('.ldb'));
  for (let round = 0; round < 60; round++) {
    const copy = join(memoryDir(), 'state');
    cpSync(dir, copy, { recursive: true });
    const path = join(await storePath(copy), random.pick(tables));
    const bytes = readFileSync(path);
    bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
    writeFileSync(path, round % 4 === 0 ? bytes.subarray(0, random.below(bytes.length)) : bytes);
    await expect(openState(stateOptions(copy))).rejects.toThrow(StateUnusable);
    rmSync(copy, { recursive: true });
  }
  const { state } = await openState(stateOptions(dir));
  await readsRight(state, history);
  await state.close();
});

test('after an unclean stop, a table that a crash left unfinished is no reason to refuse', async () => {
  const { dir, history } = await stopped();
  await unlist(dir);
  writeFileSync(join(await storePath(dir), '000099.ldb'), Buffer.alloc(5000, 7));
  const { state } = await openState(stateOptions(dir));
  await readsRight(state, history);
  await state.close();
});

describe('after an unclean stop', () => {
  test('a listed table of another size or checksum is refused', async () => {
    const { dir } = await stopped();
    const { state } = await openState(stateOptions(dir));
    for (const damage of [(path: string) => appendFileSync(path, 'x'), flipMiddle]) {
      const crashed = copyOf(dir);
      const store = await storePath(crashed);
      const table = readdirSync(store).find((name) => name.endsWith('.ldb'))!;
      damage(join(store, table));
      await expect(openState(stateOptions(crashed))).rejects.toThrow(StateUnusable);
    }
    await state.close();
  });

  test('a table that LevelDB needs and is gone is refused', async () => {
    const { dir } = await stopped();
    const { state } = await openState(stateOptions(dir));
    const crashed = copyOf(dir);
    await state.close();
    const store = await storePath(crashed);
    rmSync(
      join(
        store,
        readdirSync(store).find((name) => name.endsWith('.ldb'))!,
      ),
    );
    await expect(openState(stateOptions(crashed))).rejects.toThrow(StateUnusable);
  });

  test('a MANIFEST that lost its end is refused', async () => {
    const { dir, history } = await stopped();
    const { state } = await openState(stateOptions(dir));
    await state.apply([history.task('t41')]);
    await state.checkpoint();
    const crashed = copyOf(dir);
    await state.close();
    const store = await storePath(crashed);
    const manifest = join(
      store,
      readdirSync(store).find((name) => name.startsWith('MANIFEST'))!,
    );
    truncateSync(manifest, readFileSync(manifest).length - 1);
    await expect(openState(stateOptions(crashed))).rejects.toThrow(StateUnusable);
  });
});

test('tables beyond the budget are checked afterwards, and damage is told', async () => {
  const { dir } = await stopped();
  const store = await storePath(dir);
  const table = readdirSync(store).find((name) => name.endsWith('.ldb'))!;
  flipMiddle(join(store, table));
  await expect(openState(stateOptions(dir))).rejects.toThrow(`${table} fails its checksum`);
  const { state } = await openState(stateOptions(dir, { verifyBytes: 0 }));
  const told: string[] = [];
  await state.verifyRest((file, problem) => told.push(`${file} ${problem}`));
  expect(told).toEqual([`${table} fails its checksum`]);
  await state.close();
});

test('a state of another history, without a checkpoint, or below it is refused', async () => {
  const { dir } = await stopped();
  await expect(openState(stateOptions(dir, { history: '00000000000000bb' }))).rejects.toThrow('of history');
  await expect(openState(stateOptions(join(memoryDir(), 'absent')))).rejects.toThrow('there is no state checkpoint');
  const checkpoint = (await readCheckpoint(nodeFiles, dir))!;
  await writeCheckpoint(nodeFiles, dir, { ...checkpoint, sequence: 81 });
  await expect(openState(stateOptions(dir))).rejects.toThrow('applied to 80, below its checkpoint at 81');
  rmSync(join(dir, 'checkpoint'));
  await expect(openState(stateOptions(dir))).rejects.toThrow(StateUnusable);
});

describe('a state in the making', () => {
  test('is not found before its first checkpoint, and its directory is gone after the next', async () => {
    const history = new TaskHistory();
    const options = stateOptions();
    const first = await createState(options);
    await first.apply([history.task('t1')]);
    await first.close();
    await expect(openState(options)).rejects.toThrow(StateUnusable);
    const second = await createState(options);
    await second.applyBulk(history.records);
    await second.checkpoint();
    await second.close();
    expect(readdirSync(options.dir).filter((name) => name.startsWith('db-'))).toHaveLength(1);
    const { state } = await openState(options);
    await readsRight(state, history);
    await state.close();
  });

  test('never stands in for a whole one, whichever call of its making fails', async () => {
    const history = new TaskHistory();
    history.task('t1');
    for (let failAt = 0; ; failAt++) {
      const { files, calls } = failing(failAt);
      const options = stateOptions(undefined, { files });
      let made = false;
      try {
        const state = await createState(options);
        await state.applyBulk(history.records);
        await state.checkpoint().finally(() => copyInto(options.dir, `${options.dir}-crashed`));
        await state.close();
        made = true;
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe('EIO');
      }
      const crashed = `${options.dir}-crashed`;
      if (existsSync(crashed)) {
        try {
          const { state } = await openState(stateOptions(crashed));
          await readsRight(state, history);
          await state.close();
        } catch (error) {
          expect(error).toBeInstanceOf(StateUnusable);
        }
      }
      if (made && calls() < failAt) break;
    }
  });

  test('a write that fails is refused from then on, and the checkpoint stays where it was', async () => {
    const history = new TaskHistory();
    const { files, failNow } = failing(Infinity);
    const options = stateOptions(undefined, { files });
    const state = await createState(options);
    await state.apply([history.task('t1')]);
    await state.checkpoint();
    await state.apply([history.task('t2')]);
    failNow();
    await expect(state.checkpoint()).rejects.toThrow('EIO');
    expect(state.checkpointed).toBe(1);
    await state.checkpoint();
    expect(state.checkpointed).toBe(2);
    await state.close();
    expect((await readCheckpoint(nodeFiles, options.dir))?.clean).toBe(true);
  });
});

function flipMiddle(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(path, bytes);
}

function copyInto(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
}

/** Files whose call number `failAt` fails with EIO. */
function failing(failAt: number): { files: Files; calls: () => number; failNow: () => void } {
  let calls = 0;
  let at = failAt;
  const step = () => {
    if (calls++ === at) throw Object.assign(new Error('EIO: planted'), { code: 'EIO' });
  };
  const files: Files = {
    open: async (path, mode) => {
      step();
      const file = await nodeFiles.open(path, mode);
      return {
        read: (position, length) => file.read(position, length),
        size: () => file.size(),
        truncate: (length) => file.truncate(length),
        datasync: async () => (step(), file.datasync()),
        sync: async () => (step(), file.sync()),
        write: async (bytes, position) => (step(), file.write(bytes, position)),
        close: () => file.close(),
      };
    },
    rename: async (from, to) => (step(), nodeFiles.rename(from, to)),
    unlink: async (path) => (step(), nodeFiles.unlink(path)),
    link: async (from, to) => (step(), nodeFiles.link(from, to)),
    list: async (path) => (step(), nodeFiles.list(path)),
    makeDirectory: async (path) => (step(), nodeFiles.makeDirectory(path)),
    removeTree: async (path) => (step(), nodeFiles.removeTree(path)),
    syncDirectory: async (path) => (step(), nodeFiles.syncDirectory(path)),
    freeBytes: (path) => nodeFiles.freeBytes(path),
  };
  return { files, calls: () => calls, failNow: () => void (at = calls) };
}
