import { Verb } from '../gen/holdfast/journal/v1/journal';
import type { Action } from './command';

/** The journal's verb of each kind of command. */
export const verbs: Readonly<Record<Action['kind'], Verb>> = {
  createProject: Verb.CREATE_PROJECT,
  updateProject: Verb.UPDATE_PROJECT,
  deleteProject: Verb.DELETE_PROJECT,
  undeleteProject: Verb.UNDELETE_PROJECT,
  purgeProject: Verb.PURGE_PROJECT,
  createTask: Verb.CREATE_TASK,
  batchCreateTasks: Verb.BATCH_CREATE_TASKS,
  updateTask: Verb.UPDATE_TASK,
  deleteTask: Verb.DELETE_TASK,
  undeleteTask: Verb.UNDELETE_TASK,
  purgeTask: Verb.PURGE_TASK,
  completeTask: Verb.COMPLETE_TASK,
  failTask: Verb.FAIL_TASK,
  cancelTask: Verb.CANCEL_TASK,
  pauseTask: Verb.PAUSE_TASK,
  resumeTask: Verb.RESUME_TASK,
  retryTask: Verb.RETRY_TASK,
  reopenTask: Verb.REOPEN_TASK,
};

/** A verb as callers know it: the name of its RPC. */
export function rpcName(kind: Action['kind']): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}
