// Subscriptions: how fast a watcher reads what was, how many events reach many watchers, and how long after the reply of a
// create its event comes.

import { WatchEventsRequest } from '../../src/gen/holdfast/v1/event_service';
import { WireScan } from '../../src/domain/wire';
import { connect } from './raw-client';
import type { RawClient, RawStream } from './raw-client';
import { createRequest, parent, referenceTaskBytes } from './reference';
import { figure } from './results';
import type { Row } from './results';
import { firstTask, manyInFlight } from './stage';
import type { Stage, WantedLoad } from './stage';
import { median, percentile } from './statistics';

/** Watchers on one connection: as a proxy would share it. */
const watchersPerConnection = 10;
/** Creates one after another whose events are timed. */
const timedCreates = 300;
/** Field numbers of WatchEventsResponse and EventBatch. */
const eventsField = 3;
const caughtUpField = 5;
const eventField = 1;

/** Watchers that count what they get. */
class Watchers {
  /** Events by watcher. */
  readonly counts: number[] = [];
  private readonly clients: RawClient[] = [];
  private readonly streams: RawStream[] = [];
  private caughtUp = 0;
  private goal = Infinity;
  private atGoal = 0;
  private reached: () => void = () => undefined;
  private failed: (error: Error) => void = () => undefined;
  /** Hears of each message with events; timing hangs here. */
  onEvents: (watcher: number) => void = () => undefined;

  constructor(
    private readonly address: string,
    private readonly count: number,
  ) {}

  /** Resolves when each watcher has been told that it has caught up. */
  open(start: WatchEventsRequest['start']): Promise<void> {
    const request = WatchEventsRequest.encode(WatchEventsRequest.create({ parent, start })).finish();
    return new Promise((resolve, reject) => {
      this.failed = reject;
      for (let watcher = 0; watcher < this.count; watcher++) {
        if (watcher % watchersPerConnection === 0) this.clients.push(connect(this.address));
        this.counts.push(0);
        const onMessage = (message: Buffer) => {
          if (this.take(watcher, message) && ++this.caughtUp === this.count) resolve();
        };
        const onEnd = (why: string) => this.failed(new Error(`a watcher ended: ${why}`));
        this.streams.push(this.clients.at(-1)!.stream('EventService/WatchEvents', request, onMessage, onEnd));
      }
    });
  }

  /** Resolves when each watcher has had `events` more than now. */
  more(events: number): Promise<void> {
    this.counts.fill(0);
    this.goal = events;
    this.atGoal = 0;
    return new Promise((resolve, reject) => {
      this.reached = resolve;
      this.failed = reject;
    });
  }

  close(): void {
    for (const stream of this.streams) stream.cancel();
    for (const client of this.clients) client.close();
  }

  /** Counts the events of a message; whether it says that the watcher has caught up. */
  private take(watcher: number, message: Buffer): boolean {
    const scan = new WireScan(message);
    let caughtUp = false;
    while (scan.next()) {
      if (scan.field === caughtUpField) caughtUp = true;
      if (scan.field !== eventsField) continue;
      const batch = scan.message();
      let events = 0;
      while (batch.next()) if (batch.field === eventField) events++;
      const before = this.counts[watcher]!;
      this.counts[watcher] = before + events;
      if (before < this.goal && before + events >= this.goal && ++this.atGoal === this.count) this.reached();
      this.onEvents(watcher);
    }
    return caughtUp;
  }
}

export async function measureWatch(stage: Stage): Promise<Row[]> {
  const { calls } = stage.options;
  const rows = [await replayed(stage, calls)];
  rows.push(...(await live(stage, 1, calls)), ...(await live(stage, 100, Math.ceil(calls / 10))));
  for (const watchers of [1, 100]) rows.push(...(await latency(stage, watchers)));
  return rows;
}

const creates = (count: number): WantedLoad => ({
  method: 'TaskService/CreateTask',
  message: createRequest(),
  count,
  ...manyInFlight,
  writes: true,
  replyBytes: referenceTaskBytes,
});

/** One watcher from the oldest event on, until it has caught up. */
async function replayed(stage: Stage, least: number): Promise<Row> {
  const { holdfast } = await stage.servers();
  await stage.load(holdfast, creates(least));
  const rates: number[] = [];
  for (let round = 0; round < stage.options.rounds; round++) {
    const watchers = new Watchers(holdfast.address, 1);
    const began = performance.now();
    await watchers.open({ $case: 'earliest', value: true });
    rates.push((watchers.counts[0]! * 1000) / (performance.now() - began));
    watchers.close();
  }
  return { what: 'events from the start, 1 watcher', measured: figure(median(rates), '/s'), against: '', raw: rates };
}

/** Events to watchers while creates come in with 128 in flight; the creates' rate beside that without watchers. */
async function live(stage: Stage, count: number, calls: number): Promise<Row[]> {
  const { holdfast } = await stage.servers();
  const rounds: { eventsPerSecond: number; createsPerSecond: number; alonePerSecond: number }[] = [];
  for (let round = 0; round < stage.options.rounds; round++) {
    const alone = await stage.load(holdfast, creates(calls));
    const watchers = new Watchers(holdfast.address, count);
    await watchers.open({ $case: 'now', value: true });
    const all = watchers.more(calls);
    let began = 0;
    watchers.onEvents = () => {
      began = performance.now();
      watchers.onEvents = () => undefined;
    };
    const load = await stage.load(holdfast, creates(calls));
    await all;
    const eventsPerSecond = (calls * count * 1000) / (performance.now() - began);
    watchers.close();
    rounds.push({ eventsPerSecond, createsPerSecond: load.perSecond, alonePerSecond: alone.perSecond });
  }
  return [
    {
      what: `events to ${count} live, in all`,
      measured: figure(median(rounds.map((round) => round.eventsPerSecond)), '/s'),
      against: '',
      raw: rounds,
    },
    {
      what: '  creates meanwhile / without',
      measured: figure(median(rounds.map((round) => round.createsPerSecond)), '/s'),
      against: figure(median(rounds.map((round) => round.alonePerSecond)), '/s'),
      score: median(rounds.map((round) => round.createsPerSecond / round.alonePerSecond)),
      raw: undefined,
    },
  ];
}

/** One create after another: from its start to its reply, and from its reply to its event at each watcher. */
async function latency(stage: Stage, count: number): Promise<Row[]> {
  const { holdfast } = await stage.servers();
  await firstTask(holdfast);
  const watchers = new Watchers(holdfast.address, count);
  await watchers.open({ $case: 'now', value: true });
  const replyMs: number[] = [];
  const eventMs: number[] = [];
  const afterReplyMs: number[] = [];
  const message = createRequest();
  let arrivals: number[] = [];
  watchers.onEvents = () => arrivals.push(performance.now());
  for (let i = 0; i < timedCreates; i++) {
    arrivals = [];
    const all = watchers.more(1);
    const began = performance.now();
    await holdfast.client.unary('TaskService/CreateTask', message);
    const replied = performance.now();
    await all;
    replyMs.push(replied - began);
    for (const at of arrivals) {
      eventMs.push(at - began);
      afterReplyMs.push(at - replied);
    }
  }
  watchers.close();
  const both = (values: readonly number[]) =>
    `${percentile(values, 0.5).toFixed(2)}/${percentile(values, 0.99).toFixed(2)}`;
  return [
    {
      what: `create to event / reply, ${count} watch`,
      measured: `${both(eventMs)} ms`,
      against: `${both(replyMs)} ms`,
      score: percentile(eventMs, 0.99) / percentile(replyMs, 0.99),
      raw: { replyMs, eventMs, afterReplyMs },
    },
    { what: '  event after reply, p50/p99', measured: `${both(afterReplyMs)} ms`, against: '', raw: undefined },
  ];
}
