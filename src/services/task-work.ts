// Tasks as everybody sees them: the stored row, and what goes on at it, which stands in rows of its own.

import { idIn } from '../domain/sessions/agent-names';
import { expireTimeOf } from '../domain/work/holder';
import type { Look } from '../domain/standing';
import { timestampOf } from '../domain/timestamp';
import { WIRE_VARINT, WireScan } from '../domain/wire';
import { EntityKind, TaskWork } from '../gen/holdfast/journal/v1/journal';
import type { Change } from '../gen/holdfast/journal/v1/journal';
import { Session } from '../gen/holdfast/v1/session';
import { Task } from '../gen/holdfast/v1/task';
import { Artifact, Attempt, AttemptOutcome, InputExchange } from '../gen/holdfast/v1/work';
import type { Lease } from '../gen/holdfast/v1/work';

/** Attempts and questions that a task shows: the newest. */
const SHOWN_MAX = 20;

/** The encoded task with its lease, progress and counts. `work` is its TASK_WORK row; without one the task is as it is. */
export function withWork(look: Look, project: string, task: Uint8Array, work: Uint8Array | undefined): Uint8Array {
  if (!work) return task;
  return Buffer.concat([task, workFields(look, project, TaskWork.decode(work))]);
}

/** The encoded fields that a task shows of what goes on at it: they follow its own. */
export function workFields(look: Look, project: string, work: TaskWork): Uint8Array {
  return Task.encode(shown(look, project, work)).finish();
}

/** The same with its attempts, questions and artifacts: what GetTask returns. */
export function withAllWork(look: Look, project: string, id: string, task: Uint8Array): Uint8Array {
  const image = look(EntityKind.TASK_WORK, project, id);
  if (!image) return task;
  const work = TaskWork.decode(image);
  const added = shown(look, project, work);
  added.attempts = numbered(look, EntityKind.TASK_ATTEMPT, project, id, work.attempts, SHOWN_MAX).map((row) =>
    Attempt.decode(row),
  );
  if (work.lease && !work.lease.lapsed) added.attempts.push(running(work, work.lease));
  added.attempts = added.attempts.slice(-SHOWN_MAX);
  added.inputs = numbered(look, EntityKind.TASK_INPUT, project, id, work.inputs, SHOWN_MAX).map((row) =>
    InputExchange.decode(row),
  );
  const { artifacts } = work;
  added.artifacts = numbered(look, EntityKind.ARTIFACT, project, id, artifacts.length, artifacts.length).map((row) => ({
    ...Artifact.decode(row),
    data: NO_BYTES,
  }));
  return Buffer.concat([task, Task.encode(added).finish()]);
}

/** The tasks that a reply names, each with what goes on at it, encoded, in its order. */
export function repliedTasks(look: Look, replies: readonly Change[]): Uint8Array[] {
  const works = new Map<string, Uint8Array>();
  for (const { kind, project, id, image } of replies) {
    if (kind === EntityKind.TASK_WORK) works.set(`${project}/${id}`, image);
  }
  return replies.flatMap(({ kind, project, id, image }) =>
    kind === EntityKind.TASK ? withWork(look, project, image, works.get(`${project}/${id}`)) : [],
  );
}

function shown(look: Look, project: string, work: TaskWork): Task {
  const { lease, progress, directive, attempts, failures, latestCheckpoint, totalDeadlineMs, offerEndMs } = work;
  return Task.fromPartial({
    lease: lease && { ...lease, expireTime: lease.lapsed ? undefined : expireTime(look, project, work, lease) },
    progress,
    directive,
    attemptCount: attempts,
    failureCount: failures,
    latestCheckpoint,
    totalDeadline: totalDeadlineMs > 0 ? timestampOf(totalDeadlineMs) : undefined,
    offerEndTime: offerEndMs > 0 ? timestampOf(offerEndMs) : undefined,
  });
}

function expireTime(look: Look, project: string, { renewedMs }: TaskWork, lease: Lease): Lease['expireTime'] {
  const session = idIn(lease.session);
  const work = look(EntityKind.SESSION_WORK, project, session);
  const sessionRenewedMs = work ? renewedMsIn(work) : 0;
  return expireTimeOf(lease, renewedMs, sessionRenewedMs, () => {
    const image = look(EntityKind.SESSION, project, session);
    return image && Session.decode(image);
  });
}

/** SessionWork.renewed_ms. */
const RENEWED_FIELD = 2;

/** When a session was renewed, by its row: of a thousand tasks of one session each asks. */
function renewedMsIn(work: Uint8Array): number {
  const scan = new WireScan(work);
  while (scan.next()) if (scan.field === RENEWED_FIELD && scan.wire === WIRE_VARINT) return scan.varint;
  return 0;
}

/** The attempt that goes on: it is written down when it ends. */
function running({ attempts }: TaskWork, { session, agent, fencingToken, acquireTime }: Lease): Attempt {
  return {
    number: attempts,
    session,
    agent,
    fencingToken,
    startTime: acquireTime,
    endTime: undefined,
    outcome: AttemptOutcome.RUNNING,
    error: undefined,
    retryTime: undefined,
  };
}

/** The newest of numbered rows that exist, oldest first. */
function numbered(
  look: Look,
  kind: EntityKind,
  project: string,
  id: string,
  last: number,
  count: number,
): Uint8Array[] {
  const rows: Uint8Array[] = [];
  for (let number = Math.max(1, last - count + 1); number <= last; number++) {
    const row = look(kind, project, `${id}/${number}`);
    if (row) rows.push(row);
  }
  return rows;
}

const NO_BYTES = Buffer.alloc(0);
