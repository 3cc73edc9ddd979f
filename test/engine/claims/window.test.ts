import { compareClaims } from '../../../src/engine/query/order';
import type { ClaimKey } from '../../../src/engine/query/order';
import { ClaimWindow, mayHaveMore, PRIORITIES } from '../../../src/engine/claims/window';
import type { Bound, LoadedBand } from '../../../src/engine/claims/window';
import { chosenSeed, countFromEnvironment, randomFrom } from '../../support/seed';
import type { Random } from '../../support/seed';

/** All tasks that the window takes, by id: what a window is held against. */
type Tasks = Map<string, ClaimKey>;

const inOrder = (tasks: Tasks): ClaimKey[] => [...tasks.values()].sort(compareClaims);
const idsOf = (keys: readonly ClaimKey[]): string[] => keys.map(({ id }) => id);

/** Reads on as a load of a snapshot does: from the first band that lacks something, `most` keys of each. */
function load(tasks: Tasks, bounds: readonly Bound[], first: number, nowMs: number, most: number): LoadedBand[] {
  const loaded: LoadedBand[] = [];
  for (let priority = first; priority <= PRIORITIES; priority++) {
    const from = bounds[priority - 1]!;
    if (!mayHaveMore(from, nowMs)) continue;
    const behind = inOrder(tasks).filter(
      (key) => key.priority === priority && compareClaims(key, from as ClaimKey) > 0,
    );
    const keys = behind.slice(0, most);
    loaded.push({ priority, from, keys, bound: behind.length > most ? keys.at(-1)! : 'all' });
    if (keys.length === most) break;
  }
  return loaded;
}

function randomKey(random: Random, id: string, nowMs: number): ClaimKey {
  const notBeforeMs = random.chance(0.5) ? 0 : Math.max(nowMs + random.below(200) - 100, 0);
  return { priority: 1 + random.below(PRIORITIES), notBeforeMs, createTimeMs: 1 + random.below(20), id };
}

const key = (id: string, priority = 3, notBeforeMs = 0): ClaimKey => ({ priority, notBeforeMs, createTimeMs: 1, id });

/** A window that knows everything there is. */
function knowing(keys: readonly ClaimKey[], keysMax?: number): ClaimWindow {
  const window = new ClaimWindow(keysMax);
  const bounds = window.beginLoad();
  const bandOf = (priority: number) => keys.filter((each) => each.priority === priority).sort(compareClaims);
  window.endLoad(bounds.map((from, i) => ({ priority: i + 1, from, bound: 'all' as const, keys: bandOf(i + 1) })));
  return window;
}

describe('a window of claims', () => {
  it('gives what a plain sort gives, without a gap, whatever is read, changed and let go in between (W1, W3, W4)', () => {
    const seed = chosenSeed();
    const rounds = countFromEnvironment('HOLDFAST_SEEDS', 500);
    let given = 0;
    for (let round = 0; round < rounds; round++) given += play(randomFrom(seed + round));
    expect(given).toBeGreaterThan(rounds * 10);
  });

  it('knows nothing before it was read', () => {
    const window = new ClaimWindow();
    expect(window.change('t1', undefined, key('t1'))).toBe(false);
    expect(window.first(0, 1)).toMatchObject({ keys: [], edge: { priority: 1 } });
    expect(window.needs(0, 1)).toBe(1);
  });

  it('keeps the order of claiming: priority, not before, age, id', () => {
    const keys = [key('t10', 3), key('t9', 3), key('t1', 3, 5), key('t2', 1, 9), { ...key('t0', 3), createTimeMs: 0 }];
    expect(idsOf(knowing(keys).first(10, 10).keys)).toEqual(['t2', 't0', 't9', 't10', 't1']);
  });

  it('passes over tasks that are not due, and says when the next one is', () => {
    const window = knowing([key('t1', 1, 50), key('t2', 3), key('t3', 2, 20)]);
    expect(idsOf(window.first(10, 10).keys)).toEqual(['t2']);
    expect(window.nextTimeMs(10)).toBe(20);
    expect(idsOf(window.first(20, 10).keys)).toEqual(['t3', 't2']);
    expect(window.nextTimeMs(20)).toBe(50);
    expect(idsOf(window.first(50, 10).keys)).toEqual(['t1', 't3', 't2']);
    expect(window.nextTimeMs(50)).toBeUndefined();
  });

  it('does not go on to a later priority while an earlier one may have more that is due (W2)', () => {
    const window = knowing([key('t1', 3)]);
    const other = new ClaimWindow();
    const bounds = other.beginLoad();
    other.endLoad([{ priority: 1, from: bounds[0]!, bound: key('t8', 1, 30), keys: [] }]);
    expect(other.first(10, 1).edge).toMatchObject({ priority: 2 });
    // When the bound of the first band is due, there may be something behind it.
    expect(other.first(30, 1).edge).toMatchObject({ priority: 1 });
    expect(other.nextTimeMs(10)).toBe(30);
    expect(window.first(10, 1).edge).toBeUndefined();
  });

  it('lets go of the last tasks when there are too many, and knows that it did', () => {
    const window = knowing([], 100);
    for (let i = 1; i <= 1000; i++) window.change(`t${i}`, undefined, key(`t${i}`, 1 + (i % PRIORITIES)));
    expect(window.size).toBeLessThanOrEqual(100);
    const { keys, edge } = window.first(0, 1000);
    expect(idsOf(keys)).toEqual(Array.from({ length: keys.length }, (_, i) => `t${5 * (i + 1)}`));
    expect(edge).toEqual(keys.at(-1));
  });

  it('takes the newest word on a task that changes while it is read (W4)', () => {
    const window = new ClaimWindow();
    const bounds = window.beginLoad();
    window.change('t1', key('t1'), undefined);
    window.change('t2', undefined, key('t2'));
    window.change('t3', key('t3'), key('t3', 1));
    window.endLoad(
      bounds.map((from, i) => ({ priority: i + 1, from, bound: 'all', keys: i === 2 ? [key('t1'), key('t3')] : [] })),
    );
    expect(idsOf(window.first(0, 10).keys)).toEqual(['t3', 't2']);
  });

  it('knows no more than before when a reading fails', () => {
    const window = new ClaimWindow();
    window.beginLoad();
    window.abandonLoad();
    expect(window.loading).toBe(false);
    expect(window.needs(0, 1)).toBe(1);
  });
});

/** Random work on a window beside the list of all tasks; gives how many answers were compared. */
function play(random: Random): number {
  const tasks: Tasks = new Map();
  const window = new ClaimWindow(random.pick([4, 16, 64]));
  let nowMs = 1000;
  let reading: { readonly loaded: LoadedBand[] } | undefined;
  let compared = 0;
  for (let step = 0; step < 120; step++) {
    const id = `t${1 + random.below(40)}`;
    const before = tasks.get(id);
    const dice = random.below(10);
    if (dice < 5) {
      const after = random.chance(0.3) ? undefined : randomKey(random, id, nowMs);
      if (after) tasks.set(id, after);
      else tasks.delete(id);
      window.change(id, before, after);
    } else if (dice === 5) nowMs += random.below(60);
    else if (dice < 8) {
      if (reading) {
        window.endLoad(reading.loaded);
        reading = undefined;
      } else {
        const first = window.needs(nowMs, 1 + random.below(8));
        if (first !== undefined) {
          const bounds = window.beginLoad();
          reading = { loaded: load(new Map(tasks), bounds, first, nowMs, 1 + random.below(6)) };
        }
      }
    }
    const due = inOrder(tasks).filter(({ notBeforeMs }) => notBeforeMs <= nowMs);
    const count = 1 + random.below(5);
    const { keys, edge } = window.first(nowMs, count);
    if (keys.some((each, i) => each !== due[i])) expect(keys).toEqual(due.slice(0, keys.length));
    const whole = edge
      ? due.slice(keys.length).every((each) => compareClaims(each, edge) > 0)
      : keys.length === Math.min(count, due.length);
    if (!whole) expect({ keys, edge }).toEqual({ keys: due.slice(0, count), edge: undefined });
    compared++;
  }
  return compared;
}
