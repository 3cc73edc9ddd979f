// The settings of queues. A queue is there as soon as a task names it; it has a row as soon as somebody has set something.

import { EntityKind, EventType } from '../gen/holdfast/journal/v1/journal';
import { Queue } from '../gen/holdfast/v1/queue';
import type { UpdateQueueRequest } from '../gen/holdfast/v1/queue_service';
import { changedPaths } from './changed-paths';
import type { Draft } from './draft';
import { CONCURRENCY_LIMIT_MAX } from './limits';
import { checkRetryPolicy, checkTimeouts, copyRetryPolicy, copyTimeouts } from './work/policy-checks';
import { formatQueue, parseQueue } from './queue-names';
import { fieldInvalid } from './refusal';
import { checkEtag, enterProject } from './task-access';
import { readMask } from './update-mask';
import { Violations } from './violations';
import type { Report } from './violations';

interface QueueField {
  /** Its proto name. */
  readonly path: string;
  readonly isSet: (queue: Queue) => boolean;
  readonly check: (queue: Queue, report: Report) => void;
  readonly copy: (from: Queue, to: Queue) => void;
}

const FIELDS: readonly QueueField[] = [
  {
    path: 'paused',
    isSet: ({ paused }) => paused,
    check: () => undefined,
    copy: (from, to) => void (to.paused = from.paused),
  },
  {
    path: 'concurrency_limit',
    isSet: ({ concurrencyLimit }) => concurrencyLimit !== 0,
    check: ({ concurrencyLimit: limit }, report) => {
      if (limit >= 0 && limit <= CONCURRENCY_LIMIT_MAX) return;
      report('concurrency_limit', `is ${limit}; 1 to ${CONCURRENCY_LIMIT_MAX} are allowed, and 0 for any number`);
    },
    copy: (from, to) => void (to.concurrencyLimit = from.concurrencyLimit),
  },
  {
    path: 'retry_policy',
    isSet: ({ retryPolicy }) => retryPolicy !== undefined,
    check: ({ retryPolicy }, report) => checkRetryPolicy(retryPolicy, report),
    copy: (from, to) => void (to.retryPolicy = copyRetryPolicy(from.retryPolicy)),
  },
  {
    path: 'timeouts',
    isSet: ({ timeouts }) => timeouts !== undefined,
    check: ({ timeouts }, report) => checkTimeouts(timeouts, report),
    copy: (from, to) => void (to.timeouts = copyTimeouts(from.timeouts)),
  },
];
const byPath = new Map(FIELDS.map((field) => [field.path, field]));
const maskable = { settable: FIELDS, outputOnly: new Set(['name', 'etag', 'update_time', 'counts']) };

/** UpdateQueue: always writes the row, so that its request id is kept. Gives the index of its change. Refuses with ETAG_MISMATCH, and with
 *  QUOTA above 1,000 queues. */
export function updateQueue(draft: Draft, { queue: given, updateMask, etag }: UpdateQueueRequest): number {
  if (!given) throw fieldInvalid('queue', 'is required');
  const { project, id } = parseQueue(given.name, 'queue.name');
  enterProject(draft, 'updateQueue', project);
  const image = draft.image(EntityKind.QUEUE, project, id);
  const before = image ? Queue.decode(image) : defaultQueue(project, id);
  checkEtag(before.name, before.etag, etag);
  const after = { ...before };
  const violations = new Violations();
  violations.prefix = 'queue.';
  for (const { path } of readMask(maskable, given, updateMask).list) {
    const field = byPath.get(path)!;
    field.copy(given, after);
    field.check(after, violations.report);
  }
  violations.throwIfAny();
  draft.queueRoom.enter(project, id);
  after.etag = String(draft.context.sequence);
  after.updateTime = draft.now;
  const bytes = Buffer.from(Queue.encode(after).finish());
  return draft.put(EntityKind.QUEUE, project, id, bytes, EventType.QUEUE_UPDATED, changedPaths(before, after));
}

/** A queue that nobody has set. */
export function defaultQueue(project: string, id: string): Queue {
  return {
    name: formatQueue(project, id),
    ...{ etag: '', paused: false, concurrencyLimit: 0, retryPolicy: undefined, timeouts: undefined },
    ...{ updateTime: undefined, counts: undefined },
  };
}
