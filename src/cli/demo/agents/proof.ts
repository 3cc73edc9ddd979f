// What the demo of the agents proves, from the journal alone.

import { DependencyKind, TaskState } from '../../../gen/holdfast/v1/task';
import type { Task } from '../../../gen/holdfast/v1/task';
import type { Check } from '../checks';
import type { Ledger } from './ledger';
import { byName } from './ledger';

/** Every task that can be done is done, each by one completion. */
export function doneOnce(ledger: Ledger, wanted: readonly Task[]): Check {
  const times = wanted.map(({ name }) => ledger.of(name).completions.length);
  const never = times.filter((count) => count === 0).length;
  const doubled = times.filter((count) => count > 1).length;
  return {
    holds: wanted.length > 0 && never === 0 && doubled === 0,
    says: `${wanted.length} tasks done, each once: ${never} never, ${doubled} twice`,
  };
}

/** Each completion came from the session that was given the task last; nobody was given a task that was done. */
export function byItsHolder(ledger: Ledger, wanted: readonly Task[]): Check {
  let completions = 0;
  let strangers = 0;
  let afterwards = 0;
  for (const task of wanted.map(({ name }) => ledger.of(name))) {
    for (const { sequence, session } of task.completions) {
      completions++;
      const holder = task.grants.findLast((grant) => grant.sequence < sequence);
      if (holder?.session !== session) strangers++;
    }
    const first = task.completions[0]?.sequence ?? Infinity;
    afterwards += task.grants.filter(({ sequence }) => sequence > first).length;
  }
  return {
    holds: completions > 0 && strangers === 0 && afterwards === 0,
    says: `${completions} completions, ${strangers} not by the valid holder, ${afterwards} claims after the end`,
  };
}

/** Every token of a task is greater than the ones before it. */
export function tokensGrow(ledger: Ledger, wanted: readonly Task[]): Check {
  let grants = 0;
  let stale = 0;
  for (const task of wanted.map(({ name }) => ledger.of(name))) {
    grants += task.grants.length;
    task.grants.forEach(({ fencingToken }, i) => {
      if (fencingToken <= (task.grants[i - 1]?.fencingToken ?? 0)) stale++;
    });
  }
  return {
    holds: grants > 0 && stale === 0,
    says: `${grants} fencing tokens, ${stale} not above those before them`,
  };
}

/** Nobody was given a task while another that it waits for, or a part of it, was not done. `before`: the tasks as they came in. */
export function noneWhileBlocked(ledger: Ledger, before: readonly Task[]): Check {
  const names = byName(before);
  const parts = new Map<string, Task[]>();
  for (const task of before) {
    const siblings = parts.get(task.parent);
    if (siblings) siblings.push(task);
    else parts.set(task.parent, [task]);
  }
  let edges = 0;
  let early = 0;
  for (const task of before) {
    const blockers = task.dependencies.filter(({ kind }) => kind === DependencyKind.BLOCKS);
    const first = ledger.of(task.name).grants[0]?.sequence ?? Infinity;
    for (const other of [...blockers.map((edge) => names.get(edge.task)), ...(parts.get(task.name) ?? [])]) {
      if (!other || other.state === TaskState.SUCCEEDED || other.state === TaskState.CANCELED) continue;
      edges++;
      const doneAt = ledger.of(other.name).completions[0]?.sequence ?? Infinity;
      if (first !== Infinity && doneAt > first) early++;
    }
  }
  return { holds: early === 0, says: `${edges} dependencies and parts, ${early} passed over by a claim` };
}

/** The result of each part of a task was kept once for all of its attempts. */
export function stepsOnce(ledger: Ledger, wanted: readonly Task[], parts: number, partsDone: number): Check {
  const wrong = wanted.filter(({ name }) => ledger.of(name).steps !== parts).length;
  const kept = wanted.reduce((sum, { name }) => sum + ledger.of(name).steps, 0);
  return {
    holds: wrong === 0 && kept === parts * wanted.length,
    says: `${kept} steps kept, each once; ${Math.max(0, partsDone - kept)} of ${partsDone} done again after a death`,
  };
}

/** What was done to the agents. A run proves nothing without. */
export function faultsPlayed(facts: {
  readonly kills: number;
  readonly freezes: number;
  readonly lapses: number;
  readonly adopted: number;
  readonly refused: number;
}): Check {
  const { kills, freezes, lapses, adopted, refused } = facts;
  return {
    holds: kills > 0 && freezes > 0 && lapses + adopted > 0 && refused > 0,
    says: `${kills} kills, ${freezes} freezes: ${lapses} leases ran out, ${adopted} taken over, ${refused} refused late`,
  };
}
