import { acquireLock } from './locks/acquire-lock';
import { applyMutations } from './apply-mutations';
import { batchCreateTasks } from './batch-create-tasks';
import { purgeBlob } from './checkpoints/blob';
import { cancelTask } from './cancel-task';
import { saveCheckpoint } from './checkpoints/checkpoint';
import { deleteCheckpoints } from './checkpoints/checkpoint-removal';
import { expireCheckpoints, setCheckpointRetention } from './checkpoints/checkpoint-retention';
import { putCheckpointWrites } from './checkpoints/checkpoint-writes';
import { claimTask } from './work/claim-task';
import type { Action, Command, Decision, DecisionContext } from './command';
import { copyCheckpoints } from './checkpoints/copy-checkpoints';
import { createTask } from './create-task';
import { addDependency, removeDependency } from './dependency';
import { deleteTask, purgeTask, undeleteTask } from './delete-task';
import { acknowledgeDirective } from './work/directive';
import { Draft } from './draft';
import { endSession } from './sessions/end-session';
import { expireSession } from './sessions/expire-session';
import { heartbeatSession } from './sessions/heartbeat-session';
import { expireTask } from './work/expire-task';
import { completeTask, failTask, rejectTask } from './work/finish-task';
import { heartbeatTask } from './work/heartbeat-task';
import { provideInput, requestInput } from './work/input';
import { releaseTask } from './work/release-task';
import { putStep } from './work/step';
import { importTasks, releaseImport } from './import-tasks';
import { deleteMemory, expireMemory, putMemory } from './messages/memory';
import { acknowledgeMessages, expireMessage, sendMessage } from './messages/message';
import { expireLock, releaseLock, renewLock } from './locks/lock';
import { addNote } from './note';
import { advanceOperation, cancelOperation, purgeOperation, startOperation, startWork } from './operation';
import { changeHealth, completeRecovery, repairRow } from './announcement';
import { updateQueue } from './queue';
import { purgeProjectRows } from './purge-rows';
import { createProject, deleteProject, purgeProject, undeleteProject, updateProject } from './project';
import { pauseTask, reopenTask, resumeTask, retryTask } from './task-verbs';
import { renewSession } from './sessions/renew-session';
import { resumeSession } from './sessions/resume-session';
import { startSession } from './sessions/session';
import { enterSession } from './sessions/session-access';
import { appendTranscript, clearTranscript, popTranscript } from './checkpoints/transcript';
import { updateTask } from './update-task';
import type { View } from './view';

/**
 * Decides one command on the state that it sees. Pure and synchronous: the same view, command and context give the same
 * decision, and nothing is kept. Throws a Refusal, or CascadeChanged if a cascade's listing is out of date.
 */
export function decide(view: View, command: Command, context: DecisionContext): Decision {
  const draft = new Draft(view, command.caller, context);
  enterSession(draft, command);
  const reply = act(draft, command);
  return draft.finish(typeof reply === 'number' ? [reply] : reply);
}

/** Gives the indices of the changes that the reply names. */
function act(draft: Draft, command: Action): number | readonly number[] {
  switch (command.kind) {
    case 'createTask':
      return createTask(draft, command.request);
    case 'batchCreateTasks':
      return batchCreateTasks(draft, command.request);
    case 'updateTask':
      return updateTask(draft, command.request);
    case 'deleteTask':
      return deleteTask(draft, command.request);
    case 'undeleteTask':
      return undeleteTask(draft, command.request);
    case 'purgeTask':
      return purgeTask(draft, command.request);
    case 'completeTask':
      return completeTask(draft, command.request);
    case 'failTask':
      return failTask(draft, command.request);
    case 'cancelTask':
      return cancelTask(draft, command.request, command.descendants);
    case 'pauseTask':
      return pauseTask(draft, command.request);
    case 'resumeTask':
      return resumeTask(draft, command.request);
    case 'retryTask':
      return retryTask(draft, command.request);
    case 'reopenTask':
      return reopenTask(draft, command.request);
    case 'startOperation':
      return startOperation(draft, command.request, command.metadata);
    case 'startWork':
      return startWork(draft, command.request);
    case 'changeHealth':
      return changeHealth(draft, command.request);
    case 'repairRow':
      return repairRow(draft, command.request);
    case 'completeRecovery':
      return completeRecovery(draft, command.request);
    case 'advanceOperation':
      return advanceOperation(draft, command.request);
    case 'cancelOperation':
      return cancelOperation(draft, command.request);
    case 'purgeOperation':
      return purgeOperation(draft, command.request);
    case 'addDependency':
      return addDependency(draft, command.request);
    case 'removeDependency':
      return removeDependency(draft, command.request);
    case 'applyMutations':
      return applyMutations(draft, command.request, act);
    case 'startSession':
      return startSession(draft, command.request);
    case 'heartbeatSession':
      return heartbeatSession(draft, command.request);
    case 'renewSession':
      return renewSession(draft, command.request);
    case 'endSession':
      return endSession(draft, command.request);
    case 'resumeSession':
      return resumeSession(draft, command.request);
    case 'expireSession':
      return expireSession(draft, command.request, command.remains);
    case 'addNote':
      return addNote(draft, command.request);
    case 'importTasks':
      return importTasks(draft, command.request);
    case 'claimTask':
      return claimTask(draft, command.request, command.candidates);
    case 'heartbeatTask':
      return heartbeatTask(draft, command.request);
    case 'releaseTask':
      return releaseTask(draft, command.request);
    case 'requestInput':
      return requestInput(draft, command.request);
    case 'provideInput':
      return provideInput(draft, command.request);
    case 'acknowledgeDirective':
      return acknowledgeDirective(draft, command.request);
    case 'rejectTask':
      return rejectTask(draft, command.request);
    case 'putStep':
      return putStep(draft, command.request);
    case 'expireTask':
      return expireTask(draft, command.request);
    case 'releaseImport':
      return releaseImport(draft, command.request);
    case 'putMemory':
      return putMemory(draft, command.request);
    case 'deleteMemory':
      return deleteMemory(draft, command.request);
    case 'expireMemory':
      return expireMemory(draft, command.request);
    case 'sendMessage':
      return sendMessage(draft, command.request);
    case 'acknowledgeMessages':
      return acknowledgeMessages(draft, command.request);
    case 'expireMessage':
      return expireMessage(draft, command.request);
    case 'acquireLock':
      return acquireLock(draft, command.request, command.queue);
    case 'renewLock':
      return renewLock(draft, command.request);
    case 'releaseLock':
      return releaseLock(draft, command.request);
    case 'expireLock':
      return expireLock(draft, command.request);
    case 'createProject':
      return createProject(draft, command.request);
    case 'updateProject':
      return updateProject(draft, command.request);
    case 'deleteProject':
      return deleteProject(draft, command.request);
    case 'undeleteProject':
      return undeleteProject(draft, command.request);
    case 'saveCheckpoint':
      return saveCheckpoint(draft, command.request, command.listed);
    case 'putCheckpointWrites':
      return putCheckpointWrites(draft, command.request);
    case 'copyCheckpoints':
      return copyCheckpoints(draft, command.request, command.line);
    case 'deleteCheckpoints':
      return deleteCheckpoints(draft, command.request, command.listed);
    case 'setCheckpointRetention':
      return setCheckpointRetention(draft, command.request, command.listed);
    case 'expireCheckpoints':
      return expireCheckpoints(draft, command.request, command.listed);
    case 'appendTranscript':
      return appendTranscript(draft, command.request);
    case 'popTranscript':
      return popTranscript(draft, command.request);
    case 'clearTranscript':
      return clearTranscript(draft, command.request, command.through);
    case 'purgeBlob':
      return purgeBlob(draft, command.request);
    case 'purgeProject':
      return purgeProject(draft, command.request);
    case 'updateQueue':
      return updateQueue(draft, command.request);
    case 'purgeProjectRows':
      return purgeProjectRows(draft, command.request);
  }
}
