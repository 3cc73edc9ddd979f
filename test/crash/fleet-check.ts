// What a journal says about the work of a fleet: it is folded record by record, and each record is held against the rules.
//
// R1. Each task succeeds once, by the holder of its last claim (or by anyone while nobody holds it).
// R2. Tokens of a task grow, and each is the sequence of its record.
// R3. A claim of the next ready tasks takes exactly the first ones in the order of claiming: none is passed over.
// R4. What is claimed is not held back, by its edges as by its index entry.
// R5. What an agent was told is in the journal: claims and completions that were acknowledged, under their tokens.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { derive } from '../../src/domain/derive';
import type { IndexEntry } from '../../src/domain/derive';
import { DependencyKind, Task, TaskState } from '../../src/gen/holdfast/v1/task';
import { EntityKind, EventType, Group, TaskWork, Verb } from '../../src/gen/holdfast/journal/v1/journal';
import type { Change, Record } from '../../src/gen/holdfast/journal/v1/journal';
import { nodeFiles } from '../../src/storage/node-files';
import { walkJournal } from '../../src/storage/journal/walk';

/** A line of an agent's log. */
export interface Fact {
  readonly fact: 'claimed' | 'done' | 'failed' | 'released' | 'refused' | 'crashed';
  readonly task?: string;
  readonly token?: number;
  readonly reason?: string;
  readonly what?: string;
  readonly how?: string;
  readonly message?: string;
}

type StateEntry = Extract<IndexEntry, { index: 'state' }>;

interface Ready {
  readonly id: string;
  readonly entry: StateEntry;
}

/** What the fold came to. */
export interface FleetReport {
  readonly violations: readonly string[];
  readonly succeeded: number;
  readonly claims: number;
  readonly nextClaims: number;
  readonly leasesExpired: number;
  readonly resumes: number;
  readonly lost: number;
  readonly boots: number;
}

const VIOLATIONS_MAX = 20;

/** Reads the journal of a stopped store, in order. */
export async function* recordsOf(dir: string): AsyncGenerator<Record, void, undefined> {
  for await (const step of walkJournal(nodeFiles, join(dir, 'journal'))) {
    if (step.kind === 'problem') throw new Error(`the journal is damaged: ${step.problem.problem}`);
    if (step.kind === 'group') yield* Group.decode(step.frame.body).records;
  }
}

/** All lines of all agents. A line that a kill cut off is none. */
export function factsIn(dir: string): Fact[] {
  return readdirSync(dir).flatMap((name) =>
    readFileSync(join(dir, name), 'utf8')
      .split('\n')
      .flatMap((line): Fact[] => {
        try {
          return line === '' ? [] : [JSON.parse(line) as Fact];
        } catch {
          return [];
        }
      }),
  );
}

class Fold {
  readonly violations: string[] = [];
  readonly tasks = new Map<string, Task>();
  readonly works = new Map<string, TaskWork>();
  readonly successes = new Map<string, number[]>();
  /** The token under which each task succeeded. */
  readonly successTokens = new Map<string, number>();
  readonly tokens = new Map<string, number[]>();
  readonly ready = new Map<string, StateEntry>();
  claims = 0;
  nextClaims = 0;
  leasesExpired = 0;
  resumes = 0;
  lost = 0;
  boots = 0;

  record(record: Record): void {
    if (record.verb === Verb.BOOT) this.boots++;
    if (record.verb === Verb.RESUME_SESSION) this.resumes++;
    if (record.verb === Verb.CLAIM_TASK) this.checkClaim(record);
    for (const change of record.changes) {
      if (change.event === EventType.TASK_COMPLETED) this.checkSuccess(record, change);
      if (change.event === EventType.TASK_LEASE_EXPIRED) this.leasesExpired++;
      if (change.event === EventType.SESSION_LOST) this.lost++;
    }
    for (const change of record.changes) this.apply(record, change);
  }

  complain(text: string): void {
    if (this.violations.length < VIOLATIONS_MAX) this.violations.push(text);
  }

  /** R3, R4. */
  private checkClaim({ sequence, timeMs, changes }: Record): void {
    const claimed = changes.filter(({ event }) => event === EventType.TASK_CLAIMED).map(({ id }) => id);
    if (claimed.length === 0) return;
    this.nextClaims++;
    const taken = new Set(claimed);
    const worst = claimed
      .map((id) => ({ id, entry: this.ready.get(id) }))
      .reduce<Ready | undefined>((last, { id, entry }) => {
        if (!entry) {
          this.complain(`R4: ${id} was claimed at ${sequence} while it was held back or not PENDING`);
          return last;
        }
        if (entry.notBeforeMs > timeMs) this.complain(`R4: ${id} was claimed at ${sequence} before its time`);
        for (const { task, kind } of this.tasks.get(id)!.dependencies) {
          const blocker = this.tasks.get(task.slice(task.lastIndexOf('/') + 1));
          if (kind === DependencyKind.BLOCKS && blocker?.state !== TaskState.SUCCEEDED) {
            this.complain(`R4: ${id} was claimed at ${sequence} while ${task} blocked it`);
          }
        }
        return !last || compare({ id, entry }, last) > 0 ? { id, entry } : last;
      }, undefined);
    if (!worst) return;
    for (const [id, entry] of this.ready) {
      if (taken.has(id) || entry.notBeforeMs > timeMs) continue;
      if (compare({ id, entry }, worst) < 0) {
        this.complain(`R3: ${worst.id} was claimed at ${sequence} past ${id}`);
        return;
      }
    }
  }

  /** R1. */
  private checkSuccess({ sequence, session }: Record, { id }: Change): void {
    const lease = this.works.get(id)?.lease;
    const before = this.successes.get(id) ?? [];
    if (before.length > 0) this.complain(`R1: ${id} succeeded at ${before[0]} and at ${sequence}`);
    this.successes.set(id, [...before, sequence]);
    if (lease) {
      this.successTokens.set(id, lease.fencingToken);
      // A holder may have gone on in another session of its agent, but never in that of another agent.
      if (session !== '' && lease.session !== session && !lease.lapsed) {
        this.complain(`R1: ${id} was completed at ${sequence} by ${session}, but ${lease.session} held it`);
      }
    }
  }

  private apply({ sequence }: Record, change: Change): void {
    const { kind, id, removed, image } = change;
    if (kind === EntityKind.TASK) {
      if (removed) this.tasks.delete(id);
      else this.tasks.set(id, Task.decode(image));
    }
    if (kind === EntityKind.TASK_WORK) this.applyWork(sequence, id, removed ? undefined : TaskWork.decode(image));
    const { remove, put } = derive(change);
    for (const entry of remove) if (entry.index === 'state' && this.ready.has(id)) this.ready.delete(id);
    for (const entry of put) {
      if (entry.index === 'state' && entry.state === TaskState.PENDING && !entry.held) this.ready.set(id, entry);
    }
  }

  /** R2. */
  private applyWork(sequence: number, id: string, work: TaskWork | undefined): void {
    const before = this.works.get(id)?.lease?.fencingToken ?? 0;
    const token = work?.lease?.fencingToken ?? 0;
    if (work) this.works.set(id, work);
    else this.works.delete(id);
    if (token === 0 || token === before) return;
    this.claims++;
    const given = this.tokens.get(id) ?? [];
    if (token !== sequence) this.complain(`R2: ${id} got the token ${token} at ${sequence}`);
    if (token <= (given.at(-1) ?? 0)) this.complain(`R2: ${id} got the token ${token} after ${given.at(-1)}`);
    this.tokens.set(id, [...given, token]);
  }
}

/** Holds the journal of a stopped store, and what the agents wrote down, against the rules. */
export async function checkFleet(dir: string, facts: readonly Fact[]): Promise<FleetReport> {
  const fold = new Fold();
  for await (const record of recordsOf(dir)) fold.record(record);
  for (const { fact, task = '', token = 0, message } of facts) {
    const id = task.slice(task.lastIndexOf('/') + 1);
    // R5.
    if (fact === 'crashed') fold.complain(`an agent crashed: ${message}`);
    if (fact === 'claimed' && !fold.tokens.get(id)?.includes(token))
      fold.complain(`R5: ${id} was never claimed under ${token}`);
    if (fact === 'done' && fold.successTokens.get(id) !== token) {
      fold.complain(`R5: ${id} was done under ${token}, the journal says ${fold.successTokens.get(id)}`);
    }
  }
  const { violations, claims, nextClaims, leasesExpired, resumes, lost, boots } = fold;
  return { violations, succeeded: fold.successes.size, claims, nextClaims, leasesExpired, resumes, lost, boots };
}

/** The order of claiming: priority, `not_before`, age, then id as keys have it: given ones first, by number. */
function compare(a: Ready, b: Ready): number {
  const [x, y] = [a.entry, b.entry];
  return (
    x.priority - y.priority ||
    x.notBeforeMs - y.notBeforeMs ||
    x.createTimeMs - y.createTimeMs ||
    Number(a.id.slice(1)) - Number(b.id.slice(1))
  );
}
