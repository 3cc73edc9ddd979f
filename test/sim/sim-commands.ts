// The steps of a simulation, as fast-check draws, repeats and shrinks them.

import * as fc from 'fast-check';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomFrom } from '../support/seed';
import type { Asked, Model, Verb } from './model';
import type { Crash } from './sim-engine';
import type { SimWorld } from './sim-world';

export type Step = fc.AsyncCommand<Model, SimWorld>;

const VERBS: readonly Verb[] = [
  'update',
  'update',
  'complete',
  'fail',
  'cancel',
  'pause',
  'resume',
  'retry',
  'delete',
  'undelete',
];
/** Few, so that commands meet. Given ids and chosen ones. */
const IDS = ['t1', 't2', 't3', 'a', 'b', 'c'];

const title = fc.integer({ min: 0, max: 999_999 }).map((number) => `title ${number}`);
const create = fc.record({ kind: fc.constant('create' as const), id: fc.constantFrom('', '', 'a', 'b', 'c'), title });
const change = fc.record({
  kind: fc.constantFrom(...VERBS),
  id: fc.constantFrom(...IDS),
  title,
  etag: fc.constantFrom('any' as const, 'right' as const, 'right' as const, 'stale' as const),
});
const block = fc.record({
  kind: fc.constant('block' as const),
  id: fc.constantFrom(...IDS),
  by: fc.constantFrom(...IDS),
  etag: fc.constantFrom('any' as const, 'right' as const, 'stale' as const),
});
const asked: fc.Arbitrary<Asked> = fc.oneof(
  { arbitrary: create, weight: 2 },
  { arbitrary: change, weight: 5 },
  { arbitrary: block, weight: 2 },
);
/** A power cut and what it leaves. */
export const crash: fc.Arbitrary<Crash> = fc.record({
  seed: fc.nat(),
  changes: fc.integer({ min: 1, max: 8 }),
  state: fc.constantFrom('kept' as const, 'kept' as const, 'removed' as const, 'older' as const),
  recovery: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
});

class Ask implements Step {
  constructor(
    private readonly all: readonly Asked[],
    private readonly crash?: Crash,
  ) {}
  check(): boolean {
    return true;
  }
  async run(_model: Model, world: SimWorld): Promise<void> {
    await world.ask(this.all, this.crash);
    if (this.crash) await world.verify();
  }
  toString(): string {
    return `ask(${JSON.stringify(this.all)}${this.crash ? `, ${JSON.stringify(this.crash)}` : ''})`;
  }
}

class Repeat implements Step {
  constructor(private readonly which: number) {}
  check(): boolean {
    return true;
  }
  run(_model: Model, world: SimWorld): Promise<void> {
    return world.repeat(this.which);
  }
  toString(): string {
    return `repeat(${this.which})`;
  }
}

class Restart implements Step {
  constructor(private readonly flips: number | undefined) {}
  check(): boolean {
    return true;
  }
  run(_model: Model, world: SimWorld): Promise<void> {
    const { flips } = this;
    return world.restart(flips === undefined ? undefined : (dir) => flipBits(join(dir, 'state'), flips));
  }
  toString(): string {
    return `restart(${this.flips === undefined ? '' : `bits flipped, seed ${this.flips}`})`;
  }
}

/** A flipped bit in each of LevelDB's tables and logs. */
function flipBits(state: string, seed: number): void {
  const random = randomFrom(seed);
  for (const name of readdirSync(state, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.(ldb|log)$/.test(name)) continue;
    const bytes = readFileSync(join(state, name));
    if (bytes.length === 0) continue;
    bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
    writeFileSync(join(state, name), bytes);
  }
}

/** Any run of steps. `maxCommands` bounds its length. */
export function steps(maxCommands: number): fc.Arbitrary<Iterable<Step>> {
  const one = asked.map((single) => new Ask([single]));
  const burst = fc.array(asked, { minLength: 2, maxLength: 10 });
  return fc.commands(
    [
      one,
      one,
      one,
      burst.map((all) => new Ask(all)),
      fc.tuple(burst, crash).map(([all, how]) => new Ask(all, how)),
      fc.nat({ max: 50 }).map((which) => new Repeat(which)),
      fc.nat({ max: 50 }).map((which) => new Repeat(which)),
      fc.option(fc.nat(), { nil: undefined }).map((flips) => new Restart(flips)),
    ],
    { maxCommands },
  );
}
