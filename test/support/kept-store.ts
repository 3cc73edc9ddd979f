// A store with some of everything in it, that a test damages behind the engine's back while it is served.

import { PRINCIPAL_LOCAL } from '../../src/domain/command';
import type { Action } from '../../src/domain/command';
import { Refusal } from '../../src/domain/refusal';
import type { Row } from '../../src/domain/view';
import type { Engine } from '../../src/engine/engine';
import type { Executed } from '../../src/engine/executed';
import { EntityKind, SessionWork } from '../../src/gen/holdfast/journal/v1/journal';
import { Session } from '../../src/gen/holdfast/v1/session';
import { entityHash, rowCrc } from '../../src/storage/entity-hash';
import * as keys from '../../src/storage/state/keys';
import type { RowName } from '../../src/storage/state/keys';
import type { LevelStore } from '../../src/storage/state/level-store';
import { rowValue } from '../../src/storage/state/values';
import { durationOf } from '../../src/domain/duration';
import { AddDependencyRequest, AddNoteRequest, ClaimTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import { CompleteTaskRequest, UpdateTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import { DependencyKind, Task } from '../../src/gen/holdfast/v1/task';
import { StartSessionRequest } from '../../src/gen/holdfast/v1/session_service';
import type { Random } from './seed';

const nobody = { principal: PRINCIPAL_LOCAL, session: '', sessionToken: '' };

/** Runs a command, in nobody's session if none is given. */
export function run(engine: Engine, action: Action, requestId?: Buffer, caller = nobody): Promise<Executed> {
  const ids = requestId ? { requestId, requestHash: Buffer.alloc(16, 7) } : {};
  return engine.execute({ ...action, caller, validateOnly: false, ...ids });
}

/** Commands under way at once. */
const AT_ONCE = 16;

/** Fills a store: tasks below others and before others, notes, sessions that hold tasks, some ended, some deleted. What a rule refuses is left out. */
export async function fill(engine: Engine, random: Random, tasks: number): Promise<void> {
  const name = (n: number): string => `projects/default/tasks/t${n}`;
  const begun = await run(engine, {
    kind: 'startSession',
    request: StartSessionRequest.fromPartial({ parent: 'projects/default', agent: 'ada' }),
  });
  const [session, work] = begun.replies;
  const sessionToken = SessionWork.decode(work!.image).token;
  const ada = { principal: PRINCIPAL_LOCAL, session: Session.decode(session!.image).name, sessionToken };
  let asked: Promise<unknown>[] = [];
  // Commands are decided in the order in which they come: some at a time share a flush, and what is decided is the same.
  const attempt = async (action: Action): Promise<void> => {
    const answer = run(engine, action, random.bytes(16), ada).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
    });
    asked.push(answer);
    if (asked.length < AT_ONCE) return;
    await Promise.all(asked);
    asked = [];
  };
  for (let n = 1; n <= tasks; n++) {
    const parent = n > 3 && random.chance(0.3) ? name(1 + random.below(n - 1)) : '';
    const externalId = random.chance(0.3) ? `X-${n}` : '';
    const task = Task.fromPartial({
      ...{ title: `Task ${n}`, parent, externalId, queue: random.pick(['default', 'a']) },
      ...{ assignee: random.chance(0.2) ? 'bob' : '' },
    });
    const request = { parent: 'projects/default', task, taskId: '', requestId: '', validateOnly: false, ref: '' };
    await attempt({ kind: 'createTask', request: { ...request, allowUnresolved: false } });
  }
  for (let n = 1; n <= tasks; n++) {
    const other = name(1 + random.below(tasks));
    const kind = random.pick([DependencyKind.BLOCKS, DependencyKind.RELATED]);
    if (random.chance(0.3)) {
      const request = AddDependencyRequest.fromPartial({ name: name(n), dependency: { task: other, kind } });
      await attempt({ kind: 'addDependency', request });
    }
    if (random.chance(0.2))
      await attempt({
        kind: 'addNote',
        request: AddNoteRequest.fromPartial({ parent: name(n), note: { text: 'so' } }),
      });
    if (random.chance(0.3)) {
      const leaseTtl = durationOf(3_600_000);
      await attempt({ kind: 'claimTask', request: ClaimTaskRequest.fromPartial({ name: name(n), leaseTtl }) });
    }
    if (random.chance(0.3)) {
      const request = UpdateTaskRequest.fromPartial({
        task: { name: name(n), title: `Title ${n}` },
        updateMask: ['title'],
      });
      await attempt({ kind: 'updateTask', request });
    }
    if (random.chance(0.2))
      await attempt({ kind: 'completeTask', request: CompleteTaskRequest.fromPartial({ name: name(n) }) });
    if (random.chance(0.1))
      await attempt({ kind: 'deleteTask', request: { name: name(n), etag: '', requestId: '', validateOnly: false } });
  }
  await Promise.all(asked);
  await engine.withApplied(() => undefined);
}

/** Changes LevelDB behind the state's back. */
export async function damage(engine: Engine, change: (store: LevelStore) => Promise<void> | void): Promise<void> {
  await engine.withApplied(() => undefined);
  return engine.store.state.mend(async ({ store }) => change(store));
}

export async function put(store: LevelStore, key: Buffer, value: Buffer): Promise<void> {
  const batch = store.array();
  batch.put(key, value);
  await batch.write();
}

export async function del(store: LevelStore, key: Buffer): Promise<void> {
  const batch = store.array();
  batch.del(key);
  await batch.write();
}

/** The key of a row, in memory of its own. */
export function keyOf({ kind, project, id }: RowName): Buffer {
  return Buffer.from(keys.rowKey(kind, project, id));
}

/** The value of a row with a good checksum, whatever it says. */
export function valueOf({ kind, project, id }: RowName, { sequence, image }: Pick<Row, 'sequence' | 'image'>): Buffer {
  const crc = rowCrc(entityHash(kind, project, id), sequence, image);
  return Buffer.from(rowValue(sequence, image, crc));
}

/** Every entry of LevelDB but the applied mark and what repairs tell, in hex. */
export async function dumpOf(engine: Engine): Promise<Map<string, string>> {
  return engine.store.state.atMoment(async ({ store, snapshot }) => {
    const found = new Map<string, string>();
    const told = Buffer.of(keys.TABLE_ROWS + EntityKind.REPAIR);
    const all = { gte: Buffer.from([2]), lt: Buffer.from([255]) };
    for await (const chunk of store.chunks(snapshot, all, 256)) {
      for (const [key, value] of chunk) {
        // A reader of the engine may have met damage before the test did: what it healed is told in such a row.
        if (!key.subarray(0, told.length).equals(told)) found.set(key.toString('hex'), value.toString('hex'));
      }
    }
    return found;
  });
}
