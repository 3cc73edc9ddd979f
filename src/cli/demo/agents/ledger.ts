// What the journal says of each task: who was given it, when, under which token, and what came of it.

import type { Event } from '../../../gen/holdfast/v1/event';
import type { Task } from '../../../gen/holdfast/v1/task';

/** A session was given a task. */
export interface Grant {
  readonly sequence: number;
  readonly session: string;
  readonly agent: string;
  readonly fencingToken: number;
  /** A successor took it over from a session that was gone. */
  readonly adopted: boolean;
}

export interface TaskLedger {
  readonly grants: Grant[];
  readonly completions: { readonly sequence: number; readonly session: string }[];
  /** How often its lease ran out, or its session was lost with it. */
  lapses: number;
  /** The keys of its steps that were kept. */
  steps: number;
}

export class Ledger {
  readonly tasks = new Map<string, TaskLedger>();
  lost = 0;
  private readonly waiting = new Set<() => void>();

  /** Takes an event, in the order of the journal. */
  record({ type, name, position, session, after }: Event): void {
    const sequence = position?.sequence ?? 0;
    if (type === 'session.lost') this.lost++;
    if (type === 'step.kept') this.of(name.replace(/\/steps\/[^/]*$/, '')).steps++;
    if (!type.startsWith('task.')) return;
    const task = this.of(name);
    if (type === 'task.claimed' || type === 'task.handed_over') {
      const lease = after?.resource?.$case === 'task' ? after.resource.value.lease : undefined;
      if (lease) {
        const { agent, fencingToken } = lease;
        task.grants.push({
          sequence,
          session: lease.session,
          agent: idOf(agent),
          fencingToken,
          adopted: type !== 'task.claimed',
        });
      }
    }
    if (type === 'task.lease_expired') task.lapses++;
    if (type === 'task.completed') task.completions.push({ sequence, session });
    for (const look of [...this.waiting]) look();
  }

  of(name: string): TaskLedger {
    let task = this.tasks.get(name);
    if (!task) {
      task = { grants: [], completions: [], lapses: 0, steps: 0 };
      this.tasks.set(name, task);
    }
    return task;
  }

  /** How many of these tasks are done. */
  doneOf(tasks: readonly Task[]): number {
    return tasks.filter(({ name }) => this.of(name).completions.length > 0).length;
  }

  /** Resolves when something holds, which is looked at after each event of a task; or when `signal` aborts. */
  until(holds: () => boolean, signal: AbortSignal): Promise<void> {
    if (holds() || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        this.waiting.delete(look);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const look = (): void => void (holds() && end());
      this.waiting.add(look);
      signal.addEventListener('abort', end);
    });
  }
}

/** The last part of a name. */
export function idOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** Names of tasks of a listing, by which they are looked up. */
export function byName(tasks: readonly Task[]): ReadonlyMap<string, Task> {
  return new Map(tasks.map((task) => [task.name, task]));
}
