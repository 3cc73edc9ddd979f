// Goal: a repair of the indexes reaches those who wait for tasks and times, at once. Method: a live store whose index lost entries before anybody read
// them; the wait begins, then the repair comes.

import { setTimeout } from 'node:timers/promises';
import { durationOf } from '../../../src/domain/duration';
import { EntityKind, SessionWork } from '../../../src/gen/holdfast/journal/v1/journal';
import { Session } from '../../../src/gen/holdfast/v1/session';
import { StartSessionRequest } from '../../../src/gen/holdfast/v1/session_service';
import { Task, TaskState } from '../../../src/gen/holdfast/v1/task';
import { ClaimTaskRequest } from '../../../src/gen/holdfast/v1/task_service';
import * as keys from '../../../src/storage/state/keys';
import { boot } from '../../support/boot';
import type { Booted } from '../../support/boot';
import { damage, run } from '../../support/kept-store';

/** Looks until something is taken not to come: a minute and more. */
const LOOKS = 4000;

const parent = 'projects/default';

/** A store with one task that can be claimed. */
async function withTask(): Promise<Booted> {
  const booted = await boot();
  const request = { parent, task: Task.fromPartial({ title: 'One' }), taskId: '', requestId: '', validateOnly: false };
  await run(booted.engine, { kind: 'createTask', request: { ...request, ref: '', allowUnresolved: false } });
  return booted;
}

async function sessionOf({ engine }: Booted, agent: string) {
  const { replies } = await run(engine, {
    kind: 'startSession',
    request: StartSessionRequest.fromPartial({ parent, agent }),
  });
  const sessionToken = SessionWork.decode(replies[1]!.image).token;
  return { principal: 'local', session: Session.decode(replies[0]!.image).name, sessionToken };
}

/** Takes all entries of an index out. */
function lose({ engine }: Booted, table: number): Promise<void> {
  return damage(engine, async (store) => {
    const snapshot = store.snapshot();
    const batch = store.array();
    let lost = 0;
    for await (const chunk of store.chunks(snapshot, { gte: Buffer.of(table), lt: Buffer.of(table + 1) }, 64)) {
      for (const [key] of chunk) {
        batch.del(Buffer.from(key));
        lost++;
      }
    }
    await snapshot.close();
    await batch.write();
    expect(lost).toBeGreaterThan(0);
  });
}

async function repair({ engine, maintenance }: Booted): Promise<void> {
  await engine.withApplied(() => undefined);
  const report = await engine.store.state.scrub();
  expect(report.sound).toBe(false);
  await maintenance.integrity.putRight(report);
}

it('gives a claim that waits the task that a repair puts back into the index', async () => {
  const booted = await withTask();
  const { engine } = booted;
  const ada = await sessionOf(booted, 'ada');
  await lose(booted, keys.TABLE_STATE);
  const request = ClaimTaskRequest.fromPartial({ parent, wait: durationOf(600_000) });
  const claimed = run(engine, { kind: 'claimTask', request }, undefined, ada);
  for (let left = LOOKS; left > 0 && engine.claims.waiting === 0; left--) await setTimeout(20);
  await repair(booted);
  expect((await claimed).replies.map(({ id }) => id)).toContain('t1');
}, 240_000);

it('ends a lease whose time a repair puts back into the index', async () => {
  const first = await withTask();
  const ada = await sessionOf(first, 'ada');
  const request = ClaimTaskRequest.fromPartial({ name: `${parent}/tasks/t1`, leaseTtl: durationOf(1000) });
  await run(first.engine, { kind: 'claimTask', request }, undefined, ada);
  await lose(first, keys.TABLE_TIMER);
  await first.stop();
  const booted = await boot({ dir: first.dir });
  const stateOf = async (): Promise<TaskState> =>
    Task.decode((await booted.engine.read(EntityKind.TASK, 'default', 't1'))!.image).state;
  expect(await stateOf()).toBe(TaskState.RUNNING);
  await repair(booted);
  for (let left = LOOKS; left > 0 && (await stateOf()) === TaskState.RUNNING; left--) await setTimeout(20);
  expect(await stateOf()).toBe(TaskState.PENDING);
}, 240_000);
