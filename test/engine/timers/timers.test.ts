// Goal: each row is looked at when its time has come, in the order of the times, and no row is forgotten, however its time moves. Method:
// a clock in the test's hand, rows decided by the test, and a plain sort of all rows as the model.

import { chosenSeed, randomFrom } from '../../support/seed';
import { refuse, TimerWorld } from './timer-world';

const worlds: TimerWorld[] = [];

function started(entriesMax?: number): TimerWorld {
  const world = new TimerWorld(entriesMax);
  worlds.push(world);
  world.timers.start();
  return world;
}

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.timers.stop();
});

describe('timers', () => {
  it('look at a row when its time has come, and not before (X1)', async () => {
    const world = started();
    world.decide('a', world.nowMs + 500);
    await world.pass(499);
    expect(world.asked).toEqual([]);
    await world.pass(1);
    expect(world.asked).toEqual(['a']);
  });

  it('take what is due in the order of the times (X3)', async () => {
    const world = started();
    for (const [id, ms] of [
      ['c', 30],
      ['a', 10],
      ['d', 40],
      ['b', 20],
    ] as const)
      world.decide(id, world.nowMs + ms);
    await world.pass(30);
    expect(world.asked).toEqual(['a', 'b', 'c']);
  });

  it('follow a time that moves, in both directions, and a row that goes', async () => {
    const world = started();
    world.decide('later', world.nowMs + 100);
    world.decide('sooner', world.nowMs + 10_000);
    world.decide('gone', world.nowMs + 100);
    world.decide('later', world.nowMs + 1000);
    world.decide('sooner', world.nowMs + 50);
    world.decide('gone', undefined);
    await world.pass(100);
    expect(world.asked).toEqual(['sooner']);
    await world.pass(900);
    expect(world.asked).toEqual(['sooner', 'later']);
  });

  it('look at a row that a repair put back into the index, even while the window is being read (X5)', async () => {
    const world = new TimerWorld();
    worlds.push(world);
    const dueMs = world.nowMs + 50;
    for (const id of ['a', 'b']) {
      world.decide(id, dueMs);
      world.strike(id, dueMs, false);
    }
    world.timers.start();
    await world.settle();
    world.strike('a', dueMs, true);
    world.readTurns = 20;
    world.timers.reread();
    world.strike('b', dueMs, true);
    world.timers.reread();
    await world.settle();
    await world.pass(50);
    expect(world.asked).toEqual(['a', 'b']);
  });

  it('ask for a row that is refused again after a second, then ever more seldom, without a busy loop (X3)', async () => {
    const world = started();
    world.onDue = refuse;
    world.decide('a', world.nowMs + 10);
    await world.pass(10);
    expect(world.asked).toHaveLength(1);
    for (let i = 0; i < 9; i++) await world.pass(100);
    expect(world.asked).toHaveLength(1);
    await world.pass(100);
    expect(world.asked).toHaveLength(2);
    await world.pass(1000);
    expect(world.asked).toHaveLength(2);
    await world.pass(1000);
    expect(world.asked).toHaveLength(3);
    expect(world.problems).toEqual([]);
    for (let i = 0; i < 600; i++) await world.pass(1000);
    expect(world.asked.length).toBeLessThan(20);
    // A refusal that the row no longer deserves: it goes when its turn comes.
    world.onDue = (id) => world.decide(id, undefined);
    await world.pass(60_000);
    await world.pass(60_000);
    expect(world.rows.size).toBe(0);
  });

  it('tell of faults, and go on with the others', async () => {
    const world = started();
    world.onDue = (id) => {
      if (id === 'bad') throw new Error('the disk is away');
      world.decide(id, undefined);
    };
    world.decide('bad', world.nowMs + 10);
    world.decide('good', world.nowMs + 10);
    await world.pass(10);
    expect(world.problems).toEqual(['the timer of /bad: the disk is away']);
    expect([...world.rows.keys()]).toEqual(['bad']);
  });

  it('take at start what fell due while the server was down (X4)', async () => {
    const world = new TimerWorld();
    worlds.push(world);
    for (let i = 0; i < 300; i++) world.decide(`row-${i}`, world.nowMs - i);
    const due = world.due(world.nowMs);
    world.timers.start();
    await world.settle();
    expect(world.asked).toEqual(due);
    expect(world.rows.size).toBe(0);
  });

  it('see what is decided while a refill reads (X2)', async () => {
    const world = new TimerWorld(8);
    worlds.push(world);
    for (let i = 0; i < 20; i++) world.decide(`row-${i}`, world.nowMs + 1000 + i);
    let release = (): void => undefined;
    world.hold = new Promise((resolve) => (release = resolve));
    world.timers.start();
    world.decide('row-0', world.nowMs + 2000);
    world.decide('row-1', undefined);
    world.decide('new', world.nowMs + 500);
    release();
    world.hold = undefined;
    await world.settle();
    await world.pass(500);
    expect(world.asked).toEqual(['new']);
    for (let i = 0; i < 40; i++) await world.pass(100);
    expect(world.rows.size).toBe(0);
    expect(world.asked).toHaveLength(20);
    expect(world.asked.at(-1)).toBe('row-0');
  });

  it('wake by themselves within a step of journal time', async () => {
    const world = started();
    await world.settle();
    world.decide('a', world.nowMs + 20);
    world.nowMs += 20;
    const start = performance.now();
    while (world.asked.length === 0) await new Promise((done) => setTimeout(done, 2));
    expect(world.asked).toEqual(['a']);
    expect(performance.now() - start).toBeLessThan(30_000);
  });

  it('look at all of 100,000 rows through a window of 64, each in its turn', async () => {
    const world = new TimerWorld(64);
    worlds.push(world);
    const random = randomFrom(chosenSeed());
    for (let i = 0; i < 100_000; i++) world.decide(`row-${i}`, world.nowMs + 60_000 + i * 100);
    for (let i = 0; i < 500; i++) world.decide(`near-${i}`, world.nowMs + random.below(5000));
    const due = world.due(world.nowMs + 5000);
    world.timers.start();
    await world.settle();
    for (let i = 0; i < 50; i++) await world.pass(100);
    expect([...world.asked].sort()).toEqual([...due].sort());
    expect(world.rows.size).toBe(100_000);
    await world.pass(55_000);
    expect(world.asked.at(-1)).toBe('row-0');
    // A window of 64 reads 32 at a time, and no more often than it runs low.
    expect(world.reads).toBeLessThan(60);
  });

  it('ask for exactly what a sort of all rows says, under random moves, with windows of all sizes', async () => {
    const random = randomFrom(chosenSeed());
    let asked = 0;
    for (let round = 0; round < 60; round++) {
      const world = started(random.pick([1, 2, 3, 8, 32, 4096]));
      world.readTurns = random.below(4);
      world.onDue = (id) => {
        if (random.chance(0.2)) {
          world.decide(id, world.nowMs + 1 + random.below(500));
        } else world.decide(id, undefined);
      };
      for (let step = 0; step < 40; step++) {
        for (let i = random.below(6); i > 0; i--) {
          const id = `r${random.below(60)}`;
          world.decide(id, random.chance(0.2) ? undefined : world.nowMs + 1 + random.below(1000));
        }
        if (random.chance(0.5)) continue;
        const before = world.asked.length;
        const ms = random.below(200);
        const due = world.due(world.nowMs + ms);
        await world.pass(ms);
        const now = world.asked.slice(before);
        expect([...now].sort()).toEqual([...due].sort());
        asked += now.length;
      }
      await world.timers.stop();
    }
    expect(asked).toBeGreaterThan(1000);
  });
});
