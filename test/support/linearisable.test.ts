// Goal: the checker accepts exactly the histories that have an order. Method: small histories judged by trying every order, and long ones that
// are known to be right, or to be wrong in one place.

import * as fc from 'fast-check';
import { check } from './linearisable';
import type { Model, Seen } from './linearisable';
import { chosenSeed, randomFrom } from './seed';

/** A register: read, write, and write if it is as expected. */
type Op =
  | { readonly kind: 'read'; readonly saw: number }
  | { readonly kind: 'write'; readonly value: number }
  | { readonly kind: 'swap'; readonly from: number; readonly to: number; readonly ok: boolean };

const register: Model<Op, number> = {
  initial: 0,
  step: (state, op) => {
    if (op.kind === 'read') return op.saw === state ? state : undefined;
    if (op.kind === 'write') return op.value;
    if ((op.from === state) !== op.ok) return undefined;
    return op.ok ? op.to : state;
  },
  key: String,
};

const accepts = (seen: readonly Seen<Op>[]): boolean => check(seen, register).linearisable;

/** Tries every order of all calls, and of all choices of those whose outcome is unknown. */
function bruteForce(left: readonly Seen<Op>[], state: number): boolean {
  const known = left.filter(({ returnedAt }) => returnedAt < Infinity);
  if (known.length === 0) return true;
  const boundary = Math.min(...known.map(({ returnedAt }) => returnedAt));
  return left.some((call) => {
    if (call.calledAt > boundary) return false;
    const after = register.step(state, call.op);
    return (
      after !== undefined &&
      bruteForce(
        left.filter((other) => other !== call),
        after,
      )
    );
  });
}

const values = fc.integer({ min: 0, max: 2 });
const ops: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ kind: fc.constant('read' as const), saw: values }),
  fc.record({ kind: fc.constant('write' as const), value: values }),
  fc.record({ kind: fc.constant('swap' as const), from: values, to: values, ok: fc.boolean() }),
);

/** Calls of three clients, each one after another, at random moments. */
const histories = fc
  .array(
    fc.record({
      client: fc.integer({ min: 0, max: 2 }),
      pause: fc.integer({ min: 0, max: 3 }),
      takes: fc.integer({ min: 1, max: 6 }),
      lost: fc.integer({ min: 0, max: 9 }).map((draw) => draw === 0),
      op: ops,
    }),
    { maxLength: 7 },
  )
  .map((calls) => {
    const free = [0, 0.1, 0.2];
    return calls.map(({ client, pause, takes, lost, op }): Seen<Op> => {
      const calledAt = free[client]! + pause;
      free[client] = calledAt + takes;
      return { client, calledAt, returnedAt: lost ? Infinity : calledAt + takes - 0.05, op };
    });
  });

/** Calls of several clients whose answers come from a register that did them at a moment between call and return. */
function rightHistory(seed: number, clients: number, calls: number): Seen<Op>[] {
  const random = randomFrom(seed);
  const free = Array<number>(clients).fill(0);
  const timed = Array.from({ length: calls }, (_, i) => {
    const client = i % clients;
    const calledAt = free[client]! + random.below(1000) / 1000;
    const doneAt = calledAt + random.below(3000) / 1000;
    const returnedAt = doneAt + random.below(3000) / 1000 + 0.0001;
    free[client] = returnedAt + 0.0001;
    return {
      client,
      calledAt,
      doneAt,
      returnedAt,
      draw: random.below(3),
      value: random.below(5),
      from: random.below(5),
    };
  });
  let state = 0;
  return timed
    .sort((a, b) => a.doneAt - b.doneAt)
    .map(({ client, calledAt, returnedAt, draw, value, from }) => {
      let op: Op;
      if (draw === 0) op = { kind: 'read', saw: state };
      else if (draw === 1) op = { kind: 'write', value: (state = value) };
      else {
        op = { kind: 'swap', from, to: value, ok: from === state };
        if (op.ok) state = value;
      }
      return { client, calledAt, returnedAt, op };
    });
}

describe('the check of linearisability', () => {
  it('accepts what has an order, and nothing else', () => {
    let [right, wrong] = [0, 0];
    fc.assert(
      fc.property(histories, (seen) => {
        const expected = bruteForce(seen, 0);
        if (expected) right++;
        else wrong++;
        expect(accepts(seen)).toBe(expected);
      }),
      { numRuns: 5000 },
    );
    expect(Math.min(right, wrong)).toBeGreaterThan(200);
  });

  it('a read that comes after a write returned sees it', () => {
    const write: Seen<Op> = { client: 0, calledAt: 1, returnedAt: 2, op: { kind: 'write', value: 1 } };
    const read = (calledAt: number): Seen<Op> => ({ client: 1, calledAt, returnedAt: 9, op: { kind: 'read', saw: 0 } });
    expect(accepts([write, read(1.5)])).toBe(true);
    expect(accepts([write, read(3)])).toBe(false);
    expect(accepts([{ ...write, returnedAt: Infinity }, read(3)])).toBe(true);
  });

  it('says where it was stuck', () => {
    const read: Op = { kind: 'read', saw: 4 };
    const verdict = check([{ client: 0, calledAt: 1, returnedAt: 2, op: read }], register);
    expect(verdict).toEqual({ linearisable: false, longest: [], stuck: [read] });
  });

  it('judges 4,000 calls of 8 clients, right ones and wrong ones', () => {
    const seed = chosenSeed();
    for (let run = 0; run < 2; run++) {
      const seen = rightHistory(seed + run, 8, 4000);
      expect(accepts(seen)).toBe(true);
      const reads = seen.filter(({ op }) => op.kind === 'read');
      const planted = reads[reads.length >> 1]!;
      expect(accepts(seen.map((each) => (each === planted ? { ...each, op: { kind: 'read', saw: 99 } } : each)))).toBe(
        false,
      );
    }
  });
});
