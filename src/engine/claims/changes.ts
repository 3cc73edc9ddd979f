// What decided changes mean for claims.

import type { Command } from '../../domain/command';
import { indexedOf } from '../../domain/indexed';
import { formatSession } from '../../domain/sessions/agent-names';
import { formatProject } from '../../domain/names';
import type { Row, View } from '../../domain/view';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { Change } from '../../gen/holdfast/journal/v1/journal';
import { Project } from '../../gen/holdfast/v1/project';
import { Session, SessionState } from '../../gen/holdfast/v1/session';
import { TaskState } from '../../gen/holdfast/v1/task';
import type { Effect } from '../../storage/state/effect';
import { isLimited } from './room';
import type { ChangedTask } from './shelf';

export type ClaimChange =
  | { readonly of: 'task'; readonly task: ChangedTask }
  /** A queue may give more than before: it goes on, or fewer of its tasks are RUNNING. */
  | { readonly of: 'room'; readonly project: string; readonly queue: string }
  /** A task of the queue changed whose row cannot be read. */
  | { readonly of: 'unreadable'; readonly project: string; readonly queue: string }
  /** Some claims cannot be served any more. */
  | { readonly of: 'over'; readonly concerns: (command: Command) => boolean };

/** What the effects of a record mean for claims. `view`: after the record. */
export function* changesOf(view: View, effects: readonly Effect[]): Iterable<ClaimChange> {
  for (const { change, row } of effects) {
    const { kind, project, id } = change;
    if (kind === EntityKind.TASK) yield* ofTask(view, change, row);
    else if (kind === EntityKind.TASK_GRAPH) yield* ofGraph(view, change);
    else if (kind === EntityKind.QUEUE) yield { of: 'room', project, queue: id };
    else if (kind === EntityKind.PROJECT && (!row || Project.decode(row.image).deleteTime)) {
      yield { of: 'over', concerns: isOfProject(project) };
    } else if (kind === EntityKind.SESSION && (!row || Session.decode(row.image).state !== SessionState.ACTIVE)) {
      yield { of: 'over', concerns: isOfSession(formatSession(project, id)) };
    }
  }
}

function* ofTask(view: View, change: Change, row: Row | undefined): Iterable<ClaimChange> {
  const { project, id, image, held, previousIndexed: before } = change;
  const after = row && { ...indexedOf(row.image), held };
  yield { of: 'task', task: { project, id, before, after, image } };
  if (before?.state !== TaskState.RUNNING) return;
  const leaves = after?.state !== TaskState.RUNNING || after.queue !== before.queue;
  if (leaves && isLimited(view, project, before.queue)) yield { of: 'room', project, queue: before.queue };
}

/** A graph row that carries indexed fields says that its task is held back now, or no more. */
function* ofGraph(view: View, { project, id, held, previousIndexed: before }: Change): Iterable<ClaimChange> {
  if (!before) return;
  const image = imageOf(view, project, id);
  if (image) yield { of: 'task', task: { project, id, before, after: { ...before, held }, image } };
  else yield { of: 'unreadable', project, queue: before.queue };
}

function isOfProject(project: string): (command: Command) => boolean {
  return (command) => command.kind === 'claimTask' && command.request.parent === formatProject(project);
}

function isOfSession(session: string): (command: Command) => boolean {
  return ({ caller }) => caller.session === session;
}

/** A row that is damaged is healed by whoever reads it next: here nothing may fail any more. */
function imageOf(view: View, project: string, id: string): Uint8Array | undefined {
  try {
    return view.row(EntityKind.TASK, project, id)?.image;
  } catch {
    return undefined;
  }
}
