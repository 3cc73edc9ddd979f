// Locks. Each method is one RPC of holdfast.v1.LockService, whose comments are its manual. `Session.lock` guards work with one.

import type { MutationOptions, ReadOptions } from './call-options';
import type { Connection } from './connection';
import { durationOf, timeoutOfWait } from './durations';
import { LockMode } from './gen/holdfast/v1/lock';
import type { Lock, LockTarget } from './gen/holdfast/v1/lock';
import { LockServiceService as Service } from './gen/holdfast/v1/lock_service';
import type { ListLocksResponse, PathLocks } from './gen/holdfast/v1/lock_service';
import { mutation } from './mutations';
import { nameIn, projectName } from './names';
import { Pages } from './pages';

/** What a lock covers: a path, which may end in `/*` or `/**`, or a key. A bare word is a path. */
export type Target = string | { readonly path: string } | { readonly key: string };

export interface AcquireOptions extends MutationOptions {
  /** Others may have overlapping shared locks. */
  readonly shared?: boolean;
  /** How long to wait for it, in milliseconds; at most 10 minutes. Without it not at all. */
  readonly waitMs?: number;
  /** A ttl of its own, in milliseconds, from 1 s to 24 h; without it the lock lives with its session. */
  readonly ttlMs?: number;
  /** What for, in words. */
  readonly purpose?: string;
}

/** A lock and the token of its grant, as `acquire` gives them. */
export type HeldLock = Pick<Lock, 'name' | 'fencingToken'>;

/** Locks are held by sessions: all but `get`, `list` and `check` need one. */
export class Locks {
  constructor(private readonly connection: Connection) {}

  /** Gets a lock over all targets, or waits for it. */
  async acquire(targets: Target | readonly Target[], options: AcquireOptions = {}): Promise<Lock> {
    const { shared = false, waitMs, ttlMs, purpose = '' } = options;
    const request = {
      ...mutation(options),
      parent: projectName(this.connection.options.project),
      targets: (Array.isArray(targets) ? (targets as readonly Target[]) : [targets as Target]).map(targetOf),
      mode: shared ? LockMode.SHARED : LockMode.EXCLUSIVE,
      wait: durationOf('waitMs', waitMs),
      ttl: durationOf('ttlMs', ttlMs),
      purpose,
    };
    const timeoutMs = timeoutOfWait(waitMs ?? 0, options.timeoutMs ?? this.connection.options.timeoutMs);
    return (await this.connection.unary(Service.acquireLock, request, { ...options, timeoutMs })).lock!;
  }

  /** Renews a lock that has a ttl of its own. */
  async renew(lock: HeldLock, options: MutationOptions = {}): Promise<Lock> {
    const request = { ...mutation(options), name: this.nameOf(lock.name), fencingToken: lock.fencingToken };
    return (await this.connection.unary(Service.renewLock, request, options)).lock!;
  }

  /** Ends a lock, and gives it as it was. */
  async release(lock: HeldLock, options: MutationOptions = {}): Promise<Lock> {
    const request = { ...mutation(options), name: this.nameOf(lock.name), fencingToken: lock.fencingToken };
    return (await this.connection.unary(Service.releaseLock, request, options)).lock!;
  }

  /** A lock that is held. */
  async get(lock: string, options: ReadOptions = {}): Promise<Lock> {
    const request = { name: this.nameOf(lock), atLeast: options.atLeast };
    return (await this.connection.unary(Service.getLock, request, options)).lock!;
  }

  /** The locks that are held, by name; those of one session if it is given. */
  list(
    options: ReadOptions & { readonly pageSize?: number; readonly session?: string; readonly project?: string } = {},
  ): Pages<ListLocksResponse, Lock> {
    const { pageSize = 0, atLeast, project = this.connection.options.project } = options;
    const session = options.session === undefined ? '' : nameIn(project, 'sessions', options.session);
    const request = { parent: projectName(project), pageSize, session, atLeast };
    return new Pages(
      (pageToken) => this.connection.unary(Service.listLocks, { ...request, pageToken }, options),
      (page) => page.locks,
    );
  }

  /** Who holds what over each path, in the order in which they are given. */
  async check(paths: readonly string[], options: ReadOptions = {}): Promise<PathLocks[]> {
    const parent = projectName(this.connection.options.project);
    const request = { parent, paths: [...paths], atLeast: options.atLeast };
    return (await this.connection.unary(Service.checkLocks, request, options)).paths;
  }

  private nameOf(lock: string): string {
    return nameIn(this.connection.options.project, 'locks', lock);
  }
}

function targetOf(target: Target): LockTarget {
  if (typeof target === 'string') return { target: { $case: 'path', value: target } };
  if ('key' in target) return { target: { $case: 'key', value: target.key } };
  return { target: { $case: 'path', value: target.path } };
}
