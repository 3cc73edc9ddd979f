// Goal: whatever comes, goes and ends, the parking serves exactly those that a plain queue would serve, and refuses for the same reasons.
// Method: random load on the real parking and rules beside a model of two lists; a difference prints its seed.

import { Refusal } from '../../../src/domain/refusal';
import { LockMode } from '../../../src/gen/holdfast/v1/lock';
import { chosenSeed, countFromEnvironment, randomFrom } from '../../support/seed';
import type { Random } from '../../support/seed';
import { LockModel } from './lock-model';
import type { Asked } from './lock-model';
import { LockRoom } from './lock-room';
import type { Request } from './lock-room';

const SEEDS = countFromEnvironment('HOLDFAST_LOCK_SEEDS', 600);
const STEPS = 60;
const SECOND = 1000;
const TARGETS = ['a', 'a/b', 'a/c', 'a/*', 'a/**', 'a/b/d', 'b', 'b/**', '**', 'key:k', 'key:l'];

function stateOf({ lock, refusal }: Request): string {
  if (lock) return 'granted';
  if (!refusal) return 'waits';
  return refusal instanceof Refusal ? refusal.reason : refusal.message;
}

/** A room and a model under the same load. */
class Pair {
  private readonly sessions = ['s0', 's1', 's2', 's3', 's4'];
  private readonly room = new LockRoom(this.sessions);
  private readonly model = new LockModel();
  private readonly requests = new Map<Asked, Request>();
  private born = this.sessions.length;

  constructor(private readonly random: Random) {}

  step(): void {
    const { random, model } = this;
    const draw = random.below(100);
    if (draw < 50) this.ask();
    else if (draw < 78 && model.held.length > 0) this.release(random.pick(model.held));
    else if (draw < 88 && model.waiting.length > 0) this.leave(random.pick(model.waiting));
    else if (draw < 96) this.pass(1 + random.below(20_000));
    else this.end();
    this.compare();
  }

  private ask(): void {
    const { random, room } = this;
    const targets = Array.from({ length: 1 + random.below(2) }, () => random.pick(TARGETS));
    const waits = random.chance(0.8);
    const waitMs = waits ? SECOND * (1 + random.below(60)) : 0;
    const untilMs = room.nowMs + waitMs;
    const asked = { session: random.pick(this.sessions), targets, exclusive: random.chance(0.6), untilMs };
    const expected = this.model.ask(asked, waits);
    const mode = asked.exclusive ? LockMode.EXCLUSIVE : LockMode.SHARED;
    const request = room.ask(asked.session, targets, waitMs, { mode });
    this.requests.set(asked, request);
    expect(stateOf(request)).toBe(expected);
    // Each command takes a second in this world: others' time may be up.
    this.pass(0);
  }

  private release(asked: Asked): void {
    this.model.remove((each) => each === asked);
    this.room.giveBack(this.requests.get(asked)!);
    this.pass(0);
  }

  private leave(asked: Asked): void {
    this.model.remove((each) => each === asked);
    this.requests.get(asked)!.leave();
    this.room.drain();
    expect(stateOf(this.requests.get(asked)!)).toBe('CANCELLED');
    this.pass(0);
  }

  private pass(ms: number): void {
    this.room.pass(ms);
    // Who waits less long leaves before those that wait longer, and may be who they waited for.
    for (;;) {
      const [late] = [...this.model.waiting].sort((a, b) => a.untilMs - b.untilMs);
      if (!late || late.untilMs > this.room.nowMs) return;
      this.model.remove((each) => each === late);
    }
  }

  private end(): void {
    const at = this.random.below(this.sessions.length);
    const session = this.sessions[at]!;
    this.model.remove((each) => each.session === session);
    this.room.end(session);
    this.sessions[at] = `s${this.born++}`;
    this.room.startSession(this.sessions[at]);
    this.pass(0);
  }

  private compare(): void {
    const { model, room, requests } = this;
    for (const asked of model.held) expect(stateOf(requests.get(asked)!)).toBe('granted');
    for (const asked of model.waiting) expect(stateOf(requests.get(asked)!)).toBe('waits');
    expect([room.parking.waiting, room.told]).toEqual([model.waiting.length, model.waiting.length]);
    expect(room.view.held.of('p').size).toBe(model.held.length);
    expect(room.timersSet).toBeLessThanOrEqual(1);
  }
}

describe('the order of locks', () => {
  it(`is that of a plain queue, under ${SEEDS} random loads`, () => {
    const seed = chosenSeed();
    for (let run = 0; run < SEEDS; run++) {
      const pair = new Pair(randomFrom(seed + run));
      try {
        for (let step = 0; step < STEPS; step++) pair.step();
      } catch (error) {
        throw new Error(`with HOLDFAST_SEED=${seed + run}: ${(error as Error).message}`, { cause: error });
      }
    }
  });
});
