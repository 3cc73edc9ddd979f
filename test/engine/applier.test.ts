// Goal: the applier holds still while somebody copies the state, and loses nothing by it. Method: a state whose batches are let through by hand.

import { Applier } from '../../src/engine/applier';
import type { Group } from '../../src/engine/group';
import { emptyGroup } from '../../src/engine/group';
import { Halt } from '../../src/engine/halt';
import { Marks } from '../../src/engine/marks';
import { silentObserver } from '../../src/engine/observer';
import type { State } from '../../src/storage/state/state';

function world() {
  const marks = new Marks(0);
  const batches: { sequences: number[]; done: () => void }[] = [];
  const state = {
    apply: (records: readonly { sequence: number }[]) =>
      new Promise<void>((done) => batches.push({ sequences: records.map(({ sequence }) => sequence), done })),
  } as unknown as State;
  const overlay = { release: () => undefined } as never;
  const applier = new Applier({
    ...{ state, overlay, marks, halt: new Halt(), observer: silentObserver },
    onApplied: () => undefined,
  });
  marks.onWait = () => applier.hurry();
  const add = (sequence: number): void => {
    marks.decide(sequence);
    marks.settle(sequence);
    applier.add(
      { ...emptyGroup(), bytes: 1, laid: [{ record: { sequence }, effects: [] }] } as unknown as Group,
      undefined,
    );
  };
  return { applier, marks, batches, add };
}

it('a pause waits for the batch under way, and holds back the next one', async () => {
  const { applier, marks, batches, add } = world();
  add(1);
  const first = marks.whenApplied(1);
  let paused = false;
  const pausing = applier.pause().then((resume) => {
    paused = true;
    return resume;
  });
  await Promise.resolve();
  expect(paused).toBe(false);
  batches[0]!.done();
  const resume = await pausing;
  await first;
  add(2);
  const second = marks.whenApplied(2);
  // Somebody waits for it: without the pause it would have begun in this turn.
  expect(batches).toHaveLength(1);
  expect(marks.applied).toBe(1);
  resume();
  resume();
  expect(batches.map(({ sequences }) => sequences)).toEqual([[1], [2]]);
  batches[1]!.done();
  await second;
});

it('of two pauses both must end', async () => {
  const { applier, marks, batches, add } = world();
  const [one, other] = [await applier.pause(), await applier.pause()];
  add(1);
  const applied = marks.whenApplied(1);
  one();
  one();
  expect(batches).toHaveLength(0);
  other();
  expect(batches).toHaveLength(1);
  batches[0]!.done();
  await applied;
});
