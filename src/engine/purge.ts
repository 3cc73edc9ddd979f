import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import { PRINCIPAL_SYSTEM } from '../domain/command';
import type { Command } from '../domain/command';
import { formatOperation, formatProject, formatTask } from '../domain/names';
import type { StateSnapshot } from '../storage/state/state';

/** What is due to be purged. */
export interface DuePurges {
  /** At most as many as were asked for; a project comes after all of its tasks. */
  readonly commands: readonly Command[];
  /** There is more. */
  readonly more: boolean;
}

/** The purges that are due at `nowMs`, oldest first, at most `max`. A project takes its tasks with it, deleted or not. */
export async function duePurges(snapshot: StateSnapshot, nowMs: number, max: number): Promise<DuePurges> {
  const commands: Command[] = [];
  for await (const { kind, project, id } of snapshot.scan({ by: 'timer', dueMs: nowMs })) {
    if (kind === EntityKind.PROJECT) {
      for await (const task of snapshot.scan({ by: 'tasks', project })) {
        if (commands.length === max) return { commands, more: true };
        commands.push(purgeTask(project, task.id));
      }
    }
    if (commands.length === max) return { commands, more: true };
    commands.push(purge(kind, project, id));
  }
  return { commands, more: false };
}

const system = { caller: { principal: PRINCIPAL_SYSTEM, session: '', sessionToken: '' }, validateOnly: false };

function purge(kind: EntityKind, project: string, id: string): Command {
  if (kind === EntityKind.PROJECT) return purgeProject(project);
  return kind === EntityKind.OPERATION ? purgeOperation(id) : purgeTask(project, id);
}

function purgeTask(project: string, id: string): Command {
  return { ...system, kind: 'purgeTask', request: { name: formatTask(project, id) } };
}

function purgeProject(project: string): Command {
  return { ...system, kind: 'purgeProject', request: { name: formatProject(project) } };
}

function purgeOperation(id: string): Command {
  return { ...system, kind: 'purgeOperation', request: { name: formatOperation(id) } };
}
