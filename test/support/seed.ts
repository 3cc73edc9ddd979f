// Chance that can be repeated: a test draws from a seed, and prints it together with the command that runs it again.

import { randomInt } from 'node:crypto';
import { writeSync } from 'node:fs';
import { relative } from 'node:path';

/** Draws that depend on the seed alone. */
export interface Random {
  /** A whole number from 0 up to, but not including, `below`. */
  below(below: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of the items, which must not be none. */
  pick<T>(items: readonly T[]): T;
  bytes(length: number): Buffer;
  /** A version-4 UUID. */
  uuid(): string;
}

/** The generator "mulberry32": 32 bits of state, good enough to choose what a test does next. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const bytes = (length: number): Buffer => Buffer.from(Array.from({ length }, () => below(256)));
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (items) => {
      if (items.length === 0) throw new RangeError('nothing to pick from');
      return items[below(items.length)]!;
    },
    bytes,
    uuid: () => {
      const raw = bytes(16);
      raw[6] = (raw[6]! & 0x0f) | 0x40;
      raw[8] = (raw[8]! & 0x3f) | 0x80;
      return raw.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
  };
}

/** The seed of this run: HOLDFAST_SEED, or a fresh one. Prints it, with the command that repeats the run. */
export function chosenSeed(): number {
  const given = process.env['HOLDFAST_SEED'];
  const seed = given === undefined ? randomInt(0x1_0000_0000) : Number(given);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`HOLDFAST_SEED must be a whole number: ${given}`);
  const file = relative(process.cwd(), expect.getState().testPath ?? '');
  say(`seed ${seed}; repeat with: HOLDFAST_SEED=${seed} npx jest ${file}`);
  return seed;
}

/** How often or how long, by an environment variable; `otherwise` in a plain run. */
export function countFromEnvironment(name: string, otherwise: number): number {
  const given = process.env[name];
  if (given === undefined || given === '') return otherwise;
  const count = Number(given);
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`${name} must be a whole number: ${given}`);
  return count;
}

/** A line of a test about its own work: past Jest, which would put a stack trace under it. */
export function say(line: string): void {
  writeSync(2, `${line}\n`);
}
