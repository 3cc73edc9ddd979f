import fc from 'fast-check';
import { rmSync } from 'node:fs';
import { EntityKind, Record as JournalRecord } from '../../../src/gen/holdfast/journal/v1/journal';
import type { LevelState } from '../../../src/storage/state/level-state';
import { NewestFirst } from '../../../src/storage/state/newest-first';
import { buildState, createState } from '../../../src/storage/state/open-state';
import { dump, stateOptions } from '../../support/state-store';
import type { Step } from '../../support/task-history';
import { TaskHistory } from '../../support/task-history';

const steps = fc.array(fc.record({ what: fc.nat(7), which: fc.nat(6), value: fc.nat(200) }), { maxLength: 120 });

function play(all: readonly Step[]): TaskHistory {
  const history = new TaskHistory();
  for (const step of all) {
    history.step(step);
    history.timeMs += step.value === 13 ? 86_400_000 : 1000;
    if (step.value === 17) lives(history);
  }
  return history;
}

/** A project that comes, has a task, and goes with it. */
function lives(history: TaskHistory): void {
  history.project('brief');
  history.task('t77', {}, 'brief');
  history.purge(EntityKind.TASK, 'brief', 't77');
  history.purge(EntityKind.PROJECT, 'brief', '');
}

/** A state of the records after `from`, over the rows of `below`. */
async function built(history: TaskHistory, from = 0, below?: LevelState): Promise<{ state: LevelState; dir: string }> {
  const options = stateOptions();
  const { records } = history;
  const state = await buildState(options, async (load) => {
    const fold = new NewestFirst(load, records.at(-1)?.timeMs ?? 0);
    for (const record of records.slice(from).reverse()) fold.take(JournalRecord.encode(record).finish());
    if (below) await below.pourInto(fold);
    return { sequence: records.length, digest: fold.digest, tallies: fold.tallies, requests: fold.requests };
  });
  return { state, dir: options.dir };
}

async function applied(
  history: TaskHistory,
  upTo = history.records.length,
): Promise<{ state: LevelState; dir: string }> {
  const options = stateOptions();
  const state = await createState(options);
  await state.apply(history.records.slice(0, upTo));
  return { state, dir: options.dir };
}

/** All that a state holds; it is closed. */
async function contents({ state, dir }: { state: LevelState; dir: string }): Promise<unknown> {
  const facts = {
    applied: state.applied,
    digest: Buffer.from(state.digest.encode()).toString('hex'),
    tallies: Buffer.from(state.tallies.encode()).toString('hex'),
    scrub: await state.scrub(),
  };
  await state.checkpoint();
  await state.close();
  const entries = await dump(dir);
  rmSync(dir, { recursive: true });
  return { ...facts, entries };
}

test('a state built newest record first is the one that applying them in order gives', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const history = play(all);
      expect(await contents(await built(history))).toEqual(await contents(await applied(history)));
    }),
    { numRuns: 40 },
  );
});

test('so is one built over an older state, from the records after it', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(), async (all, cut) => {
      const history = play(all);
      const from = cut % (history.records.length + 1);
      const older = await applied(history, from);
      const found = await contents(await built(history, from, older.state));
      await older.state.close();
      expect(found).toEqual(await contents(await applied(history)));
    }),
    { numRuns: 40 },
  );
});
