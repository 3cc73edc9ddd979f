// What must hold between what callers were told, what a watcher saw and what the server keeps in the end.
//
// H1. An acknowledged mutation stands in the history under the sequence that its reply named, once, with its request id.
// H2. It comes after everything that anyone had been told when it was sent.
// H3. A refused mutation left nothing. An event belongs to a mutation that was sent; no mutation has two sequences.
// H4. Events are ordered and unique. Numbers without an event are starts of the server.
// H5. Each event follows its entity's last one: the revision is one more, the etag is its sequence. An accepted etag was
//     the present one.
// H6. What a read showed is in the history.
// H7. The last event of each task is what the server lists, and nothing else is listed.

import type { Task } from '../../src/gen/holdfast/v1/task';
import { digestOf } from './load';
import type { Operation, Sighting } from './load';
import type { Seen } from './watcher';

export interface History {
  readonly operations: readonly Operation[];
  readonly sightings: readonly Sighting[];
  /** What the watcher saw, in the order in which it came. */
  readonly seen: readonly Seen[];
  /** All that ListTasks gives at the end; nothing may be going on. */
  readonly listed: readonly Task[];
  /** How often the server was started: each start takes one sequence number. */
  readonly starts: number;
}

/** One sentence for each thing that is wrong; empty when all is well. */
export function historyViolations(history: History): string[] {
  return [
    ...orderViolations(history),
    ...operationViolations(history),
    ...entityViolations(history),
    ...sightingViolations(history),
    ...listingViolations(history),
  ];
}

/** H4. */
function orderViolations({ seen, starts }: History): string[] {
  const violations: string[] = [];
  let silent = 0;
  let [sequence, index] = [0, 0];
  for (const event of seen) {
    const next = event.sequence > sequence && event.index === 0;
    const same = event.sequence === sequence && event.index === index + 1;
    if (!next && !same) {
      violations.push(`event ${event.sequence}.${event.index} comes after ${sequence}.${index}`);
    }
    if (next) silent += event.sequence - sequence - 1;
    [sequence, index] = [event.sequence, event.index];
  }
  // A fresh store writes one record more: the project `default`.
  if (silent > starts + 1) violations.push(`${silent} sequence numbers have no event, but there were ${starts} starts`);
  return violations;
}

/** H1, H2 and H3. */
function operationViolations({ operations, seen }: History): string[] {
  const violations: string[] = [];
  const sequences = new Map<string, number>();
  for (const event of seen) {
    const first = sequences.get(event.requestId);
    if (first === undefined) sequences.set(event.requestId, event.sequence);
    else if (first !== event.sequence && event.requestId !== '') {
      violations.push(`request ${event.requestId} was applied at ${first} and again at ${event.sequence}`);
    }
  }
  for (const { mutation, outcome, sequence, after } of operations) {
    const { requestId } = mutation.request;
    const applied = sequences.get(requestId);
    sequences.delete(requestId);
    const what = `${mutation.method} ${requestId}`;
    if (outcome === 'acknowledged') {
      if (applied === undefined) violations.push(`${what} was acknowledged at ${sequence} and is lost`);
      else if (applied !== sequence)
        violations.push(`${what} was acknowledged at ${sequence} but stands at ${applied}`);
      if (sequence <= after) violations.push(`${what} got ${sequence} after ${after} was known`);
    } else if (outcome === 'refused') {
      if (applied !== undefined) violations.push(`${what} was refused but stands at ${applied}`);
    } else violations.push(`${what} is still ${outcome}`);
  }
  sequences.delete('');
  for (const [requestId, sequence] of sequences)
    violations.push(`nobody asked for ${requestId}, applied at ${sequence}`);
  return violations;
}

/** H5. */
function entityViolations({ operations, seen }: History): string[] {
  const violations: string[] = [];
  const demanded = new Map<string, string>();
  for (const { mutation, outcome } of operations) {
    const etag = 'etag' in mutation.request ? mutation.request.etag : '';
    if (outcome === 'acknowledged' && etag !== '') demanded.set(mutation.request.requestId, etag);
  }
  const last = new Map<string, Seen>();
  for (const event of seen) {
    const where = `${event.type} of ${event.name} at ${event.sequence}`;
    const before = last.get(event.name);
    last.set(event.name, event);
    if (event.etag === '') continue;
    if (event.etag !== String(event.sequence)) violations.push(`${where} has the etag ${event.etag}`);
    if (event.revision !== (before?.revision ?? 0) + 1) {
      violations.push(`${where} makes revision ${event.revision} of ${before?.revision ?? 0}`);
    }
    // A command that names one task changes that one first; a successor of it is new.
    const etag = event.index === 0 && before ? demanded.get(event.requestId) : undefined;
    if (etag !== undefined && before?.etag !== etag) {
      violations.push(`${where} was accepted for etag ${etag} when ${before?.etag} was present`);
    }
  }
  return violations;
}

/** H6. */
function sightingViolations({ seen, sightings }: History): string[] {
  const known = new Set(seen.map(({ name, etag }) => `${name}@${etag}`));
  return sightings
    .filter(({ name, etag }) => !known.has(`${name}@${etag}`))
    .map(({ name, etag }) => `a read showed ${name} at ${etag}, which never was`);
}

/** H7. */
function listingViolations({ seen, listed }: History): string[] {
  const violations: string[] = [];
  const last = new Map<string, Seen>();
  for (const event of seen) if (event.digest !== '' || event.type === 'task.purged') last.set(event.name, event);
  for (const task of listed) {
    const event = last.get(task.name);
    last.delete(task.name);
    if (!event) violations.push(`${task.name} is listed (twice?), with no event of it`);
    // Its readiness is worked out when it is read, and no event tells it.
    else if (event.digest !== digestOf([{ ...task, readiness: undefined }])) {
      violations.push(`${task.name} is listed at etag ${task.etag}, its last event has ${event.etag}`);
    }
  }
  for (const event of last.values()) {
    if (event.type !== 'task.purged')
      violations.push(`${event.name}, last changed at ${event.sequence}, is not listed`);
  }
  return violations;
}
