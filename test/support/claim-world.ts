import type { Command } from '../../src/domain/command';
import { durationOf } from '../../src/domain/duration';
import { HeldLocks } from '../../src/domain/locks/held-locks';
import { indexedOf, isHeld } from '../../src/domain/indexed';
import { parseFilter } from '../../src/domain/query/filter';
import { QueryRow } from '../../src/domain/query/query-row';
import type { Row } from '../../src/domain/view';
import { Applier } from '../../src/engine/applier';
import { Claims } from '../../src/engine/claims/claims';
import { JournalClock } from '../../src/engine/clock';
import { Committer } from '../../src/engine/committer';
import { Decider } from '../../src/engine/decider';
import { DiskGuard } from '../../src/engine/disk-guard';
import type { Executed } from '../../src/engine/executed';
import { Feed } from '../../src/engine/feed';
import { Halt } from '../../src/engine/halt';
import { Healer } from '../../src/engine/healer';
import { Inbox } from '../../src/engine/inbox';
import type { Waiting } from '../../src/engine/inbox';
import { Marks } from '../../src/engine/marks';
import { silentObserver } from '../../src/engine/observer';
import { Overlay } from '../../src/engine/overlay';
import type { DecidedEffects } from '../../src/engine/overlay';
import type { Parking } from '../../src/engine/parking';
import { claimKeyOf, compareClaims } from '../../src/engine/query/order';
import { UuidSource } from '../../src/engine/uuid';
import { WaitingSessions } from '../../src/engine/waiting-sessions';
import { EntityKind, EventType, SessionWork, TaskWork } from '../../src/gen/holdfast/journal/v1/journal';
import { Queue } from '../../src/gen/holdfast/v1/queue';
import { StartSessionRequest } from '../../src/gen/holdfast/v1/session_service';
import { Task, TaskState } from '../../src/gen/holdfast/v1/task';
import { ClaimTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import { effectOf } from '../../src/storage/state/effect';
import { stateCursor } from '../../src/storage/state/scan-ranges';
import type { ScannedRow, ScanRange, StateSnapshot } from '../../src/storage/state/state';
import { MemoryJournal } from './memory-journal';
import { MemoryState } from './memory-state';
import { createProject, createTask } from './world';

/** What a claim asks for, in a test's words. */
export interface Asked {
  readonly queue?: string;
  readonly capabilities?: readonly string[];
  readonly filter?: string;
  readonly tasksMax?: number;
  readonly waitMs?: number;
  readonly requestId?: Buffer;
  readonly signal?: AbortSignal;
  readonly validateOnly?: boolean;
}

/** The committer and its claims over memory, on a clock that the test holds. Each decision on a claim is held against a plain sort of all tasks. */
export class ClaimWorld {
  readonly state = new MemoryState();
  readonly journal = new MemoryJournal();
  readonly inbox = new Inbox();
  readonly marks = new Marks(0);
  readonly claims: Claims;
  readonly sessions: WaitingSessions;
  readonly committer: Committer;
  readonly decider: Decider;
  /** Notices that the claims gave. */
  readonly notices: string[] = [];
  /** Whether decisions on claims are compared. */
  compares = true;
  /** Decisions on claims that were compared. */
  compared = 0;
  /** Snapshots that the claims have read. */
  reads = 0;
  /** While set, readings wait for it, with their snapshot taken. */
  holdReads: Promise<void> | undefined;
  /** Times that a claim was asked about, whatever came of it. */
  asked = 0;
  private readonly tokens = new Map<string, string>();
  private readonly rows = new Map<string, { readonly kind: EntityKind; readonly id: string; readonly row: Row }>();
  private monotonicMs = 0;
  private readonly clock = new JournalClock({ wallMs: () => START_MS, monotonicMs: () => this.monotonicMs }, 0);

  private constructor() {
    const { state, journal, inbox, marks, clock } = this;
    const overlay = new Overlay();
    const halt = new Halt();
    const digest = state.digest.clone();
    const tallies = state.tallies.clone();
    const [uuids, locks] = [new UuidSource(), new HeldLocks()];
    const decider = new Decider({ state, overlay, clock, uuids, tallies, digest, locks });
    this.decider = decider;
    const never = (): Promise<void> => Promise.resolve();
    const healer = new Healer(journal, state, () => undefined, never);
    const onApplied = (): void => this.committer.wake();
    const applier = new Applier({ state, overlay, marks, halt, observer: silentObserver, onApplied });
    marks.onWait = () => applier.hurry();
    this.sessions = new WaitingSessions({
      view: decider.view,
      nowMs: () => clock.nowMs(),
      execute: (command) => this.put(command),
    });
    this.claims = new Claims({
      sessions: this.sessions,
      view: decider.view,
      nowMs: () => clock.nowMs(),
      read: async (read) => {
        await marks.whenApplied(marks.decided);
        this.reads++;
        const snapshot = new MemorySnapshot(state);
        await this.holdReads;
        return read(snapshot);
      },
      returnFirst: (waiting) => {
        inbox.returnFirst(waiting);
        this.committer.wake();
      },
      onNotice: ({ message }) => this.notices.push(message),
    });
    this.committer = new Committer({
      ...{ inbox, decider, digest, journal, overlay, marks, applier, healer, halt, observer: silentObserver },
      feed: new Feed(journal, 0),
      disk: new DiskGuard(journal, { freeBytes: () => Promise.resolve(1e12) } as never, '', 0),
      parkings: [this.held()],
      listeners: [this.sessions],
    });
    journal.auto = true;
  }

  /** A world with project p, and a session for each agent, of the agent's name. */
  static async of(...agents: readonly string[]): Promise<ClaimWorld> {
    const world = new ClaimWorld();
    await world.run({ kind: 'createProject', request: createProject('p') });
    for (const agent of agents) await world.start(agent, 0);
    return world;
  }

  /** Starts a session of an agent, of its name. */
  async start(agent: string, ttlMs: number): Promise<void> {
    const given = { parent: 'projects/p', agent, sessionId: agent, ttl: durationOf(ttlMs) };
    const { replies } = await this.run({ kind: 'startSession', request: StartSessionRequest.fromPartial(given) });
    this.tokens.set(agent, SessionWork.decode(replies[1]!.image).token);
  }

  get nowMs(): number {
    return this.clock.nowMs();
  }

  /** Executes a command, by an agent's session if given. */
  run(action: object, agent?: string, more: Partial<Command> & { signal?: AbortSignal } = {}): Promise<Executed> {
    const { signal, ...rest } = more;
    const session = agent === undefined ? '' : `projects/p/sessions/${agent}`;
    const caller = { principal: 'local', session, sessionToken: this.tokens.get(agent ?? '') ?? '' };
    return this.put({ ...action, caller, validateOnly: false, ...rest } as Command, signal);
  }

  private put(command: Command, signal?: AbortSignal): Promise<Executed> {
    return new Promise((resolve, reject) => {
      this.inbox.add({ command, resolve, reject, enqueued: 0, signal });
      this.committer.wake();
    });
  }

  /** Creates a task of queue default, and gives its id. */
  async create(task: Partial<Task> = {}): Promise<string> {
    return (await this.run({ kind: 'createTask', request: createTask(task) })).replies[0]!.id;
  }

  /** The ids of the tasks that an agent gets. */
  async claim(agent: string, asked: Asked = {}): Promise<string[]> {
    const { queue = '', capabilities = [], filter = '', tasksMax = 0, waitMs = 0 } = asked;
    const { requestId, signal, validateOnly = false } = asked;
    const wait = durationOf(waitMs);
    const request = ClaimTaskRequest.fromPartial({
      ...{ parent: 'projects/p', queue, capabilities: [...capabilities], filter, maxTasks: tasksMax, wait },
    });
    const identity = requestId && { requestId, requestHash: Buffer.alloc(16, 1) };
    const more = { ...identity, validateOnly, ...(signal ? { signal } : {}) };
    const { replies } = await this.run({ kind: 'claimTask', request }, agent, more);
    return replies.filter(({ kind }) => kind === EntityKind.TASK).map(({ id }) => id);
  }

  /** The token of the hold on a task; 0 for none. */
  tokenOf(id: string): number {
    const row = this.rows.get(`${EntityKind.TASK_WORK}/${id}`)?.row;
    return row ? (TaskWork.decode(row.image).lease?.fencingToken ?? 0) : 0;
  }

  /** Whether somebody holds a task. */
  isHeld(id: string): boolean {
    const row = this.rows.get(`${EntityKind.TASK_WORK}/${id}`)?.row;
    return row !== undefined && TaskWork.decode(row.image).lease?.lapsed === false;
  }

  /** The ids of all tasks. */
  taskIds(): string[] {
    return [...this.rows.values()].flatMap(({ kind, id }) => (kind === EntityKind.TASK ? id : []));
  }

  /** Settings of a queue, put there past all rules. */
  setQueue(queue: string, settings: Partial<Queue>): void {
    const image = Buffer.from(Queue.encode(Queue.fromPartial(settings)).finish());
    const change = {
      ...{
        kind: EntityKind.QUEUE,
        project: 'p',
        id: queue,
        image,
        removed: false,
        previousSequence: 0,
        previousCrc: 0,
      },
      ...{ event: EventType.QUEUE_UPDATED, changedPaths: [], previousIndexed: undefined, held: false },
    };
    const effect = effectOf(change, 1);
    this.state.rows.set(`${EntityKind.QUEUE}/p/${queue}`, effect.row!);
    this.claims.decided({ record: { requestId: Buffer.alloc(0) } as never, effects: [effect], bytes: 0 });
  }

  /** Tells the claims that a task is back in its queue, which is not so. */
  corrupt(id: string): void {
    const { row } = this.rows.get(`${EntityKind.TASK}/${id}`)!;
    const task = Task.fromPartial({ ...Task.decode(row.image), state: TaskState.PENDING });
    const change = {
      ...{ kind: EntityKind.TASK, project: 'p', id, image: Buffer.from(Task.encode(task).finish()), removed: false },
      ...{ previousSequence: 0, previousCrc: 0, event: EventType.TASK_UPDATED, changedPaths: [] },
      ...{ previousIndexed: undefined, held: false },
    };
    const record = { requestId: Buffer.alloc(0) } as never;
    this.claims.decided({ record, effects: [effectOf(change, 1)], bytes: 0 });
  }

  /** Lets journal time pass. */
  advance(ms: number): void {
    for (let left = ms; left > 0; left -= STEP_MS) {
      this.monotonicMs += Math.min(left, STEP_MS);
      this.clock.nowMs();
    }
    this.claims.look();
  }

  /** Lets everything happen that is on its way. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 4;) {
      const before = `${this.reads} ${this.asked} ${this.marks.decided} ${this.marks.applied}`;
      await this.committer.whenIdle();
      await this.marks.whenApplied(this.marks.decided);
      await new Promise((resolve) => setImmediate(resolve));
      const after = `${this.reads} ${this.asked} ${this.marks.decided} ${this.marks.applied}`;
      quiet = before === after ? quiet + 1 : 0;
    }
  }

  /** The ids of all tasks that a claim could be given now, in the order of claiming: from the rows alone. */
  claimable(agent: string, { queue = '', capabilities = [], filter = '' }: Asked): string[] {
    const settings = this.state.rows.get(`${EntityKind.QUEUE}/p/${queue || 'default'}`);
    const { paused, concurrencyLimit } = settings ? Queue.decode(settings.image) : Queue.fromPartial({});
    const test = parseFilter(filter, 'filter');
    const found = [...this.rows.values()].flatMap(({ kind, id, row }) => {
      if (kind !== EntityKind.TASK) return [];
      const indexed = indexedOf(row.image);
      const { state, deleted, assignee, notBeforeMs } = indexed;
      const { requiredCapabilities } = Task.decode(row.image);
      const graph = this.rows.get(`${EntityKind.TASK_GRAPH}/${id}`)?.row.image;
      const fits =
        state === TaskState.PENDING &&
        !deleted &&
        indexed.queue === (queue || 'default') &&
        (assignee === '' || assignee === agent) &&
        notBeforeMs <= this.nowMs &&
        requiredCapabilities.every((each) => capabilities.includes(each)) &&
        !isHeld(graph) &&
        test.matches(new QueryRow('p', id, row.image, false, () => undefined), this.nowMs);
      return fits ? claimKeyOf(indexed, id) : [];
    });
    const running = [...this.rows.values()].filter(({ kind, row }) => {
      if (kind !== EntityKind.TASK) return false;
      const { state, queue: of } = indexedOf(row.image);
      return state === TaskState.RUNNING && of === (queue || 'default');
    }).length;
    const room = paused ? 0 : concurrencyLimit === 0 ? found.length : Math.max(concurrencyLimit - running, 0);
    return found
      .sort(compareClaims)
      .map(({ id }) => id)
      .slice(0, room);
  }

  /** The claims, with each of their answers compared. */
  private held(): Parking {
    const { claims } = this;
    return {
      kinds: claims.kinds,
      get waiting() {
        return claims.waiting;
      },
      admit: (waiting) => {
        this.asked++;
        const command = claims.admit(waiting);
        if (command && this.compares)
          this.compare(waiting, (command as { candidates?: readonly string[] }).candidates ?? []);
        return command;
      },
      keeps: (waiting, fault) => claims.keeps(waiting, fault),
      decided: (record) => {
        this.remember(record);
        claims.decided(record);
      },
      close: (why) => claims.close(why),
    };
  }

  private compare({ command }: Waiting, candidates: readonly string[]): void {
    const { queue, capabilities, filter, maxTasks } = command.request as ClaimTaskRequest;
    const agent = command.caller.session.split('/').at(-1)!;
    const wanted = this.claimable(agent, { queue, capabilities, filter }).slice(0, Math.max(maxTasks, 1));
    // A claim may get fewer than it takes at most, but the first ones, and something if there is something.
    expect(candidates).toEqual(wanted.slice(0, Math.max(candidates.length, Math.min(wanted.length, 1))));
    this.compared++;
  }

  private remember({ effects }: DecidedEffects): void {
    for (const { change, row } of effects) {
      const key = `${change.kind}/${change.id}`;
      if (row) this.rows.set(key, { kind: change.kind, id: change.id, row });
      else this.rows.delete(key);
    }
  }
}

const START_MS = Date.UTC(2026, 0, 1);
/** The most that journal time moves at once. */
const STEP_MS = 200;

/** The tasks of a memory state as they are when it is made, in the order of the ranges of the state. */
class MemorySnapshot implements StateSnapshot {
  readonly sequence: number;
  private readonly rows: ReadonlyMap<string, Row>;

  constructor(state: MemoryState) {
    this.sequence = state.applied;
    this.rows = new Map(state.rows);
  }

  async *scan(range: ScanRange, options: { readonly after?: string | undefined } = {}): AsyncIterable<ScannedRow> {
    const found = [...this.rows].flatMap(([key, row]) => {
      const [kind, project, id] = key.split('/') as [string, string, string];
      return Number(kind) === EntityKind.TASK ? { id, project, row, indexed: indexedOf(row.image) } : [];
    });
    const held = (id: string): boolean => isHeld(this.rows.get(`${EntityKind.TASK_GRAPH}/p/${id}`)?.image);
    const cursor = (id: string, row: Row): string =>
      range.by === 'state' ? stateCursor(range, range.queue!, claimKeyOf(indexedOf(row.image), id)) : id;
    const inRange = found
      .filter(({ id, project, indexed: { state, queue, deleted, assignee } }) => {
        if (deleted) return false;
        if (range.by === 'assignee') return project === range.project && assignee === range.assignee && state <= 5;
        if (range.by !== 'state') throw new Error(`no scan by ${range.by}`);
        return project === range.project && state === range.state && queue === range.queue && held(id) === range.held;
      })
      .sort((a, b) => compareClaims(claimKeyOf(a.indexed, a.id), claimKeyOf(b.indexed, b.id)));
    for (const { id, project, row } of inRange) {
      const at = cursor(id, row);
      if (options.after !== undefined && Buffer.compare(bytesOf(at), bytesOf(options.after)) <= 0) continue;
      await Promise.resolve();
      yield { kind: EntityKind.TASK, project, id, row, held: held(id), cursor: at };
    }
  }

  queues(): AsyncIterable<string> {
    throw new Error('nothing that is tested with this asks for queues');
  }

  row(kind: EntityKind, project: string, id: string): Promise<Row | undefined> {
    return Promise.resolve(this.rowNow(kind, project, id));
  }

  rowNow(kind: EntityKind, project: string, id: string): Row | undefined {
    return this.rows.get(`${kind}/${project}/${id}`);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const bytesOf = (cursor: string): Buffer => Buffer.from(cursor, 'base64url');
