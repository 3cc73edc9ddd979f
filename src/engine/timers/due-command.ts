import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { PRINCIPAL_SYSTEM } from '../../domain/command';
import type { Action, Command } from '../../domain/command';
import { formatOperation, formatProject, formatTask } from '../../domain/names';
import type { OwnRow } from '../../domain/own-requests';

/** What follows when the time of a row of a kind has come. */
const DUE: { readonly [kind in EntityKind]?: (row: OwnRow) => Action } = {
  [EntityKind.TASK]: ({ project, id }) => ({ kind: 'purgeTask', request: { name: formatTask(project, id) } }),
  [EntityKind.PROJECT]: ({ project }) => ({ kind: 'purgeProject', request: { name: formatProject(project) } }),
  [EntityKind.OPERATION]: ({ id }) => ({ kind: 'purgeOperation', request: { name: formatOperation(id) } }),
  [EntityKind.LOCK]: (row) => ({ kind: 'expireLock', request: row }),
  [EntityKind.CHECKPOINT_LINE]: (row) => ({ kind: 'expireCheckpoints', request: row }),
  [EntityKind.BLOB]: (row) => ({ kind: 'purgeBlob', request: row }),
  [EntityKind.TASK_WORK]: (row) => ({ kind: 'expireTask', request: row }),
  [EntityKind.SESSION_WORK]: (row) => ({ kind: 'expireSession', request: row }),
  [EntityKind.MEMORY]: (row) => ({ kind: 'expireMemory', request: row }),
  [EntityKind.MESSAGE]: (row) => ({ kind: 'expireMessage', request: row }),
};

const system = { caller: { principal: PRINCIPAL_SYSTEM, session: '', sessionToken: '' }, validateOnly: false };

/** The command by which the server looks at a row whose time has come; undefined for kinds that no timer looks at. */
export function dueCommand(kind: EntityKind, row: OwnRow): Command | undefined {
  const action = DUE[kind]?.(row);
  return action && { ...system, ...action };
}
