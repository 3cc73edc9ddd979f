// The steps of a simulation with agents, as fast-check draws, repeats and shrinks them. What a step names is made out when it runs: the drawn numbers
// pick among what there is.

import * as fc from 'fast-check';
import { crash } from '../sim-commands';
import type { Crash } from '../sim-engine';
import type { AskedNext } from './agent-commands';
import { HOLD_TTL_MS } from './agent-model';
import type { AgentAsked, AgentModel, FinishVerb, SimSession } from './agent-model';
import type { AgentWorld } from './agent-world';

export type AgentStep = fc.AsyncCommand<AgentModel, AgentWorld>;

/** Agents at most. */
const SLOTS = 3;
/** Longer than all time that passes in a run. */
const WAIT_MS = 10 * 60 * 1000;

/** Makes a command of what the model knows; undefined if there is nothing to ask it of. */
type Draw<T> = (model: AgentModel) => T | undefined;

const slot = fc.nat({ max: SLOTS - 1 });
const any = fc.nat({ max: 50 });
const ttlMs = fc.constantFrom(0, 0, HOLD_TTL_MS);

/** The newest session of an agent. */
function newest(model: AgentModel, of: number): SimSession | undefined {
  return [...model.sessions.values()].filter((session) => session.slot === of).at(-1);
}

function freshId(model: AgentModel): string {
  return `w${model.sessions.size + 1}`;
}

function pick<T>(of: Iterable<T>, which: number): T | undefined {
  const all = [...of];
  return all[which % Math.max(1, all.length)];
}

const create = fc
  .tuple(fc.integer({ min: 1, max: 2 }), fc.constantFrom(0, 0, 0, 3000), fc.option(any, { freq: 3 }))
  .map(([priority, delayMs, after]): Draw<AgentAsked> => {
    return ({ tasks }) => {
      const first = after === null ? undefined : pick(tasks.keys(), after);
      return { kind: 'create', priority, delayMs, after: first };
    };
  });
const take = fc.tuple(slot, any, ttlMs).map(([of, which, ttl]): Draw<AgentAsked> => {
  return (model) => {
    const [session, task] = [newest(model, of)?.id, pick(model.tasks.keys(), which)];
    return session === undefined || task === undefined ? undefined : { kind: 'take', session, task, ttlMs: ttl };
  };
});
const finish = fc
  .tuple(
    fc.constantFrom<FinishVerb>('complete', 'fail', 'release'),
    any,
    fc.constantFrom('right', 'right', 'right', 'stale', 'none'),
    fc.option(slot, { freq: 3 }),
  )
  .map(([verb, which, proof, other]): Draw<AgentAsked> => {
    return (model) => {
      // Tasks that somebody holds, or held, are the ones to be tried.
      const held = [...model.tasks.values()].filter(({ hold }) => hold);
      const task = pick(held.length > 0 && proof !== 'none' ? held : model.tasks.values(), which);
      if (!task) return undefined;
      const right = task.hold?.token ?? 0;
      const token = proof === 'none' ? 0 : proof === 'right' ? right : Math.max(right - 1, 1);
      const session = other === null ? (task.hold?.session ?? '') : (newest(model, other)?.id ?? '');
      return { kind: 'finish', verb, session, task: task.id, token };
    };
  });
const beat = slot.map((of): Draw<AgentAsked> => {
  return (model) => {
    const session = newest(model, of)?.id;
    return session === undefined ? undefined : { kind: 'beat', session };
  };
});
const lock = fc.tuple(slot, fc.constantFrom('a', 'b')).map(([of, key]): Draw<AgentAsked> => {
  return (model) => {
    const session = newest(model, of)?.id;
    // What it has already it may have twice: that is not looked at here.
    if (session === undefined || model.locks.get(key)?.session === session) return undefined;
    return { kind: 'lock', session, key };
  };
});
const unlock = fc
  .tuple(any, fc.boolean(), fc.option(slot, { freq: 3 }))
  .map(([which, right, other]): Draw<AgentAsked> => {
    return (model) => {
      const found = pick(model.locks.values(), which);
      const session = other === null ? found?.session : newest(model, other)?.id;
      if (!found || found.token === 0 || session === undefined) return undefined;
      return { kind: 'unlock', session, lock: found.id, token: right ? found.token : found.token - 1 };
    };
  });
const start = slot.map((of): Draw<AgentAsked> => {
  return (model) => {
    if (newest(model, of)?.state === 'ACTIVE') return undefined;
    return { kind: 'start', session: freshId(model), slot: of };
  };
});
const end = slot.map((of): Draw<AgentAsked> => {
  return (model) => {
    const session = newest(model, of)?.id;
    return session === undefined ? undefined : { kind: 'end', session };
  };
});
const resume = fc.tuple(slot, fc.boolean()).map(([of, takeOver]): Draw<AgentAsked> => {
  return (model) => {
    const from = newest(model, of)?.id;
    return from === undefined ? undefined : { kind: 'resume', from, session: freshId(model), takeOver };
  };
});

/** What may be asked together with others: no session begins or ends by it. */
const small = fc.oneof(
  { arbitrary: create, weight: 4 },
  { arbitrary: take, weight: 3 },
  { arbitrary: finish, weight: 5 },
  { arbitrary: beat, weight: 1 },
  { arbitrary: lock, weight: 2 },
  { arbitrary: unlock, weight: 1 },
);
const large = fc.oneof(
  { arbitrary: start, weight: 3 },
  { arbitrary: end, weight: 1 },
  { arbitrary: resume, weight: 2 },
);

/** A step. What it asked is in the world's log: it may run in many worlds. */
class AgentStepOf implements AgentStep {
  constructor(
    private readonly kind: string,
    private readonly act: (model: AgentModel, world: AgentWorld) => Promise<void>,
  ) {}
  check(): boolean {
    return true;
  }
  run(model: AgentModel, world: AgentWorld): Promise<void> {
    return this.act(model, world);
  }
  toString(): string {
    return this.kind;
  }
}

/** What a session asks for twice it may have twice: that is not looked at here. */
function isSameLock(one: AgentAsked, other: AgentAsked): boolean {
  return one.kind === 'lock' && other.kind === 'lock' && one.session === other.session && one.key === other.key;
}

function ask(draws: readonly Draw<AgentAsked>[], how?: Crash): AgentStep {
  return new AgentStepOf('ask', async (model, world) => {
    const all: AgentAsked[] = [];
    for (const draw of draws) {
      const asked = draw(model);
      if (asked && !all.some((other) => isSameLock(other, asked))) all.push(asked);
    }
    if (all.length > 0) await world.ask(all, how);
  });
}

function nextOf([of, most, ttl]: readonly [number, number, number], waitMs: number): Draw<AskedNext> {
  return (model) => {
    const session = newest(model, of)?.id;
    return session === undefined ? undefined : { kind: 'next', session, most, ttlMs: ttl, waitMs };
  };
}

const claim = fc.tuple(slot, fc.integer({ min: 1, max: 2 }), ttlMs);

/** Sessions of all agents, and tasks for them. */
const begin: readonly AgentAsked[] = [
  ...Array.from({ length: SLOTS }, (_, i) => ({ kind: 'start' as const, session: `w${i + 1}`, slot: i })),
  ...[2, 1, 2, 1].map((priority) => ({ kind: 'create' as const, priority, delayMs: 0, after: undefined })),
];

/** What comes before the drawn steps. */
export function beginning(world: AgentWorld): Promise<void> {
  return world.ask(begin);
}

/** Any run of steps. `maxCommands` bounds its length. */
export function agentSteps(maxCommands: number): fc.Arbitrary<Iterable<AgentStep>> {
  const burst = fc.array(small, { minLength: 2, maxLength: 8 });
  const claims = fc.array(claim, { minLength: 1, maxLength: 4 });
  const maybeCrash = fc.option(crash, { nil: undefined, freq: 2 });
  return fc.commands(
    [
      small.map((draw) => ask([draw])),
      small.map((draw) => ask([draw])),
      large.map((draw) => ask([draw])),
      large.map((draw) => ask([draw])),
      fc.tuple(large, crash).map(([draw, how]) => ask([draw], how)),
      fc.tuple(burst, maybeCrash).map(([draws, how]) => ask(draws, how)),
      fc.tuple(claims, maybeCrash).map(([drawn, how]) => {
        return new AgentStepOf('next', async (model, world) => {
          const all = drawn.flatMap((each) => nextOf(each, 0)(model) ?? []);
          if (all.length > 0) await world.next(all, how);
        });
      }),
      claim.map((drawn) => {
        return new AgentStepOf('wait', async (model, world) => {
          const asked = nextOf(drawn, WAIT_MS)(model);
          if (asked) await world.wait(asked);
        });
      }),
      fc.integer({ min: 1, max: 30 }).map((steps) => {
        return new AgentStepOf(`pass ${steps * 200} ms`, (_, world) => world.pass(steps * 200));
      }),
      fc.integer({ min: 30, max: 70 }).map((steps) => {
        return new AgentStepOf(`pass ${steps * 200} ms`, (_, world) => world.pass(steps * 200));
      }),
      any.map((which) => new AgentStepOf(`repeat ${which}`, (_, world) => world.repeat(which))),
      fc.option(crash, { nil: undefined, freq: 1 }).map((how) => {
        return new AgentStepOf(`restart ${JSON.stringify(how)}`, (_, world) => world.restart(how));
      }),
    ],
    // Without a size fast-check draws ten steps at most, which is too few for a task to be claimed, lost and taken up.
    { maxCommands, size: 'max' },
  );
}
