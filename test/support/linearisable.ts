// Whether what concurrent clients saw can be put into one order that agrees with real time and with a model: the search of Wing and Gong, with
// Lowe's memory of what was tried (J. M. Wing, C. Gong: Testing and verifying concurrent objects, 1993; G. Lowe: Testing for
// linearizability, 2017).
//
// A client calls one thing after another. So what has been put in order is, of each client, its first calls: a few counts say which, and with the
// model's state they are all that the rest of the search depends on.

/** One call as its client saw it. */
export interface Seen<Op> {
  readonly client: number;
  /** Moments of one clock that ticks at each call and each return. */
  readonly calledAt: number;
  /** Infinity: its outcome is unknown; it may have happened at any time after the call, or not at all. */
  readonly returnedAt: number;
  /** What was asked, and what was answered. */
  readonly op: Op;
}

/** What the calls should look like if they were made one after another. */
export interface Model<Op, State> {
  readonly initial: State;
  /** The state after a call; undefined if it could not have had this answer. */
  step(state: State, op: Op): State | undefined;
  /** Equal for equal states. */
  key(state: State): string;
}

export type Verdict<Op> =
  | { readonly linearisable: true; readonly looked: number }
  /** `longest`: the longest order that was found; `stuck`: the calls that could have come next in it, none of which fits. */
  | { readonly linearisable: false; readonly longest: readonly Op[]; readonly stuck: readonly Op[] };

/** Tells the moments of calls, and keeps what was seen. */
export class History<Op> {
  readonly seen: Seen<Op>[] = [];
  private moment = 0;

  /** Makes a call. What it gives says what was asked and answered; undefined: nothing that is worth keeping. */
  async call(client: number, make: () => Promise<Op | undefined>): Promise<Op | undefined> {
    const calledAt = ++this.moment;
    const op = await make();
    if (op !== undefined) this.seen.push({ client, calledAt, returnedAt: ++this.moment, op });
    return op;
  }
}

/** One step of the search: which client's call was put next, what was before, and the steps before it. */
interface Step<Op, State> {
  readonly client: number;
  readonly op: Op;
  readonly state: State;
  readonly depth: number;
  readonly before: Step<Op, State> | undefined;
}

/** Searches for an order. Its cost grows with how much goes on at once, not with how long it goes on. */
export function check<Op, State>(seen: readonly Seen<Op>[], model: Model<Op, State>): Verdict<Op> {
  const clients = byClient(seen);
  const done = clients.map(() => 0);
  const tried = new Set<string>();
  let last: Step<Op, State> | undefined;
  let { initial: state } = model;
  let from = 0;
  let longest: { readonly step: Step<Op, State> | undefined; readonly stuck: readonly Op[] } | undefined;
  for (;;) {
    const next = clients.map((calls, client) => calls[done[client]!]);
    // Whatever is put next was called before anything that is left returned.
    const boundary = Math.min(...next.map((call) => call?.returnedAt ?? Infinity));
    if (boundary === Infinity) return { linearisable: true, looked: tried.size };
    const may = (call: Seen<Op> | undefined): call is Seen<Op> => call !== undefined && call.calledAt <= boundary;
    let client = from;
    for (; client < clients.length; client++) {
      const call = next[client];
      const after = may(call) ? model.step(state, call.op) : undefined;
      if (after === undefined) continue;
      done[client]!++;
      const key = `${done.join()} ${model.key(after)}`;
      if (!tried.has(key)) {
        tried.add(key);
        last = { client, op: call!.op, state, depth: (last?.depth ?? 0) + 1, before: last };
        state = after;
        break;
      }
      done[client]!--;
    }
    if (client < clients.length) {
      from = 0;
      continue;
    }
    if (!longest || (last?.depth ?? 0) > (longest.step?.depth ?? 0)) {
      longest = { step: last, stuck: next.filter(may).map(({ op }) => op) };
    }
    if (!last) return { linearisable: false, longest: orderOf(longest.step), stuck: longest.stuck };
    done[last.client]!--;
    state = last.state;
    from = last.client + 1;
    last = last.before;
  }
}

/** The calls of each client in order. One whose outcome is unknown has a client of its own, so that nothing waits for it. */
function byClient<Op>(seen: readonly Seen<Op>[]): Seen<Op>[][] {
  const clients = new Map<number | Seen<Op>, Seen<Op>[]>();
  for (const call of seen) {
    const whose = call.returnedAt === Infinity ? call : call.client;
    const calls = clients.get(whose);
    if (calls) calls.push(call);
    else clients.set(whose, [call]);
  }
  return [...clients.values()].map((calls) => calls.sort((a, b) => a.calledAt - b.calledAt));
}

function orderOf<Op, State>(last: Step<Op, State> | undefined): Op[] {
  const order: Op[] = [];
  for (let step = last; step; step = step.before) order.push(step.op);
  return order.reverse();
}
