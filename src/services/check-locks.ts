// CheckLocks: who holds something of a path, before somebody changes it.

import { parseSession } from '../domain/sessions/agent-names';
import type { Caller } from '../domain/command';
import { DamagedRow } from '../storage/state/state';
import type { HeldLock } from '../domain/locks/held-locks';
import { CHECK_LOCKS_PATHS_MAX, CHECK_LOCKS_SHOWN_MAX } from '../domain/limits';
import { covers, formatPath, pathCoverOf } from '../domain/locks/lock-target';
import type { PathCover } from '../domain/locks/lock-target';
import { fieldInvalid } from '../domain/refusal';
import { Violations } from '../domain/violations';
import type { Engine } from '../engine/engine';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { CheckLocksRequest } from '../gen/holdfast/v1/lock_service';
import { PathLocks } from '../gen/holdfast/v1/lock_service';
import { unary } from './method';
import { findProject } from './reading';
import type { ServiceContext } from './replies';
import { splice } from './splice';
import type { Part } from './splice';

/** CheckLocks. All paths are looked at in one turn: the reply is of one position. */
export function checkLocks(context: ServiceContext) {
  const { engine, positions } = context;
  return unary(context, async (request: CheckLocksRequest, caller: Caller) => {
    const paths = pathsOf(request);
    const project = await findProject(engine, request.parent, 'parent');
    const own = ownSession(caller, project);
    for (;;) {
      const sequence = engine.reach(request.atLeast);
      try {
        const parts: Part[] = paths.map((path) => ({ field: 1, bytes: look(engine, project, path, own) }));
        parts.push({ field: 2, bytes: positions.bytes(sequence) });
        return splice(parts);
      } catch (fault) {
        if (!(fault instanceof DamagedRow)) throw fault;
        // Healed, everything is looked at again.
        await engine.read(fault.kind, fault.project, fault.id);
      }
    }
  });
}

function pathsOf({ paths }: CheckLocksRequest): readonly PathCover[] {
  if (paths.length === 0 || paths.length > CHECK_LOCKS_PATHS_MAX) {
    throw fieldInvalid('paths', `has ${paths.length} entries, 1 to ${CHECK_LOCKS_PATHS_MAX} are allowed`);
  }
  const violations = new Violations();
  const parsed = paths.map((path, i) => pathCoverOf(path, `paths[${i}]`, violations.report));
  violations.throwIfAny();
  return parsed as PathCover[];
}

/** The id of the caller's session in the project; empty for none. */
function ownSession({ session }: Caller, project: string): string {
  if (session === '') return '';
  const own = parseSession(session, 'metadata.holdfast-session');
  return own.project === project ? own.id : '';
}

function look(engine: Engine, project: string, path: PathCover, own: string): Buffer {
  // Whoever is nobody and shares nothing is in the way of every lock that overlaps.
  const found = [...engine.locks(project).conflicting({ session: '', exclusive: true, covers: [path] })];
  const isOwn = ({ session }: HeldLock): boolean => own !== '' && session === own;
  const head = PathLocks.encode({
    path: formatPath(path),
    locks: [],
    heldByCaller: found.some((lock) => isOwn(lock) && lock.exclusive && lock.covers.some((each) => covers(each, path))),
    heldByOthers: found.some((lock) => !isOwn(lock)),
  }).finish();
  const shown = found.slice(0, CHECK_LOCKS_SHOWN_MAX).flatMap(({ id }) => {
    const row = engine.readNow(EntityKind.LOCK, project, id);
    return row ? [{ field: 2, bytes: row.image }] : [];
  });
  return splice(shown, head);
}
